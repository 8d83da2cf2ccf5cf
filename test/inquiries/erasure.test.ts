import type { StaffActor } from '../../server/identity/index.js'
import { keepPartitions } from '../../server/ledger/index.js'
import { walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { ANSWER, roomOf, WHOLE, type Person, type Room } from './room.js'

/** Words that nobody else writes: whatever holds one of them holds what a person said. */
const WRITTEN = { words: 'Nachtigall', answer: 'Wiedehopf' }
const DAY = 86_400_000

let room: Room
let person: Person
let officer: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  officer = await room.staff('dpo', 'dpo')
})

afterAll(() => room?.close())

async function answered(of = person): Promise<string> {
  const reference = await room.asked(of, { ...WHOLE, words: WRITTEN.words })
  if (ANSWER.event !== 'answered') throw new Error('the answer answers nothing')
  const reply = { ...ANSWER.reply, words: WRITTEN.answer }
  await room.step(officer, reference, { ...ANSWER, reply })
  return reference
}

/** Which of the words stand in any table of the database, plain or in hexadecimal. */
async function readable(): Promise<string[]> {
  const { rows } = await room.superuser.query<{ name: string }>(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const texts: string[] = []
  for (const { name } of rows) {
    const { rows: found } = await room.superuser.query<{ row: string }>(
      `select t::text as row from ${name} t`,
    )
    texts.push(...found.map(({ row }) => row))
  }
  const text = texts.join('\n')
  return Object.values(WRITTEN).filter(
    (word) => text.includes(word) || text.includes(Buffer.from(word).toString('hex')),
  )
}

/** Moves the application's clock, and makes the partitions that its daily job would have made. */
async function travel(days: number): Promise<void> {
  const { clock, installation } = room.app
  clock.moveTo(new Date(clock.now().getTime() + days * DAY))
  await keepPartitions(installation.admin, clock.now().toISOString().slice(0, 10))
}

const count = async (condition: string) => {
  const { rows } = await room.superuser.query<{ count: number }>(
    `select count(*)::int as count from inquiries.inquiry where ${condition}`,
  )
  return rows[0]?.count
}

describe('what people write about an access', () => {
  it('is read by both sides, and stands nowhere in clear', async () => {
    const reference = await answered()
    const own = await room.app.portal.inquiries.inquiry(person.actor, reference)
    const desk = await room.app.portal.inquiryDesk.open(officer, reference)
    for (const facts of [own, desk]) {
      expect([facts.words, facts.reply?.words]).toEqual([WRITTEN.words, WRITTEN.answer])
    }
    expect(await readable()).toEqual([])
  })

  it('is said to be erased on both sides, while every proof stays valid', async () => {
    const reference = await answered()
    await room.superuser.query(
      'update inquiries.inquiry set case_key = null where reference = $1',
      [reference],
    )
    const pages = [
      await (await walker(room.app, 'resident-ar')).open(`/de/me/inquiries/${reference}`),
      await (await walker(room.app, 'dpo')).open(`/de/oversight/inquiries/${reference}`),
    ]
    for (const { status, body } of pages) {
      expect([status, body.includes('Der Text ist gelöscht.')]).toEqual([200, true])
      expect(Object.values(WRITTEN).filter((word) => body.includes(word))).toEqual([])
    }
    expect(await room.faults()).toEqual([])
  })

  it('cannot be answered with words once its key is gone', async () => {
    const reference = await room.asked(person)
    await room.superuser.query(
      'update inquiries.inquiry set case_key = null where reference = $1',
      [reference],
    )
    await expect(room.step(officer, reference, ANSWER)).rejects.toMatchObject({ problem: 'ERASED' })
  })

  it('is in the copy of everything, with what came of it', async () => {
    const reference = await answered()
    const page = await walker(room.app, 'resident-ar')
    const { inquirySections } = await import('../../server/inquiries/section.js')
    const [section] = inquirySections(room.app.portal.inquiries)
    const items: unknown[] = []
    for await (const item of section?.items(person.actor) ?? []) items.push(item)
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ reference, words: WRITTEN.words, state: 'answered', reasons: WHOLE.reasons },
        reply: { finding: 'mistaken', measures: ['management_told'], words: WRITTEN.answer },
      }),
    )
    expect(JSON.stringify(items)).not.toContain(officer.staff)
    expect((await page.open('/de/me/inquiries')).body).toContain(reference)
  })
})

describe('the upkeep', () => {
  it('goes with the account: rows and keys at once, the log stays whole', async () => {
    const leaver = await room.resident('leaver')
    await answered(leaver)
    const open = await room.asked(leaver)
    expect(await count(`account = '${leaver.actor.account}'`)).toBe(2)
    await room.app.portal.accounts.delete(leaver.actor)
    expect(await count(`account = '${leaver.actor.account}'`)).toBe(0)
    await expect(room.app.portal.inquiryDesk.open(officer, open)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await readable()).toEqual([])
    expect(await room.faults()).toEqual([])
  })

  it('forgets words three months after a withdrawal, two years after an answer, and rows after three', async () => {
    const { inquiryUpkeep, inquiries } = room.app.portal
    const withdrawn = await room.asked(person)
    await inquiries.withdraw(person.actor, withdrawn)
    const reference = await answered()
    const waits = await room.asked(person)
    const has = (which: string, what: string) => count(`reference = '${which}' and ${what}`)
    await travel(88)
    await inquiryUpkeep.forget()
    expect(await has(withdrawn, 'case_key is not null')).toBe(1)
    await travel(5)
    await inquiryUpkeep.forget()
    expect(await has(withdrawn, 'case_key is null')).toBe(1)
    await travel(729 - 93)
    await inquiryUpkeep.forget()
    expect(await has(reference, 'case_key is not null')).toBe(1)
    await travel(2)
    expect(await inquiryUpkeep.forget()).toBeGreaterThan(0)
    expect(await has(reference, 'case_key is null')).toBe(1)
    expect(await has(waits, 'case_key is not null')).toBe(1)
    const { words, reply } = await inquiries.inquiry(person.actor, reference)
    expect([words, reply?.words, reply?.finding]).toEqual([undefined, undefined, 'mistaken'])
    await travel(370)
    await inquiryUpkeep.forget()
    expect(await has(reference, 'true')).toBe(0)
    expect(await room.faults()).toEqual([])
  })
})
