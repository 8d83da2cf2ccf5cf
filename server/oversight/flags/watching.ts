import type { Catalogue, Party } from '../../catalogue/index.js'
import type { Database, Trx } from '../../database.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import type { LogState } from '../explorer.js'
import { readAround, readWatched, type Stretch } from '../store/watched.js'
import { deleteDue, readWatch, readWatchedOffices } from '../store/watch.js'
import { NOTHING_KNOWN, type Around, type WatchedAccess } from './access.js'
import type { Acting } from './acting.js'
import { judgeDays, type Turn } from './comparing.js'
import { judgeNotes } from './due-notes.js'
import { emergencyFindings } from './emergency.js'
import { DEALING_DAYS, explanationOf, type Duties } from './explanation.js'
import { utcDay } from '../../platform/kernel/days.js'
import { eachByItself } from '../by-itself.js'
import { judgePerson, type Judged } from './judgement.js'
import { watchingScope } from './scope.js'
import { noteStretch } from './noting.js'
import { REPEAT_DAYS } from './rules.js'

/** What the rules work with. */
export interface WatchingParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  /** The latest public checkpoint: what it does not cover is judged later. */
  readonly logState: () => Promise<LogState | undefined>
  /** Tells actors apart where a service agreement stands. */
  readonly acting: Acting
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
      const read: Party[] = []
      let [passed, isOver] = [0, false]
      const readEach = () =>
        eachByItself(rotated(offices, clock.now()), async (office) => {
          if (isOver) return
          try {
            passed += await watchOffice(parts, office, turn)
            read.push(office)
          } finally {
            isOver = turn.isOver()
          }
        })
      // Days are compared with those of other offices: only when all of them are read, but for those that failed.
      const compareDays = async () => {
        if (isOver) return
        await eachByItself(read, async (office) => {
          await judgeNotes(parts, office, turn)
          await judgeDays(parts, office, turn)
        })
      }
      await eachByItself([readEach, compareDays], (step) => step())
      return passed
    },
    forget: () => inTransaction(RETENTION, deleteDue),
  }
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
    const noted = { office, stretch, state, at: parts.clock.now(), acting: parts.acting }
    const isOurs = await inTransaction(WORKER, (trx) => noteStretch(trx, judged, noted))
    if (!isOurs) return passed
    passed += stretch.to - stretch.from
    if (isOver()) return passed
  }
}

/** What judging is made of; a trial reads never who acted. */
type JudgingParts = Pick<WatchingParts, 'inTransaction' | 'catalogue' | 'clock'> & {
  readonly acting?: Acting
}

/** Judges the accesses of a stretch with what was known below its end. */
export async function judgeStretch(
  { inTransaction, catalogue, clock, acting }: JudgingParts,
  office: number,
  { days = {}, ...stretch }: Stretch & { readonly days?: { since?: Date; until?: Date } },
): Promise<readonly Judged[]> {
  const duties = dutiesOf(catalogue)
  const today = utcDay(clock.now())
  return inTransaction(watchingScope(office), async (trx) => {
    const known = (accesses: readonly WatchedAccess[]) =>
      acting === undefined ? Promise.resolve(accesses) : acting.withActors(trx, office, accesses)
    const accesses = await known(await readWatched(trx, stretch, { today, ...days }))
    const alone = accesses.map((access): Judged => {
      const explanation = explanationOf(access, { ...NOTHING_KNOWN, accesses: [] }, duties)
      return { access, findings: [], ...(explanation === undefined ? {} : { explanation }) }
    })
    const open = alone.flatMap(({ access, explanation }) =>
      explanation === undefined ? [access] : [],
    )
    const around = await aroundOf(trx, open, { below: stretch.to, today, known })
    const judged = new Map(
      [...bySubject(open)].flatMap(([subject, own]) =>
        judgePerson(own, around.get(subject) ?? { ...NOTHING_KNOWN, accesses: own }, duties).map(
          (one) => [one.access.index, one] as const,
        ),
      ),
    )
    return alone.map((one) => withEmergency(judged.get(one.access.index) ?? one, clock.now()))
  })
}

/** A missing note is found whatever explains the access. */
function withEmergency(judged: Judged, now: Date): Judged {
  const found = emergencyFindings(judged.access, now)
  return found.length === 0 ? judged : { ...judged, findings: [...judged.findings, ...found] }
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
  {
    below,
    today,
    known,
  }: {
    readonly below: number
    readonly today: string
    readonly known: (accesses: readonly WatchedAccess[]) => Promise<readonly WatchedAccess[]>
  },
): Promise<ReadonlyMap<string, Around>> {
  if (open.length === 0) return new Map()
  const first = open.reduce(
    (least, { occurredAt }) => Math.min(least, occurredAt.getTime()),
    Infinity,
  )
  const since = new Date(first - (DEALING_DAYS + REPEAT_DAYS) * DAY_MS)
  const around = await readAround(trx, [...bySubject(open).keys()], { since, below, today })
  const all = await known([...around.values()].flatMap(({ accesses }) => accesses))
  const accesses = bySubject(all)
  return new Map(
    [...around].map(([subject, one]) => [
      subject,
      { ...one, accesses: accesses.get(subject) ?? [] },
    ]),
  )
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
