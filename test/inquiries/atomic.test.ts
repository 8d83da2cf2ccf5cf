import type { PoolClient } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { ANSWER, roomOf, WHOLE, type Person, type Room } from './room.js'

let room: Room
let person: Person
let officer: StaffActor
/** Accesses that nobody has asked about yet; delivered before anything is cut. */
let entries: number[]
/** After how many further statements the connection that sends them is cut; nothing is where absent. */
let left: number | undefined

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  officer = await room.staff('officer', 'dpo')
  entries = [...(await room.accesses(person, 60))]
  for (const pool of Object.values(room.app.installation.pools)) pool.on('acquire', cutting)
})

afterAll(() => room?.close())

const known = new WeakSet<PoolClient>()

/** Makes a connection count its statements, and die behind the one that is chosen. */
function cutting(client: PoolClient): void {
  if (known.has(client)) return
  known.add(client)
  const send = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>
  const query = async (...args: unknown[]) => {
    const answer = await send(...args)
    if (left !== undefined) {
      left -= 1
      if (left === 0) await terminate((client as unknown as { processID: number }).processID)
    }
    return answer
  }
  Object.assign(client, { query })
}

async function terminate(pid: number): Promise<void> {
  await room.superuser.query('select pg_terminate_backend($1, 5000)', [pid])
  // The server has let go; the client hears of it in a turn of its own.
  await sleep(5)
}

/** An access as an insider sees it: what was asked about it, and where its events stand. */
async function standing(entry: number) {
  const { rows } = await room.superuser.query<{ state: string; version: number }>(
    'select state, version from inquiries.inquiry where entry = $1',
    [entry],
  )
  const { rows: events } = await room.superuser.query<{ number: number }>(
    'select number from inquiries.inquiry_event where entry = $1 order by number',
    [entry],
  )
  expect(events.map(({ number }) => number)).toEqual(events.map((_, at) => at + 1))
  expect(rows.map(({ version }) => version)).toEqual(events.length === 0 ? [] : [events.length])
  return { rows, events: events.length }
}

/** Something that is done about an access, once. */
interface Act {
  readonly entry: number
  readonly run: () => Promise<unknown>
}

/**
 * Cuts an act behind every one of its statements: nothing of it stays, or all of it does; what failed is
 * tried again with the next cut. Gives how many statements there were.
 */
async function cutEverywhere(make: () => Promise<Act>): Promise<number> {
  let act = await make()
  for (let statements = 1; ; statements++) {
    const before = await standing(act.entry)
    left = statements
    const failure = await act.run().then(
      () => undefined,
      (error: unknown) => error,
    )
    const isCut = left <= 0
    left = undefined
    const now = await standing(act.entry)
    if (failure === undefined) {
      expect(now.events).toBe(before.events + 1)
      if (!isCut) return statements - 1
      act = await make()
    } else {
      expect(failure).toMatchObject({ code: 'UNAVAILABLE' })
      expect(now).toEqual(before)
    }
  }
}

async function asked() {
  const entry = entries.pop() ?? 0
  const reference = await room.app.portal.inquiries.ask(person.actor, {
    ...{ index: entry, question: WHOLE },
  })
  return { entry, reference }
}

describe('a connection that dies between two statements', () => {
  it('of a question leaves all of it or nothing, and the next click asks it', async () => {
    const { inquiries } = room.app.portal
    const statements = await cutEverywhere(async () => {
      const entry = entries.pop() ?? 0
      const question = { index: entry, question: WHOLE }
      return { entry, run: () => inquiries.ask(person.actor, question) }
    })
    expect(statements).toBeGreaterThan(8)
    for (const { inquiry } of await inquiries.list(person.actor)) {
      await inquiries.withdraw(person.actor, inquiry.reference)
    }
    expect(await room.faults()).toEqual([])
  })

  it.each<[string, (reference: string) => Promise<unknown>]>([
    ['an answer', (reference) => room.step(officer, reference, ANSWER)],
    ['the beginning of a review', (reference) => room.step(officer, reference, { event: 'taken' })],
    [
      'a passing on',
      (reference) => room.step(officer, reference, { event: 'passed_on', reason: 'breach' }),
    ],
    ['a withdrawal', (reference) => room.app.portal.inquiries.withdraw(person.actor, reference)],
  ])('of %s leaves all of it or nothing', async (_what, act) => {
    const statements = await cutEverywhere(async () => {
      const { entry, reference } = await asked()
      return { entry, run: () => act(reference) }
    })
    expect(statements).toBeGreaterThan(5)
    expect(await room.faults()).toEqual([])
  })
})
