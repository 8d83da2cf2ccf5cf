import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'
import type { StaffActor } from '../../server/identity/index.js'
import { keepPartitions } from '../../server/ledger/index.js'
import { blockSections } from '../../server/blocks/section.js'
import { walker } from '../rectification/journey.js'
import { startTestApp } from '../support/app.js'
import { PRIVATE, roomOf, type Person, type Room } from './room.js'

/** Words that nobody else writes: whatever holds one of them holds what a person said. */
const WRITTEN = { own: 'Nachtigall', office: 'Wiedehopf' }
const DAY = 86_400_000

let room: Room
let person: Person
let clerk: StaffActor
let registrar: StaffActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident('resident-ar')
  clerk = await room.staff('clerk', 'caseworker')
  registrar = await room.staff('registrar', 'caseworker', room.registry)
})

afterEach(async () => {
  expect(await room.faults()).toEqual([])
})

afterAll(() => room?.close())

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

/** German days, as periods are: at night it is tomorrow there already. */
const dayIn = (days: number) => daysAfter(germanDay(room.app.clock.now()), days)

const told = async () => {
  const { rows } = await room.superuser.query<{ code: string }>(
    "select code from notices.message where code like 'block%' order by told_at, code",
  )
  return rows.map(({ code }) => code)
}

const has = async (condition: string) => {
  const { rows } = await room.superuser.query<{ count: number }>(
    `select count(*)::int as count from blocks.block where ${condition}`,
  )
  return rows[0]?.count
}

describe('an information block', () => {
  it('brings the transmission block along, and takes it back at its end', async () => {
    const wanted = { kind: 'information', office: room.registry } as const
    const reference = await room.granted(person, registrar, wanted)
    const all = await room.app.portal.blocks.list(person.actor)
    const derived = all.find(({ block }) => block.kind === 'transmission')
    expect([derived?.block.state, derived?.office?.code]).toEqual(['in_force', 'i.de.bva'])
    const other = derived?.block.reference ?? ''
    expect(await room.events(person, other)).toEqual(['came_with'])
    const page = await (await walker(room.app, 'resident-ar')).open(`/de/me/blocks/${other}`)
    expect(page.body).toContain('Diese Sperre kam mit der Auskunftssperre im Melderegister.')
    expect(page.body).toContain(reference)
    await expect(room.own(person, other, { event: 'lifted' })).rejects.toMatchObject({
      problem: 'NOT_NOW',
    })
    await room.own(person, reference, { event: 'lifted' })
    expect(await room.events(person, other)).toEqual(['came_with', 'went_with'])
    expect((await room.row(other)).state).toBe('ended')
  })

  it('that runs out takes it along as well', async () => {
    const wanted = { kind: 'information', office: room.registry } as const
    await room.granted(person, registrar, wanted)
    await travel(731)
    expect(await room.app.portal.blockUpkeep.turn()).toBe(1)
    expect(await has("kind = 'information' and state = 'expired'")).toBe(1)
    expect(await has("kind = 'transmission' and state = 'in_force'")).toBe(0)
  })
})

describe('a period', () => {
  it('is told of before it ends, once, and ends on its day', async () => {
    const reference = await room.applied(person, { signed: true })
    await room.step(clerk, reference, { event: 'granted', isGuarded: false, until: dayIn(40) })
    const { blockUpkeep } = room.app.portal
    await blockUpkeep.remind()
    const before = (await told()).filter((code) => code === 'block_ends_soon').length
    await travel(15)
    await blockUpkeep.remind()
    await travel(1)
    await blockUpkeep.remind()
    const after = (await told()).filter((code) => code === 'block_ends_soon').length
    expect(after - before).toBe(1)
    await travel(24)
    expect(await blockUpkeep.turn()).toBe(0)
    await travel(1)
    expect(await blockUpkeep.turn()).toBe(1)
    expect(await room.events(person, reference)).toEqual(['filed', 'granted', 'expired'])
    expect(await blockUpkeep.turn()).toBe(0)
  })

  it('of a hearing that nobody answered lets the office decide', async () => {
    const reference = await room.granted(person, clerk)
    await room.step(clerk, reference, {
      ...{ event: 'hearing_opened', about: 'ending', reasons: ['settled'], until: dayIn(10) },
    })
    const end = { event: 'ended', reasons: ['settled'] } as const
    await expect(room.step(clerk, reference, end)).rejects.toMatchObject({ problem: 'NOT_NOW' })
    await travel(11)
    await room.app.portal.blockUpkeep.turn()
    await room.step(clerk, reference, end)
    expect((await room.events(person, reference)).slice(2)).toEqual([
      ...['hearing_opened', 'hearing_over', 'ended'],
    ])
  })
})

