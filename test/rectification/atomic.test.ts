import type { PoolClient } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { StaffStep } from '../../server/rectification/steps.js'
import { startTestApp } from '../support/app.js'
import { legal } from './machine.js'
import { roomOf, type Room } from './room.js'

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let second: StaffActor
/** After how many further statements the connection that sends them is cut; nothing is where absent. */
let left: number | undefined

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
  clerk = await room.clerk('clerk')
  second = await room.clerk('second')
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

/** What a person is told of: with the event, or not at all. */
const TOLD = ['form_met', 'asked', 'extended', 'passed_on', 'decided', 'confirmed', 'closed']

/** A request as an insider sees it: its row, and where its events lead. */
async function standing(request: string) {
  const { rows } = await room.superuser.query<{ state: string; version: number }>(
    'select state, version from rectification.request where request = $1',
    [request],
  )
  const { rows: events } = await room.superuser.query<{ kind: string; number: number }>(
    'select kind, number from rectification.request_event where request = $1 order by number',
    [request],
  )
  const state = events.reduce((at, { kind }) => legal.get(`${at} ${kind}`)?.to ?? 'none', 'draft')
  expect(events.map(({ number }) => number)).toEqual(events.map((_, at) => at + 1))
  expect(rows[0]?.state).toBe(state)
  const { rows: messages } = await room.superuser.query(
    `select from notices.message m join rectification.request r on m.params ->> 'reference' = r.reference
      where r.request = $1`,
    [request],
  )
  expect(messages).toHaveLength(events.filter(({ kind }) => TOLD.includes(kind)).length)
  return { state, version: rows[0]?.version, events: events.length }
}

/** Something that is done to a request, once. */
interface Act {
  readonly request: string
  readonly run: () => Promise<unknown>
}

/**
 * Cuts an act behind every one of its statements: nothing of it stays, or all of it does; what failed is
 * tried again with the next cut. Gives how many statements there were.
 */
async function cutEverywhere(make: () => Promise<Act>): Promise<number> {
  let act = await make()
  for (let statements = 1; ; statements++) {
    const before = await standing(act.request)
    left = statements
    const failure = await act.run().then(
      () => undefined,
      (error: unknown) => error,
    )
    const isCut = left <= 0
    left = undefined
    const now = await standing(act.request)
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

const PROPOSAL: StaffStep = {
  event: 'decided',
  outcome: 'corrected',
  text: { reasons: ['evidence_shows'] },
}

async function take(actor: StaffActor, reference: string, step: StaffStep): Promise<void> {
  const version = await room.version(reference)
  await room.app.portal.casework.step(actor, { reference, version }, step)
}

async function filed(...steps: readonly StaffStep[]) {
  const reference = await room.filed(resident)
  for (const step of steps) await take(clerk, reference, step)
  const { rows } = await room.superuser.query<{ request: string }>(
    'select request from rectification.request where reference = $1',
    [reference],
  )
  return { reference, request: rows[0]?.request ?? '' }
}

describe('a connection that dies between two statements', () => {
  it('of a filing leaves a draft or a filed request, and the next click files it', async () => {
    const { rectification } = room.app.portal
    const statements = await cutEverywhere(async () => {
      const draft = await room.draft(resident)
      return { request: draft, run: () => rectification.file(resident, draft) }
    })
    expect(statements).toBeGreaterThan(8)
    expect(await room.faults()).toEqual([])
  })

  it.each<[string, readonly StaffStep[], (reference: string) => Promise<unknown>]>([
    ['a claim', [], (reference) => take(clerk, reference, { event: 'claimed' })],
    ['a proposal', [{ event: 'claimed' }], (reference) => take(clerk, reference, PROPOSAL)],
    [
      'a confirmation',
      [{ event: 'claimed' }, PROPOSAL],
      (reference) => take(second, reference, { event: 'confirmed' }),
    ],
    [
      'a passing on',
      [],
      (reference) => take(clerk, reference, { event: 'passed_on', to: room.other }),
    ],
    [
      'a withdrawal',
      [{ event: 'claimed' }],
      (reference) => room.app.portal.rectification.withdraw(resident, reference),
    ],
  ])('of %s leaves all of it or nothing', async (_what, steps, act) => {
    const statements = await cutEverywhere(async () => {
      const { reference, request } = await filed(...steps)
      return { request, run: () => act(reference) }
    })
    expect(statements).toBeGreaterThan(5)
    expect(await room.faults()).toEqual([])
  })
})
