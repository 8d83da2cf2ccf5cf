import type { PoolClient } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { GRANT, roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let clerk: StaffActor
let registrar: StaffActor
/** After how many further statements the connection that sends them is cut; nothing is where absent. */
let left: number | undefined

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  clerk = await room.staff('clerk', 'caseworker')
  registrar = await room.staff('registrar', 'caseworker', room.registry)
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

/** Everything that stands, as an insider sees it: versions and events agree, and messages go with them. */
async function standing() {
  const { rows } = await room.superuser.query<{
    block: string
    state: string
    version: number
    events: number
  }>(
    `select b.block, b.state, b.version,
        (select count(*)::int from blocks.block_event e where e.block = b.block) as events
      from blocks.block b where b.state <> 'draft' order by b.block`,
  )
  for (const { version, events } of rows) expect(events).toBe(version)
  const { rows: messages } = await room.superuser.query(
    "select from notices.message where code like 'block%'",
  )
  return { rows, messages: messages.length }
}

/**
 * Cuts an act behind every one of its statements: nothing of it stays, or all of it does; what failed is
 * tried again with the next cut. Gives how many statements there were.
 */
async function cutEverywhere(make: () => Promise<() => Promise<unknown>>): Promise<number> {
  let act = await make()
  for (let statements = 1; ; statements++) {
    const before = await standing()
    left = statements
    const failure = await act().then(
      () => undefined,
      (error: unknown) => error,
    )
    const isCut = left <= 0
    left = undefined
    const now = await standing()
    if (failure === undefined) {
      expect(now).not.toEqual(before)
      if (!isCut) return statements - 1
      act = await make()
    } else {
      expect(failure).toMatchObject({ code: 'UNAVAILABLE' })
      expect(now).toEqual(before)
    }
  }
}

/** Nothing waits that would refuse the next application. */
async function clear(): Promise<void> {
  for (const { block } of await room.app.portal.blocks.list(person.actor)) {
    const isOpen = ['applied', 'in_review', 'proposed'].includes(block.state)
    if (isOpen) await room.own(person, block.reference, { event: 'withdrawn' })
  }
}

describe('a connection that dies between two statements', () => {
  it.each<[string, () => Promise<() => Promise<unknown>>]>([
    [
      'a filing',
      async () => {
        await clear()
        const { blocks } = room.app.portal
        const id = await blocks.begin(person.actor, 'transmission')
        const grounds = ['life', 'other']
        const words = 'x'
        await blocks.save(person.actor, { id, change: { step: 'grounds', grounds, words } })
        await blocks.save(person.actor, {
          id,
          change: { step: 'office', office: room.office.code },
        })
        return () => blocks.file(person.actor, id)
      },
    ],
    [
      'a grant',
      async () => {
        await clear()
        const reference = await room.applied(person, { signed: true })
        const { version } = await room.row(reference)
        return () => room.app.portal.blockDesk.step(clerk, { reference, version }, GRANT)
      },
    ],
    [
      'an information block that brings a transmission block along',
      async () => {
        await clear()
        const { registry: office } = room
        const wanted = { kind: 'information', office, signed: true } as const
        const reference = await room.applied(person, wanted)
        const { version } = await room.row(reference)
        const granted = { event: 'granted', until: '2099-01-01', isGuarded: false } as const
        return () => room.app.portal.blockDesk.step(registrar, { reference, version }, granted)
      },
    ],
    [
      'the lifting of both',
      async () => {
        await clear()
        const { registry: office } = room
        const reference = await room.granted(person, registrar, { kind: 'information', office })
        return () => room.own(person, reference, { event: 'lifted' })
      },
    ],
  ])('of %s leaves all of it or nothing', async (_what, make) => {
    const statements = await cutEverywhere(make)
    expect(statements).toBeGreaterThan(5)
    expect(await room.faults()).toEqual([])
  })
})
