import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { openInsider, type Insider } from './insider.js'
import { liveLog, type LiveLog } from './log.js'

let app: TestApp
let log: LiveLog
let insider: Insider
let office: TestAuthority

const EVENTS = 'overview.access_event'
const SEALED = 'overview.sealed_event'
const GUARDED = [
  EVENTS,
  SEALED,
  'ledger.tile',
  'ledger.bundle',
  'ledger.checkpoint',
  'ledger.head',
] as const

beforeAll(async () => {
  app = await startTestApp()
  log = liveLog(app)
  office = await authorityOf(app)
  const withheld = { disclosure: 'withheld' }
  const details = { caseRef: 'PF-2026-1', operatorRef: 'operator-7' }
  for (const [first, count, changes] of [
    [1, 300, details],
    [301, 40, withheld],
    [341, 300, {}],
  ] as const) {
    const { status, text } = await office.deliver(office.events(first, count, changes))
    expect(`${status} ${text.slice(0, 300)}`).toMatch(/^201 /)
  }
  await app.portal.ledger.tick()
  insider = await openInsider(app.adminUrl, GUARDED)
})

afterAll(async () => {
  await insider?.close()
  await app?.close()
})

/** Faults while a table stands altered. */
const faultsAfter = (table: string, statement: string) =>
  insider.whileAltered(table, statement, () => log.faults())

async function indicesIn(table: string, count: number): Promise<number[]> {
  const rows = await insider.query<{ at: number }>(
    `select leaf_index::int as at from ${table} order by leaf_index limit ${count}`,
  )
  return rows.map(({ at }) => at)
}

describe('the audit', () => {
  it('finds nothing wrong with a log that nobody touched', async () => {
    const open = await indicesIn(EVENTS, 1_000)
    const sealed = await indicesIn(SEALED, 1_000)
    expect([open.length, sealed.length]).toEqual([600, 40])
    expect(await log.faults()).toEqual([])
  })

  it('finds nothing wrong while the portal goes on appending', async () => {
    let isOver = false
    const appending = (async () => {
      for (let batch = 0; batch < 30; batch++) await log.append(29)
      isOver = true
    })()
    let audits = 0
    for (; !isOver; audits++) expect(await log.faults()).toEqual([])
    await appending
    expect(audits).toBeGreaterThan(0)
    await app.portal.ledger.tick()
  })
})

describe('an altered row', () => {
  it('is named, whichever of its columns was altered', async () => {
    const columns = [
      `expires_on = expires_on + 1`,
      `recorded_at = recorded_at - interval '1 second'`,
      `occurred_at = occurred_at - interval '1 hour'`,
      `subject = gen_random_uuid()`,
      `seq_digest = null`,
      `stream_seq = stream_seq + 1`,
      `stream = stream + 1`,
      `stream = null`,
      `operation = 1`,
      `channel = 3 - channel`,
      `source = recipient`,
      `recipient = source`,
      `unit = (select min(id) from catalogue.term where kind = 'unit')`,
      `purpose = (select min(id) from catalogue.term where kind = 'purpose' and id <> purpose)`,
      `legal_basis = (select min(id) from catalogue.term where kind = 'legal_basis' and id <> legal_basis)`,
      `fields = fields[1:1]`,
      `case_ref = null`,
      `consent_id = gen_random_uuid()`,
      `operator_digest = null`,
      `salt = set_byte(salt, 31, get_byte(salt, 31) # 1)`,
      `salt = set_byte(salt, 0, get_byte(salt, 0) # 1)`,
    ]
    const indices = await indicesIn(EVENTS, columns.length)
    const found = await insider.whileAltered(
      EVENTS,
      `update ${EVENTS} set ${columns[0]} where leaf_index = ${indices[0]}`,
      async () => {
        for (const [at, column] of columns.entries()) {
          if (at === 0) continue
          await insider.query(`update ${EVENTS} set ${column} where leaf_index = ${indices[at]}`)
        }
        return log.faults()
      },
    )
    expect(found).toEqual(indices.map((index) => `Entry ${index} is not what was committed.`))
  })

  it('is named where it is withheld', async () => {
    const [index] = await indicesIn(SEALED, 1)
    const statement = `update ${SEALED} set source = recipient where leaf_index = ${index}`
    expect(await faultsAfter(SEALED, statement)).toEqual([
      `Entry ${index} is not what was committed.`,
    ])
  })

  it('is named where it tells of what the catalogue never had', async () => {
    const [first, second, third] = await indicesIn(EVENTS, 3)
    const statement = `update ${EVENTS} set
      purpose = case leaf_index when ${first} then 30000 else purpose end,
      operation = case leaf_index when ${second} then 9 else operation end,
      fields = case leaf_index when ${third} then '{30000}' else fields end
      where leaf_index in (${first}, ${second}, ${third})`
    expect(await faultsAfter(EVENTS, statement)).toHaveLength(3)
  })

  it('is named where it was moved to another leaf, the same one twice, or none', async () => {
    const [first = 0, second = 0, third = 0] = await indicesIn(EVENTS, 3)
    const statement = `update ${EVENTS} set leaf_index = case leaf_index
      when ${first} then ${second} when ${second} then 1000000 else -1 end,
      expires_on = case leaf_index when ${first} then expires_on + 1 else expires_on end
      where leaf_index in (${first}, ${second}, ${third})`
    const found = await faultsAfter(EVENTS, statement)
    expect([...found].sort()).toEqual(
      [-1, 1_000_000, second].map((at) => `Entry ${at} is not what was committed.`).sort(),
    )
  })

  it('is named where it was invented', async () => {
    const statement = `insert into ${EVENTS} (class, expires_on, leaf_index, recorded_at, occurred_at,
        subject, operation, channel, source, recipient, purpose, legal_basis, fields, salt)
      select class, expires_on + 1, leaf_index, recorded_at, occurred_at, subject, operation, channel,
        source, recipient, purpose, legal_basis, fields, salt from ${EVENTS} order by leaf_index limit 1`
    expect(await faultsAfter(EVENTS, statement)).toHaveLength(1)
  })

  it('that was deleted is not known here: the leaf looks like padding', async () => {
    const statement = `delete from ${EVENTS} where leaf_index = (select min(leaf_index) from ${EVENTS})`
    expect(await faultsAfter(EVENTS, statement)).toEqual([])
  })
})

