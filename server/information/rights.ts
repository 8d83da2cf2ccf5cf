/** A right, where it stands in the law, and the rules of the catalogue that say more of it. */
export interface Right {
  /** Name of its texts. */
  readonly name: string
  /** German law as cited. */
  readonly citation: string
  readonly rules: readonly string[]
}

/** The rights in the order in which people need them: know, correct, limit, complain. */
export const RIGHTS: readonly Right[] = [
  { name: 'access', citation: 'Art. 15 DSGVO', rules: [] },
  { name: 'register', citation: '§ 34 AZRG', rules: ['dis.azr.case_review', 'dis.azr.bfdi'] },
  {
    name: 'rectification',
    citation: 'Art. 16 DSGVO',
    rules: ['rec.responsible', 'rec.azr_written'],
  },
  { name: 'notification', citation: 'Art. 19 DSGVO', rules: ['rec.notify'] },
  { name: 'restriction', citation: 'Art. 18 DSGVO', rules: ['rec.art18'] },
  { name: 'erasure', citation: 'Art. 17 DSGVO', rules: [] },
  { name: 'objection', citation: 'Art. 21 DSGVO', rules: [] },
  { name: 'consent', citation: 'Art. 7 Abs. 3 DSGVO', rules: ['con.withdraw'] },
  { name: 'block', citation: '§ 4 AZRG', rules: ['blk.azr', 'blk.azr_lift'] },
  { name: 'complaint', citation: 'Art. 77 DSGVO', rules: [] },
]

/** How long an answer may take, and that it costs nothing (GDPR Article 12 (3)-(5)). */
export const DEADLINES = ['dl.art12_3', 'dl.art12_3_ext', 'dl.art12_4', 'dl.free'] as const
