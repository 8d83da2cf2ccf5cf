import type { Party } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { daysAfter, germanDay } from '../../platform/kernel/days.js'
import type { LogState } from '../explorer.js'
import { readActorDays } from '../store/acting.js'
import { noteDay, readFirstDay, readTallies, readUnits, readWatch } from '../store/watch.js'
import type { Acting } from './acting.js'
import { mixFindings, volumeFindings } from './days.js'
import { writeFindings, writeWaiting } from './noting.js'
import { MIX_WEEKS, type Finding } from './rules.js'
import { staffVolumeFindings } from './staff.js'

/** What comparing days is made of. */
interface ComparingParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly acting: Acting
}

/** The log as it is read in one turn, and whether the turn is over. */
export interface Turn {
  readonly state: LogState
  isOver(): boolean
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const DAY_MS = 86_400_000
/** Authorities deliver late: a day is compared when it has been over for so long. */
const LATE_DAYS = 2
/** Units that were at work within so many days are peers. */
const PEER_DAYS = 28

/** Compares the units of an office with others, for each day that has been over long enough. */
export async function judgeDays(
  parts: ComparingParts,
  office: Party,
  { state, isOver }: Turn,
): Promise<void> {
  const { inTransaction, clock, acting } = parts
  const last = germanDay(new Date(state.at.getTime() - LATE_DAYS * DAY_MS))
  const first = await inTransaction(WORKER, async (trx) => {
    const { judgedDay } = await readWatch(trx, office.id)
    return judgedDay === undefined ? readFirstDay(trx, office.id) : daysAfter(judgedDay, 1)
  })
  if (first === undefined) return
  for (let day = first; day <= last && !isOver(); day = daysAfter(day, 1)) {
    await inTransaction(WORKER, async (trx) => {
      const { findings, peers } = await judgeDay(trx, office, day)
      if (!(await noteDay(trx, office.id, { day, peers }))) return
      const of = { office: office.id, size: state.size, at: clock.now() }
      await writeFindings(trx, findings, { ...of, acting })
      await writeWaiting(trx, day, { ...of, acting })
    })
  }
}

interface JudgedDay {
  readonly findings: readonly Finding[]
  /** How many other units there were to compare with. */
  readonly peers: number
}

async function judgeDay(trx: Trx, office: Party, day: string): Promise<JudgedDay> {
  const kind = office.authority
  const lately = { from: daysAfter(day, 1 - PEER_DAYS), until: day }
  const units = await readUnits(trx, kind, lately)
  const today = await readTallies(trx, { kind }, { from: day, until: day })
  const volume = [
    ...volumeFindings(day, today, { office: office.id, units }),
    ...staffVolumeFindings(day, await readActorDays(trx, kind, day), office.id),
  ]
  const peers = Math.max(0, units.length - 1)
  if (new Date(day).getUTCDay() !== 0) return { findings: volume, peers }
  const own = { kind, office: office.id }
  const from = daysAfter(day, -6 - 7 * MIX_WEEKS)
  // An office that has only begun to report has no usual purposes yet.
  const first = await readFirstDay(trx, office.id)
  if (first === undefined || first > from) return { findings: volume, peers }
  const week = await readTallies(trx, own, { from: daysAfter(day, -6), until: day })
  const before = await readTallies(trx, own, { from, until: daysAfter(day, -7) })
  return { findings: [...volume, ...mixFindings(day, week, before)], peers }
}