describe('an altered tree', () => {
  const flip = (column: string, byte: number) =>
    `${column} = set_byte(${column}, ${byte}, get_byte(${column}, ${byte}) # 1)`

  it.each([
    [
      'ledger.tile',
      `set ${flip('data', 4_000)} where level = 0 and idx = 1`,
      'Tile 0/1 was altered.',
    ],
    ['ledger.bundle', `set ${flip('data', 100)} where idx = 1`, 'Bundle 1 was altered.'],
    ['ledger.bundle', `set ${flip('data', 0)} where idx = 1`, 'Bundle 1 was altered.'],
    ['ledger.bundle', `set data = substr(data, 1, 700) where idx = 1`, 'Bundle 1 was altered.'],
    ['ledger.bundle', `set data = '' where idx = 0`, 'Bundle 0 was altered.'],
  ])('names what was altered in %s by "%s"', async (table, change, sentence) => {
    expect(await faultsAfter(table, `update ${table} ${change}`)).toEqual([sentence])
  })

  it.each([
    ['ledger.tile', 'where level = 0 and idx = 1', 'Tile 0/1 is missing.'],
    ['ledger.bundle', 'where idx = 1', 'Bundle 1 is missing.'],
  ])('names what is missing in %s', async (table, condition, sentence) => {
    expect(await faultsAfter(table, `delete from ${table} ${condition}`)).toEqual([sentence])
  })

  it('names what lies beyond the tree', async () => {
    const tile = `insert into ledger.tile select 0, 900, data from ledger.tile where idx = 0`
    expect(await faultsAfter('ledger.tile', tile)).toEqual(['There are 1 tiles beyond the tree.'])
    const bundle = `insert into ledger.bundle select 900, data from ledger.bundle where idx = 0`
    expect(await faultsAfter('ledger.bundle', bundle)).toEqual([
      'There are 1 bundles beyond the tree.',
    ])
  })

  it.each([
    ['edge', `set ${flip('edge', 0)}`],
    ['edge', `set edge = substr(edge, 1, 100)`],
    ['bundle_edge', `set ${flip('bundle_edge', 5)}`],
    ['bundle_edge', `set bundle_edge = ''`],
    ['size', `set size = size + 1`],
    ['size', `set size = size - 256`],
  ])('names the head whose %s was altered: %s', async (_column, change) => {
    const found = await faultsAfter('ledger.head', `update ledger.head ${change}`)
    expect(found.join(' ')).toMatch(
      /[Tt]he head (is not what the entries make|has \d+ leaves|was altered)/,
    )
  })

  it('that agrees with itself again is betrayed by every checkpoint above the change', async () => {
    const entries = await log.entries()
    const [index = 0] = await indicesIn(EVENTS, 1)
    const forged = entries.with(index, Buffer.alloc(33, 1))
    await insider.rewriteTree(forged)
    const found = await log.faults()
    await insider.rewriteTree(entries)
    const above = await insider.query<{ size: number }>(
      'select size::int from ledger.checkpoint where size > $1 order by size',
      [index],
    )
    expect(found).toEqual([
      ...above.map(({ size }) => `Checkpoint ${size} does not fit the tree.`),
      `Entry ${index} is not what was committed.`,
    ])
    expect(await log.faults()).toEqual([])
  })
})

describe('an altered checkpoint', () => {
  it.each([
    [`note = replace(note, E'\\n64\\n', E'\\n65\\n')`, 'is not signed by this log.'],
    [`note = ''`, 'is not signed by this log.'],
    [`note = (select max(note) from ledger.checkpoint where size > 64)`, 'does not fit the tree.'],
  ])('is named after "%s"', async (change, sentence) => {
    const statement = `update ledger.checkpoint set ${change} where size = 64`
    expect(await faultsAfter('ledger.checkpoint', statement)).toEqual([`Checkpoint 64 ${sentence}`])
  })

  it('with the signature of a witness below is none', async () => {
    const statement = `update ledger.checkpoint set note = note || E'— else.test AAAAAAAA\\n'`
    expect(await faultsAfter('ledger.checkpoint', statement)).toEqual([])
  })

  it('is missed where it was the newest', async () => {
    const statement = `delete from ledger.checkpoint where size = (select max(size) from ledger.checkpoint)`
    const found = await faultsAfter('ledger.checkpoint', statement)
    expect(found).toEqual([
      expect.stringMatching(/^The head has \d+ leaves, the newest checkpoint/),
    ])
  })
})

describe('a tree with tiles of tiles', () => {
  it('is judged tile by tile, whichever was altered', async () => {
    await log.append(66_000)
    const flipped = (where: string) =>
      `update ledger.tile set data = set_byte(data, 9, get_byte(data, 9) # 1) where ${where}`
    expect(await log.faults()).toEqual([])
    expect(await faultsAfter('ledger.tile', flipped('level = 1 and idx = 0'))).toEqual([
      'Tile 1/0 was altered.',
    ])
    expect(await faultsAfter('ledger.tile', flipped('level = 0 and idx = 130'))).toEqual([
      'Tile 0/130 was altered.',
    ])
  }, 120_000)
})
