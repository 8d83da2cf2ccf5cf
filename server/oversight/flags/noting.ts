import type { Party } from '../../catalogue/index.js'
import type { Trx } from '../../database.js'
import type { LogState } from '../explorer.js'
import { addActorDays, insertConcerned, readLargeDays } from '../store/acting.js'
import { insertWaiting, takeWaiting, type MarkedFinding } from '../store/waiting.js'
import {
  addTallies,
  insertFindings,
  moveWatch,
  readSwitchedOff,
  readWatch,
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

/** Where findings belong, and the log as of which they are. */
type Of = Pick<Noted, 'at' | 'acting'> & { readonly office: number; readonly size: number }

/**
 * Writes what was found by rules that are on, and the marks of whom of the staff it is about. What is about one of a day
 * on which fewer than ten of the unit were at work yet waits until the day is compared, or is nothing where it was.
 */
export async function writeFindings(trx: Trx, findings: readonly Finding[], of: Of): Promise<void> {
  const off = await readSwitchedOff(trx, of.office)
  const wanted = findings.filter(({ rule }) => !off.has(rule))
  const about = wanted.flatMap(({ by, ...found }): MarkedFinding[] => {
    if (by === undefined) return []
    const { day, mark } = of.acting.concerned({ ...found, by })
    return [{ ...found, day, mark }]
  })
  const others = wanted.filter(({ rule }) => !STAFF_RULES.includes(rule))
  const [shown, small] = await byTheirDay(trx, about, of.office)
  await insertFindings(trx, [...others, ...shown.map(unmarked)], of)
  await insertConcerned(trx, shown, of.office)
  if (small.length === 0) return
  const { judgedDay = '' } = await readWatch(trx, of.office)
  await insertWaiting(
    trx,
    small.filter(({ day }) => day > judgedDay),
    of,
  )
}

/** Once a day is compared, what waited for it is written, or goes where too few were at work. */
export async function writeWaiting(trx: Trx, day: string, of: Of): Promise<void> {
  const waited = await takeWaiting(trx, of.office, day)
  const off = await readSwitchedOff(trx, of.office)
  const wanted = waited.filter(({ rule }) => !off.has(rule))
  const [shown] = await byTheirDay(trx, wanted, of.office)
  await insertFindings(trx, shown.map(unmarked), of)
  await insertConcerned(trx, shown, of.office)
}

/** Those of a day on which so many of the unit were at work that it names nobody, and the others. */
async function byTheirDay(
  trx: Trx,
  findings: readonly MarkedFinding[],
  office: number,
): Promise<readonly [readonly MarkedFinding[], readonly MarkedFinding[]]> {
  if (findings.length === 0) return [[], []]
  const large = await readLargeDays(trx, office, LEAST_STAFF)
  const isLarge = ({ day, evidence }: MarkedFinding) => large.has(`${evidence.unit}/${day}`)
  return [findings.filter(isLarge), findings.filter((one) => !isLarge(one))]
}

const unmarked = ({ day: _day, mark: _mark, ...found }: MarkedFinding): Finding => found
