import type { StaffActor } from '../identity/actor.js'
import type { CaseRow } from './model.js'
import type { Cause } from './rules.js'

/**
 * As whom a member of staff meets a case. Who proposed a decision never confirms it; where the office is
 * too small, its partner does, or nobody, and the proposal takes effect after a day.
 */
export function causeOf(
  { staff, office }: Pick<StaffActor, 'staff' | 'office'>,
  row: Pick<CaseRow, 'assignee' | 'state' | 'proposedBy' | 'secondOffice' | 'office'>,
): Cause {
  const isSecond =
    row.state === 'proposed' &&
    row.proposedBy !== staff &&
    // Where nobody could confirm, whoever is there by now can.
    (row.secondOffice ?? row.office) === office
  if (isSecond) return 'second'
  return row.assignee === staff ? 'assignee' : 'colleague'
}
