import type { PoolClient } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { citerOf, type Cite } from './citing.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let clerk: StaffActor
let template: string
let cite: Cite
/** After how many further statements the connection that sends them is cut; nothing is where absent. */
let left: number | undefined

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  cite = citerOf(room)
  person = await room.resident('amina')
  clerk = await room.staff('clerk')
  const content = room.content('c.cv_chamber', { parts: ['first', 'second'] })
  const named = { first: 'Zeugnis', second: 'Lebenslauf' }
  const wordings = Object.fromEntries(
    ['de', 'en'].map((tag) => [tag, { ...content.wordings[tag], parts: named }]),
  ) as typeof content.wordings
  template = await room.published([clerk, await room.staff('colleague')], { ...content, wordings })
  for (const pool of Object.values(room.app.installation.pools)) pool.on('acquire', cutting)
})

afterAll(() => room?.close())

const known = new WeakSet<PoolClient>()

/** Makes a connection count its statements, and die behind the one that is chosen. */
function cutting(client: PoolClient): void {
  if (known.has(client)) return
  known.add(client)
  const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  // What nobody cuts goes through untouched: COPY answers with a stream.
  const query = (...args: unknown[]) => (left === undefined ? send(...args) : counted(args))
  const counted = async (args: unknown[]) => {
    const answer = await send(...args)
    if (left !== undefined) left -= 1
    if (left === 0) await terminate((client as unknown as { processID: number }).processID)
    return answer
  }
  Object.assign(client, { query })
}

async function terminate(pid: number): Promise<void> {
  await room.superuser.query('select pg_terminate_backend($1, 5000)', [pid])
  // The server has let go; the client hears of it in a turn of its own.
  await sleep(5)
}

/** Everything that the room, the flags and the inbox hold, as an insider sees it. */
async function standing(): Promise<unknown> {
  const { rows } = await room.superuser.query<{ all: unknown }>(`select json_build_object(
    'asks', (select json_agg(json_build_array(ask, state, step) order by ask) from consent.ask),
    'consents', (select json_agg(json_build_array(consent, state, step) order by consent) from consent.consent),
    'entries', (select json_agg(json_build_array(consent, number, kind) order by consent, number) from consent.entry),
    'notices', (select json_agg(json_build_array(consent, recipient) order by consent, recipient) from consent.notice),
    'flags', (select count(*) from overview.access_flag),
    'messages', (select count(*) from notices.message)) as all`)
  return rows[0]?.all
}

/** Something that is done once. */
type Run = () => Promise<unknown>

/**
 * Cuts an act behind every one of its statements: nothing of it stays, or all of it does; what failed is tried
 * again with the next cut. Gives how many statements there were.
 */
async function cutEverywhere(make: () => Promise<Run>, isDone: () => Promise<boolean>) {
  let run = await make()
  for (let statements = 1; ; statements++) {
    const before = await standing()
    left = statements
    const failure = await run().then(
      () => undefined,
      (error: unknown) => error,
    )
    const isCut = left <= 0
    left = undefined
    if (failure === undefined) {
      expect(await isDone()).toBe(true)
      if (!isCut) return statements - 1
      run = await make()
    } else {
      expect(failure).toMatchObject({ code: 'UNAVAILABLE' })
      expect(await standing()).toEqual(before)
    }
  }
}

const BOTH = ['first', 'second']
const PAPER = { channel: 'paper', language: 'de', helper: 'none' } as const
let reference = ''

/** A consent to both parts, under which data went to a chamber a moment ago. */
async function given(): Promise<string> {
  const asked = await room.asked(clerk, person, template)
  const [first = ''] = await room.answered(person, asked, BOTH)
  const { consent } = await room.app.portal.consents.consent(person.actor, first)
  await cite({ person, consent: consent.consent })
  return first
}

const entriesNow = async (wanted: string) => (await room.entries(wanted)).length

describe('a connection that dies between two statements', () => {
  it('of an answer leaves all of it or nothing, and the next click answers', async () => {
    // One answer goes before, so that each of these takes the place of another.
    await room.answered(person, await room.asked(clerk, person, template), BOTH)
    const statements = await cutEverywhere(
      async () => {
        reference = await room.asked(clerk, person, template)
        const { ask } = await room.app.portal.consents.ask(person.actor, reference)
        const answer = { allowed: BOTH, step: ask.step, language: 'de', helper: 'none' } as const
        return () =>
          room.app.portal.consents.answer(person.actor, reference, { ...answer, isOfAge: true })
      },
      async () => {
        const { ask, answers } = await room.app.portal.consents.ask(person.actor, reference)
        return ask.state === 'answered' && answers.length === 2
      },
    )
    expect(statements).toBeGreaterThan(20)
    expect(await room.faults()).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['the person', () => room.app.portal.consents.withdraw(person.actor, reference)],
    [
      'the office, on paper',
      () =>
        room.app.portal.consentDesk.withdraw(clerk, reference, {
          ...{ ...PAPER, effectiveAt: new Date(room.app.clock.now().getTime()) },
        }),
    ],
  ])('of a withdrawal by %s leaves all of it or nothing', async (_who, run) => {
    const statements = await cutEverywhere(
      async () => {
        reference = await given()
        return run
      },
      async () => (await entriesNow(reference)) === 2,
    )
    expect(statements).toBeGreaterThan(10)
    const { rows } = await room.superuser.query<{ flags: number; notices: number }>(
      `select (select count(*)::int from overview.access_flag where rule = 'consent.not_valid') as flags,
        (select count(*)::int from consent.notice) as notices`,
    )
    expect(rows[0]?.flags).toBeGreaterThan(0)
    expect(rows[0]?.notices).toBeGreaterThan(0)
    expect(await room.faults()).toEqual([])
  })
})
