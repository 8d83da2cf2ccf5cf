import type { Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { DraftEvent, ReportedAccess } from './model.js'
import type { Breach } from './prohibitions.js'

/** When transmission blocks of some subjects were in force, asked in one query however many they are. */
export type BlocksOf = (
  trx: Trx,
  subjects: readonly string[],
) => Promise<
  readonly { readonly subject: string; readonly from: Date; readonly to?: Date | undefined }[]
>

/** The register whose data a transmission block keeps back (AZRG § 4 (1)). */
const REGISTER = 'azr'
/** Operations by which somebody else obtains data. */
const OBTAINING: readonly string[] = ['query', 'transmit']

/** Whether a block works against a party: private bodies, other states and their organisations, no German authority. */
export function isOutside({ level }: Pick<Party, 'level'>): boolean {
  return level === 'non-state' || level === 'foreign'
}

/** Whether an access is of the sort that a transmission block forbids, whoever it is about. */
export function wouldBeBlocked({
  operation,
  recipient,
  fields,
}: Pick<ReportedAccess, 'operation' | 'recipient' | 'fields'>): boolean {
  return (
    OBTAINING.includes(operation) &&
    isOutside(recipient) &&
    fields.some(({ register }) => register === REGISTER)
  )
}

/** Positions of the accesses that happened in spite of a block; most deliveries ask the database nothing. */
export async function blockedIn(
  trx: Trx,
  drafts: readonly Pick<DraftEvent, 'access'>[],
  blocksOf: BlocksOf,
): Promise<ReadonlySet<number>> {
  const risky = drafts.flatMap(({ access }, at) => (wouldBeBlocked(access) ? [{ access, at }] : []))
  if (risky.length === 0) return new Set()
  const spans = await blocksOf(trx, [...new Set(risky.map(({ access }) => access.subject))])
  const hit = risky.filter(({ access: { subject, occurredAt } }) =>
    spans.some(
      (span) =>
        span.subject === subject &&
        span.from <= occurredAt &&
        (span.to === undefined || occurredAt < span.to),
    ),
  )
  return new Set(hit.map(({ at }) => at))
}

/** The accesses with the flag for what happened in spite of a block, on the fields of the register. */
export function flagged(
  drafts: readonly DraftEvent[],
  blocked: ReadonlySet<number>,
): readonly DraftEvent[] {
  if (blocked.size === 0) return drafts
  return drafts.map((draft, at) => (blocked.has(at) ? withBreach(draft) : draft))
}

function withBreach(draft: DraftEvent): DraftEvent {
  const fields = draft.access.fields.filter(({ register }) => register === REGISTER)
  const breach: Breach = { rule: 'block.in_spite', fields }
  const { classified } = draft
  return { ...draft, classified: { ...classified, breaches: [...classified.breaches, breach] } }
}
