import type { Catalogue, Party } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import type { LogState } from '../explorer.js'
import { readAround, readWatched, type Stretch } from '../store/watched.js'
import {
  addTallies,
  deleteDue,
  insertFindings,
  moveWatch,
  noteDay,
  readFirstDay,
  readSwitchedOff,
  readTallies,
  readUnits,
  readWatch,
  readWatchedOffices,
} from '../store/watch.js'
import { NOTHING_KNOWN, type Around, type WatchedAccess } from './access.js'
import { mixFindings, volumeFindings } from './days.js'
import { DEALING_DAYS, explanationOf, type Duties } from './explanation.js'
import { daysAfter, germanDay, utcDay } from '../../platform/kernel/days.js'
import { judgePerson, type Judged } from './judgement.js'
import { MIX_WEEKS, REPEAT_DAYS, type Finding } from './rules.js'
import { tallied } from './tallying.js'

/** What the rules work with. */
export interface WatchingParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  /** The latest public checkpoint: what it does not cover is judged later. */
  readonly logState: () => Promise<LogState | undefined>
}

/** Reads the log with the rules, stretch by stretch. */
export interface Watching {
  /**
   * Judges what came since the last time, then days that are over, as far as a turn goes; returns how many leaves it
   * passed.
   */
  work(): Promise<number>
  /** Deletes what is due. */
  forget(): Promise<number>
}

const WORKER: Scope = { login: 'worker', role: 'worker' }
const RETENTION: Scope = { login: 'retention', role: 'retention' }
/** Leaves judged in one transaction: bounds its memory, and how long one statement takes. */
const STEP = 10_000
const DAY_MS = 86_400_000
/** A turn ends after so long: jobs come one after the other, and none waits until a whole log is read. */
const TURN_MS = 2 * 60_000
/** Turns begin every ten minutes. */
const BEGIN_MS = 10 * 60_000
/** Authorities deliver late: a day is compared when it has been over for so long. */
const LATE_DAYS = 2
/** Units that were at work within so many days are peers. */
const PEER_DAYS = 28

/** Makes watching. */
export function createWatching(parts: WatchingParts): Watching {
  const { inTransaction, catalogue, clock, logState } = parts
  return {
    work: async () => {
      const state = await logState()
      if (state === undefined) return 0
      const numbers = await inTransaction(WORKER, readWatchedOffices)
      const offices = numbers.flatMap((id) => catalogue.parties.byId(id) ?? [])
      const turn = { state, isOver: endOfTurn(clock) }
      let passed = 0
      for (const office of rotated(offices, clock.now())) {
        passed += await watchOffice(parts, office, turn)
        // Days are compared with those of other offices: only when all of them are read.
        if (turn.isOver()) return passed
      }
      for (const office of offices) await judgeDays(parts, office, turn)
      return passed
    },
    forget: () => inTransaction(RETENTION, deleteDue),
  }
}

/** The scope in which rules read an office, with a login of their own: pages have it for the sums of a trial alone. */
export function watchingScope(office: number): Scope {
  return { login: 'watch', role: 'watch', readOnly: true, settings: { office: String(office) } }
}

/** The log as it is read in one turn, and whether the turn is over. */
interface Turn {
  readonly state: LogState
  isOver(): boolean
}

function endOfTurn(clock: Clock): Turn['isOver'] {
  const end = clock.now().getTime() + TURN_MS
  return () => clock.now().getTime() >= end
}

/** Each turn begins with another office: none that takes long, or fails, keeps the others from being read. */
function rotated<Office>(offices: readonly Office[], now: Date): readonly Office[] {
  const first = Math.floor(now.getTime() / BEGIN_MS) % Math.max(1, offices.length)
  return [...offices.slice(first), ...offices.slice(0, first)]
}

async function watchOffice(
  parts: WatchingParts,
  office: Party,
  { state, isOver }: Turn,
): Promise<number> {
  const { inTransaction } = parts
  let passed = 0
  for (;;) {
    const { below } = await inTransaction(WORKER, (trx) => readWatch(trx, office.id))
    const stretch = { from: below, to: Math.min(state.size, below + STEP) }
    if (stretch.from >= stretch.to) return passed
    const judged = await judgeStretch(parts, office.id, stretch)
    const isOurs = await inTransaction(WORKER, (trx) =>
      noteStretch(trx, judged, { office, stretch, state, at: parts.clock.now() }),
    )
    if (!isOurs) return passed
    passed += stretch.to - stretch.from
    if (isOver()) return passed
  }
}

