import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import { keepPartitions } from '../../server/ledger/index.js'
import { startTestApp } from '../support/app.js'
import { dumpOf, readableIn } from '../support/dump.js'
import { visitor } from '../support/visitor.js'
import { roomOf, WHOLE, type Room } from './room.js'

/** Words that nobody else writes: whatever holds one of them holds what a person said. */
const WRITTEN = {
  stored: 'Kolibri',
  latin: 'Zaunkönig',
  original: 'هدهد',
  words: 'Nachtigall',
  answer: 'Rotkehlchen',
  decision: 'Wiedehopf',
  state: 'Bachstelze',
}
const DAY = 86_400_000

let room: Room
let resident: ResidentActor
let clerk: StaffActor
let reference = ''

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('resident-ar')
  clerk = await room.clerk('caseworker')
  reference = await decided()
})

afterAll(() => room?.close())

async function decided(): Promise<string> {
  const { casework, rectification } = room.app.portal
  const { stored, latin, original, words } = WRITTEN
  const wanted = { form: 'names', latin, original, onlyOne: false } as const
  const filed = await room.filed(resident, { statement: { ...WHOLE, stored, wanted, words } })
  const take = async (step: Parameters<typeof casework.step>[2]) =>
    casework.step(clerk, { reference: filed, version: await room.version(filed) }, step)
  await take({ event: 'claimed' })
  await take({ event: 'asked', questions: ['spelling'] })
  await rectification.answer(resident, filed, WRITTEN.answer)
  const text = { reasons: ['entry_is_right'] as const, words: WRITTEN.decision }
  await take({ event: 'decided', outcome: 'not_proven', text })
  await rectification.state(resident, filed, WRITTEN.state)
  await take({ event: 'closed' })
  return filed
}

async function readable(): Promise<string[]> {
  const text = await dumpOf(room.superuser)
  expect(text).toContain(reference)
  return readableIn(text, Object.values(WRITTEN))
}

/** Moves the application's clock, and makes the partitions that its daily job would have made. */
async function travel(days: number): Promise<void> {
  const { clock, installation } = room.app
  clock.moveTo(new Date(clock.now().getTime() + days * DAY))
  await keepPartitions(installation.admin, clock.now().toISOString().slice(0, 10))
}

const count = async (condition: string) =>
  Number(
    (
      await room.superuser.query<{ count: string }>(
        `select count(*) from rectification.request where ${condition}`,
      )
    ).rows[0]?.count,
  )

describe('what people write', () => {
  it('stands nowhere in clear, although those who may read it do', async () => {
    const facts = await room.app.portal.rectification.request(resident, reference)
    const told = JSON.stringify([facts.statement, facts.events])
    expect(Object.values(WRITTEN).filter((word) => !told.includes(word))).toEqual([])
    expect(await readable()).toEqual([])
  })

  it('is said to be erased on both sides, while every proof stays valid', async () => {
    const erased = await decided()
    await room.superuser.query(
      'update rectification.request set case_key = null where reference = $1',
      [erased],
    )
    const [person, office] = [visitor(room.app), visitor(room.app)]
    await person.signIn('resident-ar')
    await office.signIn('caseworker')
    const own = await person.get(`/de/me/requests/${erased}`)
    const desk = await office.get(`/de/work/cases/${erased}`)
    for (const { status, headers, body } of [own, desk]) {
      expect([status, headers.get('location')]).toEqual([200, null])
      expect(body).toContain('gelöscht')
      expect(Object.values(WRITTEN).filter((word) => body.includes(word))).toEqual([])
    }
    expect(await room.faults()).toEqual([])
  })

  it('is kept for two years after the close, and not a day longer', async () => {
    const { requestUpkeep, rectification } = room.app.portal
    await travel(729)
    await requestUpkeep.forget()
    expect((await rectification.request(resident, reference)).statement).toBeDefined()
    await travel(2)
    expect(await requestUpkeep.forget()).toBeGreaterThan(0)
    const { statement, events } = await rectification.request(resident, reference)
    expect(statement).toBeUndefined()
    expect(events.map(({ words, decision }) => words ?? decision)).toEqual(
      events.map(() => undefined),
    )
    expect(await count(`reference = '${reference}' and case_key is null`)).toBe(1)
    expect(await readable()).toEqual([])
  })

  it('can be neither answered nor added to without the key', async () => {
    const { rectification } = room.app.portal
    const open = await room.filed(resident)
    await room.superuser.query(
      'update rectification.request set case_key = null where reference = $1',
      [open],
    )
    await expect(rectification.withdraw(resident, open)).rejects.toMatchObject({
      problem: 'ERASED',
    })
  })
})

describe('the upkeep', () => {
  it('forgets drafts after ninety days, and those of an account that is gone at once', async () => {
    const { requestUpkeep } = room.app.portal
    const id = await room.draft(resident)
    await travel(89)
    await requestUpkeep.forget()
    expect(await count(`request = '${id}'`)).toBe(1)
    await travel(2)
    await requestUpkeep.forget()
    expect(await count(`request = '${id}'`)).toBe(0)
    const left = await room.draft(resident)
    await room.superuser.query(
      'update rectification.request set account = null where request = $1',
      [left],
    )
    await requestUpkeep.forget()
    expect(await count(`request = '${left}'`)).toBe(0)
  })

  it('forgets what was withdrawn after three months, and its row after three years', async () => {
    const { requestUpkeep, rectification } = room.app.portal
    const withdrawn = await room.filed(resident)
    await rectification.withdraw(resident, withdrawn)
    const has = (what: string) => count(`reference = '${withdrawn}' and ${what}`)
    await travel(88)
    await requestUpkeep.forget()
    expect(await has('case_key is not null')).toBe(1)
    await travel(5)
    await requestUpkeep.forget()
    expect(await has('case_key is null')).toBe(1)
    await travel(3 * 366)
    await requestUpkeep.forget()
    expect(await has('true')).toBe(0)
  })

  it('deletes no event before its time, whatever clock it is given', async () => {
    const { rows } = await room.superuser.query('select from rectification.request_event')
    expect(rows.length).toBeGreaterThan(8)
    expect(await room.faults()).toEqual([])
  })
})
