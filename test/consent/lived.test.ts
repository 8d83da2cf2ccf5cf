import fc from 'fast-check'
import { standingAt, type Mark } from '../../server/consent/rules.js'
import type { StaffActor } from '../../server/identity/index.js'
import { must } from '../overview/world.js'
import { startTestApp } from '../support/app.js'
import { citerOf, flagsOf, type Cite } from './citing.js'
import { standingOf, type Life } from './oracle.js'
import { roomOf, type Person, type Room } from './room.js'

const LIVES = 200
/** An access that was told too much while the consent held, and whose consent had ended by a paper on its way. */
const BOTH = 'consent.fields_beyond and consent.not_valid'
const DAY = 1_440
/** The job that records what ran out works this often, in minutes. */
const JOB = 360
/** When it is over. */
const LAST = 7 * DAY

let room: Room
let cite: Cite
/** Templates by how many days their consents hold. */
const templates = new Map<number, string>()
let start: number

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  cite = citerOf(room)
  const { parties } = room.app.installation.catalogue
  for (const [place, town] of ['pf', 'bi', 'ka'].entries()) {
    const days = place + 1
    const office = must(parties.byCode(`i.${town}.integrationsmanagement`))
    const writer = await room.staff(`writer-${days}`, 'caseworker', office)
    const publisher = await room.staff(`publisher-${days}`, 'caseworker', office)
    clerks.set(days, writer)
    const content = room.content('c.cv_chamber', { duration: `P${days}D`, recipients: ['kammer'] })
    templates.set(days, await room.published([writer, publisher], content))
  }
  start = room.app.clock.now().getTime() + 60_000
})

afterAll(() => room?.close())

const clerks = new Map<number, StaffActor>()
const instant = (minute: number) => new Date(start + minute * 60_000)