describe('a transfer without a hearing', () => {
  it('is read by the office at once, and by the person from the day that it names', async () => {
    const reference = await room.granted(person, clerk)
    const transfer = { recipient: PRIVATE, reasons: ['court'] } as const
    const shownOn = dayIn(30)
    await room.step(clerk, reference, {
      ...{ event: 'transfer_unheard', transfer, why: ['purpose'], shownOn },
    })
    const { blockDesk, blockUpkeep } = room.app.portal
    expect((await blockDesk.open(clerk, reference)).unheard).toMatchObject([{ shownOn }])
    const own = await walker(room.app, 'resident-ar')
    const before = (await own.open(`/de/me/blocks/${reference}`)).body
    expect(before).not.toContain('ohne Anhörung</strong>')
    await blockUpkeep.turn()
    expect(await room.events(person, reference)).toEqual(['filed', 'granted'])
    await travel(30)
    expect(await blockUpkeep.turn()).toBe(1)
    expect(await room.events(person, reference)).toEqual(['filed', 'granted', 'transfer_unheard'])
    const later = await walker(room.app, 'resident-ar')
    const { body } = await later.open(`/de/me/blocks/${reference}`)
    expect(body).toContain('Eine Anhörung würde den Zweck vereiteln.')
    expect((await blockDesk.open(clerk, reference)).unheard).toEqual([])
    await room.own(person, reference, { event: 'lifted' })
  })
})

describe('what people write about a block', () => {
  it('is read by both sides, and stands nowhere in clear, not even in a draft', async () => {
    const words = WRITTEN.own
    const reference = await room.applied(person, { words, signed: true })
    const { blocks, blockDesk } = room.app.portal
    const draft = await blocks.begin(person.actor, 'objection')
    const change = { step: 'grounds', grounds: ['family'], words } as const
    await blocks.save(person.actor, { id: draft, change })
    await room.step(clerk, reference, {
      ...{ event: 'refusal_proposed', reasons: ['no_danger'], words: WRITTEN.office },
    })
    expect((await blocks.block(person.actor, reference)).words).toBe(words)
    expect((await blockDesk.open(clerk, reference)).words).toBe(words)
    expect(await readable()).toEqual([])
    const [section] = blockSections(blocks)
    const items: unknown[] = []
    for await (const item of section?.items(person.actor) ?? []) items.push(item)
    expect(items).toContainEqual(expect.objectContaining({ reference, words, state: 'proposed' }))
    expect(JSON.stringify(items)).not.toContain(clerk.staff)
    await room.own(person, reference, { event: 'withdrawn' })
    await blocks.drop(person.actor, draft)
  })

  it('is forgotten three months after a withdrawal and two years after an end, rows after three', async () => {
    const { blockUpkeep, blocks } = room.app.portal
    const withdrawn = await room.applied(person)
    await room.own(person, withdrawn, { event: 'withdrawn' })
    const lifted = await room.granted(person, clerk, { words: WRITTEN.own })
    await room.own(person, lifted, { event: 'lifted' })
    const force = await room.granted(person, clerk)
    const draft = await blocks.begin(person.actor, 'objection')
    await travel(93)
    await blockUpkeep.forget()
    expect(await has(`reference = '${withdrawn}' and case_key is null`)).toBe(1)
    expect(await has(`reference = '${lifted}' and case_key is not null`)).toBe(1)
    expect(await has(`block = '${draft}'`)).toBe(0)
    await travel(640)
    await blockUpkeep.forget()
    expect(await has(`reference = '${lifted}' and case_key is null`)).toBe(1)
    await travel(400)
    await blockUpkeep.forget()
    expect(await has(`reference = '${lifted}'`)).toBe(0)
    expect(await has(`reference = '${force}' and case_key is not null`)).toBe(1)
    expect((await blocks.block(person.actor, force)).block.state).toBe('in_force')
  })
})

describe('an account that is deleted', () => {
  it('leaves blocks in force without their words, and nothing else', async () => {
    const leaver = await room.resident('leaver')
    const words = WRITTEN.own
    const force = await room.granted(leaver, clerk, { words })
    await room.applied(leaver, { words })
    await room.app.portal.blocks.begin(leaver.actor, 'objection')
    const ofLeaver = `subject = '${leaver.actor.subjects[0]}'`
    expect(await has(ofLeaver)).toBe(3)
    await room.app.portal.accounts.delete(leaver.actor)
    expect(await has(ofLeaver)).toBe(1)
    expect(await has(`reference = '${force}' and case_key is null and account is null`)).toBe(1)
    const { block, words: read, isErased } = await room.app.portal.blockDesk.open(clerk, force)
    expect([block.state, read, isErased]).toEqual(['in_force', undefined, true])
    expect(await readable()).toEqual([])
    const { rows } = await room.superuser.query(
      `select from blocks.in_force(array['${leaver.actor.subjects[0]}']::uuid[])`,
    )
    expect(rows).toHaveLength(1)
  })
})

describe('a device that others use', () => {
  it('shows nothing of what guards a witness', async () => {
    const witness = await room.resident('witness')
    const reference = await room.applied(witness, { signed: true })
    await room.step(clerk, reference, { event: 'granted', isGuarded: true })
    const { blocks } = room.app.portal
    const shared = { ...witness.actor, shared: true }
    expect(await blocks.list(witness.actor)).toHaveLength(1)
    expect(await blocks.list(shared)).toEqual([])
    await expect(blocks.block(shared, reference)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await room.superuser.query(
      "select from notices.message where params ->> 'reference' = $1",
      [reference],
    )
    expect(rows).toEqual([])
  })
})
