import { sql } from 'kysely'
import pg from 'pg'
import { RESIDENTS } from '../../server/demo/people.js'
import {
  residentScope,
  type AccountId,
  type ResidentActor,
  type SubjectId,
} from '../../server/identity/index.js'
import { foldHoldings, type Holding } from '../../server/overview/index.js'
import { readHoldings } from '../../server/overview/store/holdings.js'
import { entryOf, SHOWN } from '../../server/overview/store/rows.js'
import { startTestApp, type TestApp } from '../support/app.js'

let app: TestApp
/** Row-level security hides holdings even from their owner. */
let superuser: pg.Client
let people: ReadonlyMap<string, ResidentActor>
/** What everybody sees before anything was folded. */
let unfolded: ReadonlyMap<string, readonly string[]>

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
  people = await residents()
  unfolded = await shown()
}, 300_000)

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

/** The demonstration people, as their sessions know them. */
async function residents(): Promise<ReadonlyMap<string, ResidentActor>> {
  const { rows } = await sql<{ name: string; account: AccountId; subjects: readonly SubjectId[] }>`
    select demo_name as name, account, array_agg(subject::text) as subjects
      from identity.account join identity.account_subject using (account)
      where demo_name is not null group by 1, 2`.execute(app.installation.admin)
  return new Map(
    rows.map(({ name, ...own }) => [name, { role: 'resident', assurance: 'counter', ...own }]),
  )
}

/** Every holding that the application would show, ended ones included, by person. */
async function shown(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { catalogue } = app.installation
  const found = new Map<string, readonly string[]>()
  for (const [name, actor] of people) {
    const holdings = await app.portal.inTransaction(residentScope(actor), (trx) =>
      readHoldings({
        trx,
        catalogue,
        subjects: actor.subjects,
        today: today(),
        keepsHoldings: true,
      }),
    )
    found.set(name, linesOf(holdings))
  }
  return found
}

const today = () => app.clock.now().toISOString().slice(0, 10)

function linesOf(holdings: readonly Holding[]): readonly string[] {
  return holdings.map(lineOf).sort()
}

function lineOf(holding: Holding): string {
  const { subject, holder, field, purpose, legalBasis, ...times } = holding
  const { firstAt, lastAt, leafIndex, endedAt, expiresOn } = times
  const codes = [holder, field, purpose, legalBasis].map(({ code }) => code)
  const spans = [firstAt, lastAt, endedAt].map((at) => at?.toISOString() ?? '-')
  return [subject, ...codes, ...spans, leafIndex, expiresOn ?? '-'].join(' ')
}

/** Runs the job as the portal has it. */
async function fold(): Promise<void> {
  const job = app.portal.jobs.find(({ name }) => name === 'overview.fold')
  if (job === undefined) throw new Error('the portal has no job overview.fold')
  await job.work()
}

async function stored(): Promise<number> {
  return numberFrom('select count(*)::int as number from overview.holding')
}

async function numberFrom(query: string): Promise<number> {
  const { rows } = await superuser.query<{ number: number }>(query)
  return rows[0]?.number ?? NaN
}

/** As if nothing had ever been folded. */
async function loseSnapshot(): Promise<void> {
  await superuser.query('delete from overview.holding')
  await superuser.query('update overview.holding_fold set folded_size = 0')
  expect(await stored()).toBe(0)
}

test('everybody of the demonstration is held by somebody, before anything is folded', async () => {
  expect([...unfolded.keys()].sort()).toEqual(RESIDENTS.map(({ name }) => name).sort())
  for (const [name, lines] of unfolded) expect([name, lines.length]).not.toEqual([name, 0])
  expect([...unfolded.values()].flat().some((line) => !/ - \d+ -$/.test(line))).toBe(true)
  expect(await stored()).toBe(0)
})

test('the log alone tells the same', async () => {
  const { catalogue, admin } = app.installation
  for (const [name, { subjects }] of people) {
    const rows = await admin
      .selectFrom('overview.access_event')
      .select(SHOWN)
      .where('subject', 'in', [...subjects])
      .where('expires_on', '>', today())
      .execute()
    const told = foldHoldings(
      [],
      rows.map((row) => entryOf(row, catalogue)),
    )
    expect([name, linesOf(told)]).toEqual([name, unfolded.get(name)])
  }
})

test('folding changes nothing that anybody sees, once or twice', async () => {
  await fold()
  expect(await stored()).toBeGreaterThan(0)
  expect(await shown()).toEqual(unfolded)
  const once = await stored()
  await fold()
  expect([await stored(), await shown()]).toEqual([once, unfolded])
})

test('a snapshot that is lost is made again from the log', async () => {
  await loseSnapshot()
  expect(await shown()).toEqual(unfolded)
  await fold()
  expect(await stored()).toBeGreaterThan(0)
  expect(await shown()).toEqual(unfolded)
})

test('a snapshot of half the log, with the other half on top, is the same', async () => {
  await loseSnapshot()
  const half = await numberFrom(
    'select percentile_disc(0.5) within group (order by leaf_index)::int as number from overview.access_event',
  )
  const whole = await numberFrom('select size::int as number from ledger.head')
  expect(half).toBeLessThan(whole)
  await pretendSize(half)
  await fold()
  await pretendSize(whole)
  expect(await stored()).toBeGreaterThan(0)
  expect(await shown()).toEqual(unfolded)
  await fold()
  expect(await shown()).toEqual(unfolded)
})

/** Moves the end of the log, which the database itself lets nobody do. */
async function pretendSize(size: number): Promise<void> {
  await superuser.query(`
    alter table ledger.head disable trigger only_grows;
    update ledger.head set size = ${size};
    alter table ledger.head enable always trigger only_grows`)
}