/** What happens in a life; minutes are since the start, lags are how long a paper or a batch is on its way. */
const drawn = fc.record({
  answer: fc.constantFrom('given' as const, 'given' as const, 'given' as const, 'refused' as const),
  from: fc.integer({ min: 20, max: DAY }),
  days: fc.constantFrom(1, 2, 3),
  answerLag: fc.constantFrom(0, 0, 30, 300),
  how: fc.constantFrom(
    undefined,
    'withdrawn' as const,
    'withdrawn' as const,
    'superseded' as const,
  ),
  after: fc.oneof(fc.integer({ min: 10, max: 4 * DAY }), fc.constantFrom(DAY - 1, DAY, DAY + 1)),
  endLag: fc.constantFrom(0, 60, 900),
  uses: fc.array(
    fc.record({
      at: fc.integer({ min: -60, max: 2 * DAY }),
      lag: fc.constantFrom(0, 0, 5, 700),
      isBeyond: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never

/** Something that happens at a minute. */
interface Act {
  readonly minute: number
  run(): Promise<void>
}

/** A life as it came about: what was known when each access was recorded, and what is known in the end. */
interface Lived {
  readonly drawn: Drawn
  readonly person: Person
  reference: string
  consent: string
  /** Whether the end was written, or time had been over before. */
  isEnded: boolean
  readonly recorded: { index: number; minute: number; wasEnded: boolean; isBeyond: boolean }[]
}

/** What people and offices do in a life. */
function stepsOf(lived: Lived) {
  const { drawn: told, person } = lived
  const office = clerks.get(told.days) as StaffActor
  const { consents, consentDesk } = room.app.portal
  const paper = { channel: 'paper', language: 'de', helper: 'none' } as const
  const onPaper = (minute: number) => ({ ...paper, effectiveAt: instant(minute) })
  return {
    ask: async () => void (await room.asked(office, person, templates.get(told.days) ?? '')),
    answer: async (at: number, lag: number, allowed: readonly string[]) => {
      const [open] = await consents.asked(person.actor)
      const reference = open?.ask.reference ?? ''
      if (lag === 0) return void (await room.answered(person, reference, allowed))
      await consentDesk.record(office, reference, { allowed, manner: onPaper(at), isOfAge: true })
    },
    withdraw: async (at: number, lag: number) => {
      const { reference } = lived
      const step =
        lag === 0
          ? consents.withdraw(person.actor, reference)
          : consentDesk.withdraw(office, reference, onPaper(at))
      lived.isEnded = await step.then(
        () => true,
        () => false,
      )
    },
    use: async (minute: number, isBeyond: boolean) => {
      const fields = isBeyond ? ['vol.cv', 'vol.contact'] : ['vol.cv']
      const { code } = must(room.app.installation.catalogue.parties.byId(office.office ?? 0))
      const { consent } = lived
      const index = await cite({ person, consent, at: instant(minute), fields, office: code })
      lived.recorded.push({ index, minute, isBeyond, wasEnded: lived.isEnded })
    },
  }
}

function actsOf(lived: Lived): readonly Act[] {
  const { drawn: told, person } = lived
  const { from, answerLag, endLag, how } = told
  const { ask, answer, withdraw, use } = stepsOf(lived)
  const isYes = told.answer === 'given'
  const answered = from + answerLag
  const end = endOf(told)
  const first = async () => {
    await answer(from, answerLag, isYes ? ['all'] : [])
    const [card] = await room.app.portal.consents.list(person.actor)
    lived.reference = card?.consent.reference ?? ''
    lived.consent = card?.consent.consent ?? ''
  }
  const replace = async () => {
    await answer(end, endLag, ['all'])
    // What ran out before is not replaced.
    lived.isEnded = (await room.entries(lived.reference))[1]?.startsWith('superseded') === true
  }
  const ending = how === 'withdrawn' ? () => withdraw(end, endLag) : replace
  return [
    { minute: from - 10, run: ask },
    { minute: answered, run: first },
    ...(isYes && how === 'superseded' ? [{ minute: answered + 1, run: ask }] : []),
    ...(isYes && how !== undefined ? [{ minute: end + endLag, run: ending }] : []),
    ...told.uses.map(({ at, lag, isBeyond }) => ({
      minute: Math.max(from + at, answered) + lag + 1,
      run: () => use(from + at, isBeyond),
    })),
  ]
}

/** From when on the end counts: nothing ends before it was answered. */
function endOf({ from, after, answerLag }: Drawn): number {
  return Math.max(from + after, from + answerLag + 5)
}

/** The life as an insider would tell it in the end. */
function lifeOf({ drawn: told, isEnded }: Lived): Life {
  const { answer, from, days, how } = told
  const end = how !== undefined && isEnded ? { end: { how, at: endOf(told) } } : {}
  return { answer, from, holds: days * DAY, isNoted: !isEnded, ...end }
}

/** Compares everything of a life with the oracle; the kinds of what was seen. */
async function checked(lived: Lived): Promise<readonly string[]> {
  const life = lifeOf(lived)
  const { consent, entries } = await room.app.portal.consents.consent(
    lived.person.actor,
    lived.reference,
  )
  expect(consent.state).toBe(standingOf(life, LAST))
  const marks: readonly Mark[] = entries
  const turns = [life.from, life.from + life.holds, life.end?.at ?? 0]
  for (const minute of turns.flatMap((turn) => [turn - 1, turn, turn + 1])) {
    expect(standingAt(marks, instant(minute))).toBe(standingOf(life, minute))
  }
  const seen: string[] = [consent.state]
  const { end: _, ...endless } = life
  for (const { index, minute, isBeyond, wasEnded } of lived.recorded) {
    const then = standingOf(wasEnded ? life : endless, minute) === 'given'
    const expected = [
      ...(then && isBeyond ? ['consent.fields_beyond'] : []),
      ...(standingOf(life, minute) === 'given' ? [] : ['consent.not_valid']),
    ]
    expect(await flagsOf(room, index)).toEqual(expected)
    seen.push(expected.join(' and ') || 'no flag')
  }
  return seen
}

test('two hundred lives in the database stand and are flagged as an oracle says', async () => {
  const stories = fc.sample(drawn, { numRuns: LIVES, seed: 20_261_130 })
  const all: Lived[] = []
  for (const [place, told] of stories.entries()) {
    const person = await room.resident(`person-${place}`)
    const empty = { reference: '', consent: '', isEnded: false }
    all.push({ drawn: told, person, ...empty, recorded: [] })
  }
  const job = { run: async () => void (await room.app.portal.consentUpkeep.expire()) }
  const jobs = Array.from({ length: LAST / JOB }, (_, at) => ({ ...job, minute: at * JOB }))
  const acts = [...all.flatMap(actsOf), ...jobs].sort((one, other) => one.minute - other.minute)
  for (const act of acts) {
    room.app.clock.moveTo(instant(act.minute))
    await act.run()
  }
  const seen = new Map<string, number>()
  for (const lived of all) {
    for (const kind of await checked(lived)) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  }
  const kinds = ['refused', 'withdrawn', 'superseded', 'expired', 'no flag', 'consent.not_valid']
  for (const kind of [...kinds, 'consent.fields_beyond', BOTH]) {
    expect([kind, (seen.get(kind) ?? 0) > 3]).toEqual([kind, true])
  }
  expect(await room.faults()).toEqual([])
}, 240_000)