/** Judges the accesses of a stretch with what was known below its end. */
export async function judgeStretch(
  { inTransaction, catalogue, clock }: Pick<WatchingParts, 'inTransaction' | 'catalogue' | 'clock'>,
  office: number,
  { days = {}, ...stretch }: Stretch & { readonly days?: { since?: Date; until?: Date } },
): Promise<readonly Judged[]> {
  const duties = dutiesOf(catalogue)
  const today = utcDay(clock.now())
  return inTransaction(watchingScope(office), async (trx) => {
    const accesses = await readWatched(trx, stretch, { today, ...days })
    const alone = accesses.map((access): Judged => {
      const explanation = explanationOf(access, { ...NOTHING_KNOWN, accesses: [] }, duties)
      return { access, findings: [], ...(explanation === undefined ? {} : { explanation }) }
    })
    const open = alone.flatMap(({ access, explanation }) =>
      explanation === undefined ? [access] : [],
    )
    const around = await aroundOf(trx, open, { below: stretch.to, today })
    const judged = new Map(
      [...bySubject(open)].flatMap(([subject, own]) =>
        judgePerson(own, around.get(subject) ?? { ...NOTHING_KNOWN, accesses: own }, duties).map(
          (one) => [one.access.index, one] as const,
        ),
      ),
    )
    return alone.map((one) => judged.get(one.access.index) ?? one)
  })
}

/** The purposes that the law orders, and the one of casework in this portal. */
export function dutiesOf({ purposes }: Pick<Catalogue, 'purposes'>): Duties {
  const mandatory = new Set(
    purposes.all.flatMap(({ id, kind }) => (kind === 'mandatory' ? [id] : [])),
  )
  const casework = purposes.byCode('portal_casework')?.id
  return {
    isMandatory: (purpose) => mandatory.has(purpose),
    isCasework: (purpose) => purpose === casework,
  }
}

async function aroundOf(
  trx: Trx,
  open: readonly WatchedAccess[],
  { below, today }: { readonly below: number; readonly today: string },
): Promise<ReadonlyMap<string, Around>> {
  if (open.length === 0) return new Map()
  const first = open.reduce(
    (least, { occurredAt }) => Math.min(least, occurredAt.getTime()),
    Infinity,
  )
  const since = new Date(first - (DEALING_DAYS + REPEAT_DAYS) * DAY_MS)
  return readAround(trx, [...bySubject(open).keys()], { since, below, today })
}

function bySubject(accesses: readonly WatchedAccess[]): Map<string, WatchedAccess[]> {
  const groups = new Map<string, WatchedAccess[]>()
  for (const access of accesses) {
    const own = groups.get(access.subject)
    if (own) own.push(access)
    else groups.set(access.subject, [access])
  }
  return groups
}

interface Noted {
  readonly office: Party
  readonly stretch: Stretch
  readonly state: LogState
  readonly at: Date
}

/** Findings, counts and the place are one transaction: a stretch is judged once, or again as a whole. */
async function noteStretch(
  trx: Trx,
  judged: readonly Judged[],
  { office, stretch, state, at }: Noted,
): Promise<boolean> {
  if (!(await moveWatch(trx, office.id, { ...stretch, at: state.at }))) return false
  const findings = judged.flatMap((one) => one.findings)
  await write(trx, findings, { office: office.id, size: stretch.to, at })
  await addTallies(trx, tallied(judged), { office: office.id, kind: office.authority })
  return true
}

async function write(
  trx: Trx,
  findings: readonly Finding[],
  of: { readonly office: number; readonly size: number; readonly at: Date },
): Promise<void> {
  const off = await readSwitchedOff(trx, of.office)
  const wanted = findings.filter(({ rule }) => !off.has(rule))
  await insertFindings(trx, wanted, of)
}

/** Compares the units of an office with others, for each day that has been over long enough. */
async function judgeDays(
  parts: WatchingParts,
  office: Party,
  { state, isOver }: Turn,
): Promise<void> {
  const { inTransaction, clock } = parts
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
      await write(trx, findings, { office: office.id, size: state.size, at: clock.now() })
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
  const volume = volumeFindings(day, today, { office: office.id, units })
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
