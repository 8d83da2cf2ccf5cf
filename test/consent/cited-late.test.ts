import { setTimeout as sleep } from 'node:timers/promises'
import type { StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { citerOf, flagsOf, type Cite } from './citing.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let clerk: StaffActor
let template: string
let cite: Cite

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  cite = citerOf(room)
  person = await room.resident('amina')
  clerk = await room.staff('clerk')
  const colleague = await room.staff('colleague')
  template = await room.published([clerk, colleague], room.content('c.cv_chamber'))
  // The stream of the office is registered here, so that the tests find its row.
  await cite({ person, consent: await idOf(await given()) })
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

const given = async () =>
  (await room.answered(person, await room.asked(clerk, person, template), ['all']))[0] ?? ''
const idOf = async (reference: string) =>
  (await room.app.portal.consents.consent(person.actor, reference)).consent.consent
const withdraw = (reference: string) => room.app.portal.consents.withdraw(person.actor, reference)

async function waitingForALock(count: number): Promise<void> {
  for (let round = 0; round < 500; round++) {
    const { rowCount } = await room.superuser.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    )
    if ((rowCount ?? 0) >= count) return
    await sleep(10)
  }
  throw new Error('nobody waits for a lock')
}

/** Runs work while a transaction of the superuser holds what a statement locks. */
async function holding<Value>(statement: string, work: () => Promise<Value>): Promise<Value> {
  await room.superuser.query('begin')
  await room.superuser.query(statement)
  try {
    return await work()
  } finally {
    await room.superuser.query('rollback')
  }
}

const BEFORE_WRITING = 'select from ingestion.stream for update'
const BEFORE_COMMIT = 'lock table ingestion.batch in exclusive mode'

describe('an access that cites a consent', () => {
  it.each<[string, object, string]>([
    ['shown', {}, 'consent.not_valid'],
    ['withheld', { disclosure: 'withheld' }, 'sealed consent.not_valid'],
  ])(
    'and is %s: is flagged where the consent ended after it was judged and before it was written',
    async (_how, changes, flag) => {
      const reference = await given()
      const consent = await idOf(reference)
      const delivery = await holding(BEFORE_WRITING, async () => {
        const running = cite({ person, consent, changes })
        await waitingForALock(1)
        await withdraw(reference)
        return { running }
      })
      expect(await flagsOf(room, await delivery.running)).toEqual([flag])
    },
  )

  it('is flagged by the withdrawal where that waits for the delivery to be written', async () => {
    const reference = await given()
    const consent = await idOf(reference)
    const both = await holding(BEFORE_COMMIT, async () => {
      const delivery = cite({ person, consent })
      await waitingForALock(1)
      const withdrawal = withdraw(reference)
      await waitingForALock(2)
      return { delivery, withdrawal }
    })
    await both.withdrawal
    expect(await flagsOf(room, await both.delivery)).toEqual(['consent.not_valid'])
  })

  it('and happened before the end is not flagged, however the two interleave', async () => {
    const reference = await given()
    const consent = await idOf(reference)
    const at = room.app.clock.now()
    room.app.clock.moveTo(new Date(at.getTime() + 1_000))
    const delivery = await holding(BEFORE_WRITING, async () => {
      const running = cite({ person, consent, at })
      await waitingForALock(1)
      await withdraw(reference)
      return { running }
    })
    expect(await flagsOf(room, await delivery.running)).toEqual([])
  })

  it('waits for nobody who holds the consent', async () => {
    const reference = await given()
    const consent = await idOf(reference)
    await room.superuser.query('begin')
    await room.superuser.query('select from consent.consent where consent = $1 for update', [
      consent,
    ])
    const other = await cite({ person, consent })
    await room.superuser.query('rollback')
    expect(await flagsOf(room, other)).toEqual([])
  })
})
