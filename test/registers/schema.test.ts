import pg from 'pg'
import { freshDatabase, type FreshDatabase } from '../support/database.js'

/** Types that hold no value of a register: counts, codes, days, ids. */
const PLAIN = [
  'bool',
  'int2',
  'int4',
  'int8',
  '_int2',
  '_int4',
  '_int8',
  'uuid',
  'date',
  'timestamptz',
]

/** What is left, and why none of it is a value. A new line here is a decision, not a repair. */
const NAMED: Readonly<Record<string, string>> = {
  'overview.access_event.case_ref': 'the file number of the office',
  'overview.access_event.operator_digest': 'a digest',
  'overview.access_event.salt': '32 random bytes',
  'overview.access_event.sealed_salt': '32 random bytes',
  'overview.access_event.seq_digest': 'a digest',
  'overview.access_flag.rule': 'the code of a rule',
  'overview.operator_ref.ref': 'who acted at the office, encrypted',
  'overview.review.finding': 'one of two words, by a constraint',
  'overview.review.reason': 'one of eight codes, by a constraint',
  'overview.review_decision.by': 'one of two words, by a constraint',
  'overview.review_decision.decision': 'one of two words, by a constraint',
  'overview.sealed_event.case_ref': 'the file number of the office',
  'overview.sealed_event.operator_digest': 'a digest',
  'overview.sealed_event.salt': '32 random bytes',
  'overview.sealed_event.seq_digest': 'a digest',
  'overview.sealed_flag.rule': 'the code of a rule',
  'registers.connector.url': 'an address of an office',
}

let database: FreshDatabase
let superuser: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  superuser = new pg.Client({ connectionString: database.url })
  await superuser.connect()
})

afterAll(async () => {
  await superuser?.end()
  await database?.drop()
})

it('no column of the registers or of the access log could hold what a register says', async () => {
  const { rows } = await superuser.query<{ name: string }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
      where n.nspname in ('registers', 'overview') and c.relkind in ('r', 'p')
        and not c.relispartition and a.attnum > 0 and not a.attisdropped
        and t.typname <> all ($1)
      order by 1`,
    [PLAIN],
  )
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(NAMED).sort())
})
