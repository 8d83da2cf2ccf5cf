import type { Party } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import type { LogState } from '../explorer.js'
import { addActorDays, insertConcerned, readLargeUnits } from '../store/acting.js'
import {
  addTallies,
  insertFindings,
  moveWatch,
  readSwitchedOff,
  settleEmergencies,
} from '../store/watch.js'
import type { Stretch } from '../store/watched.js'
import type { Acting } from './acting.js'
import type { Judged } from './judgement.js'
import { LEAST_STAFF, STAFF_RULES, type Finding } from './rules.js'
import { actorDays } from './staff.js'
import { tallied } from './tallying.js'

/** A stretch that was judged, and the log as of which. */
export interface Noted {
  readonly office: Party
  readonly stretch: Stretch
  readonly state: LogState
  readonly at: Date
  readonly acting: Acting
}

/** Findings, counts and the place are one transaction: a stretch is judged once, or again as a whole. */
export async function noteStretch(
  trx: Trx,
  judged: readonly Judged[],
  { office, stretch, state, at, acting }: Noted,
): Promise<boolean> {
  if (!(await moveWatch(trx, office.id, { ...stretch, at: state.at }))) return false
  const findings = judged.flatMap((one) => one.findings.map((found) => onItsDay(found, acting)))
  const of = { office: office.id, kind: office.authority, size: stretch.to, at }
  // Who was at work comes first: how large a unit is decides what may be found in it.
  await addActorDays(trx, actorDays(judged, acting.onDay), of)
  await writeFindings(trx, findings, { ...of, acting })
  await settleEmergencies(trx, office.id, { ...stretch, at })
  await addTallies(trx, tallied(judged), of)
  return true
}

/** Under the handle of its day, as counts of a day are. */
function onItsDay({ by, ...found }: Finding, { onDay }: Acting): Finding {
  if (by === undefined) return found
  return { ...found, by: { ...by, actor: onDay(by.actor, by.day) } }
}

/** Writes what was found by rules that are on, and the marks of whom of the staff it is about. */
export async function writeFindings(
  trx: Trx,
  findings: readonly Finding[],
  of: Pick<Noted, 'at' | 'acting'> & { readonly office: number; readonly size: number },
): Promise<void> {
  const off = await readSwitchedOff(trx, of.office)
  const wanted = await inLargeUnits(
    trx,
    findings.filter(({ rule }) => !off.has(rule)),
    of.office,
  )
  await insertFindings(trx, wanted, of)
  const concerned = wanted.flatMap(({ by, ...found }) =>
    by === undefined
      ? []
      : [{ ...of.acting.concerned({ ...found, by }), expiresOn: found.expiresOn }],
  )
  await insertConcerned(trx, concerned, of.office)
}

/** In a unit of few, the unit would name the member of staff: rules about single ones find nothing there. */
async function inLargeUnits(
  trx: Trx,
  findings: readonly Finding[],
  office: number,
): Promise<readonly Finding[]> {
  const isAboutStaff = ({ rule }: Finding) => STAFF_RULES.includes(rule)
  if (!findings.some(isAboutStaff)) return findings
  const large = await readLargeUnits(trx, office, LEAST_STAFF)
  return findings.filter((one) => !isAboutStaff(one) || large.has(one.evidence.unit))
}
