import type { Trx } from '../database.js'
import { caseworkersOf } from '../identity/index.js'
import type { StaffActor } from '../identity/actor.js'
import { DomainError } from '../platform/kernel/errors.js'
import { causeOf } from './cause.js'
import type { CaseRow } from './model.js'
import type { CaseworkParts } from './parts.js'
import { factsOf } from './reading.js'
import { readCase } from './store/cases.js'

/** How long a reason once given opens a colleague's case. */
const OPENED_MS = 12 * 60 * 60_000

/** A case by its reference, as far as the office in the scope sees it (NOT_FOUND). */
export async function found(trx: Trx, reference: string): Promise<CaseRow> {
  const row = await readCase(trx, reference)
  if (row === undefined) throw new DomainError('NOT_FOUND')
  return row
}

/**
 * A case that a colleague works on, or worked on until it ended, opens for 12 hours once its reason was said;
 * all others at once.
 */
export async function mayOpen(
  { clock, operatorDigest, ...parts }: CaseworkParts,
  trx: Trx,
  { actor, row }: { actor: StaffActor; row: CaseRow },
): Promise<boolean> {
  const isAnothers = row.assignee !== undefined && row.assignee !== actor.staff
  if (!isAnothers) return true
  // Who is asked to confirm has a reason already, and what nobody works on any more is anybody's.
  if (causeOf(actor, row) === 'second') return true
  const colleagues = await caseworkersOf(trx, row.office)
  if (!colleagues.some(({ staff }) => staff === row.assignee)) return true
  const { events } = await factsOf(trx, row, parts)
  const since = clock.now().getTime() - OPENED_MS
  return events.some(
    ({ event, at, number, operatorDigest: who }) =>
      event === 'opened' &&
      at.getTime() > since &&
      who?.equals(operatorDigest({ staff: actor.staff, thing: row.request, number })),
  )
}
