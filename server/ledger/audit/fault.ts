/** One fault that the audit found, in words for the operator. */
export interface AuditFault {
  /** What is wrong: the tree itself, a checkpoint, or an entry's row. */
  readonly where: 'tree' | 'checkpoint' | 'entry'
  readonly sentence: string
}
