import { sql } from 'kysely'
import pg from 'pg'
import { residentScope, type AccountId, type SubjectId } from '../../server/identity/index.js'
import type { Login, RoleName } from '../../server/platform/db/roles.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { answersTo, REFUSED } from './answers.js'
import { rowsOf } from './person-rows.js'
import { eventRow } from './rows.js'

/** Two residents whose every table holds a row; B's leaf indices are the even ones. */
const A = {
  account: 'aaaaaaaa-0000-4000-8000-000000000000',
  subject: 'aaaaaaaa-1111-4000-8000-000000000000',
}
const B = {
  account: 'bbbbbbbb-0000-4000-8000-000000000000',
  subject: 'bbbbbbbb-1111-4000-8000-000000000000',
}
const OFFICE = { a: 41, b: 42 }

let app: TestApp
let superuser: pg.Client

beforeAll(async () => {
  app = await startTestApp()
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
  for (const statement of [...rowsOf(A, 1, OFFICE.a), ...rowsOf(B, 2, OFFICE.b)]) {
    await superuser.query(statement)
  }
})

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

/** Asks directly, past every check of the application, as one role with the settings it is given. */
async function ask(
  [login, role]: readonly [Login, RoleName],
  settings: Readonly<Record<string, string>>,
  statement: string,
): Promise<unknown[] | string> {
  const client = await app.installation.pools[login].connect()
  try {
    await client.query(`set role ${app.installation.roles[role]}`)
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [`mirat.${name}`, value])
    }
    const [answer = ''] = await answersTo(client, [statement])
    if (!answer.endsWith(' rows')) return answer
    const { rows } = await client.query<Record<string, unknown>>(statement)
    return rows.flatMap((row) => Object.values(row))
  } finally {
    client.release(true)
  }
}

const RESIDENT = ['web', 'web_resident'] as const
const settingsOf = ({ account, subject }: typeof A) => ({ account, subjects: subject })
/** What a resident may read, and the column that says whose row it is. */
const OWN = [
  ['overview.access_event', 'subject', 'subject'],
  ['overview.access_flag', 'subject', 'subject'],
  ['overview.holding', 'subject', 'subject'],
  ['rectification.notice', 'subject', 'subject'],
  ['notices.message', 'account', 'account'],
  ['notices.channel', 'account', 'account'],
  ['notices.mail', 'account', 'account'],
  ['inquiries.inquiry', 'subject', 'subject'],
  ['blocks.block', 'subject', 'subject'],
  ['appointments.appointment', 'subject', 'subject'],
  ['emergencies.declaration', 'subject', 'subject'],
  ['identity.account', 'account', 'account'],
  ['identity.account_subject', 'account', 'account'],
] as const

describe('a resident past every check of the application', () => {
  it.each(OWN)('finds in %s the own rows and no other', async (table, column, key) => {
    const all = `select ${column} from ${table}`
    expect(await ask(RESIDENT, settingsOf(A), all)).toEqual([A[key]])
    expect(await ask(RESIDENT, settingsOf(B), all)).toEqual([B[key]])
    const wanted = `${all} where ${column} = '${B[key]}'`
    expect(await ask(RESIDENT, settingsOf(A), wanted)).toEqual([])
  })

  it.each(OWN)('finds in %s nothing at all without a setting', async (table, column) => {
    const all = `select ${column} from ${table}`
    for (const settings of [{}, { account: '', subjects: '' }]) {
      expect(await ask(RESIDENT, settings, all)).toEqual([])
    }
  })

  it('finds the rows of all subjects of an account that has several', async () => {
    const settings = { account: A.account, subjects: `${A.subject},${B.subject}` }
    const found = await ask(
      RESIDENT,
      settings,
      'select subject from overview.access_event order by 1',
    )
    expect(found).toEqual([A.subject, B.subject])
  })

  it.each([
    'overview.sealed_event',
    'overview.sealed_flag',
    'overview.operator_ref',
    'reporting.access',
    'identity.staff',
    'identity.guess',
    'identity.used_challenge',
    'ingestion.stream',
    'ingestion.batch',
    'ledger.chain',
    'ledger.fingerprint',
    'rectification.sealed_notice',
    'rectification.endpoint',
    'consent.sealed_notice',
  ])('is refused %s', async (table) => {
    expect(await ask(RESIDENT, settingsOf(A), `select from ${table}`)).toBe(REFUSED)
  })

  it.each(['stream', 'stream_seq', '*'])('is refused the column %s of an entry', async (column) => {
    const statement = `select ${column} from overview.access_event`
    expect(await ask(RESIDENT, settingsOf(A), statement)).toBe(REFUSED)
  })

  it.each([
    ['code_hash', 'channel'],
    ['content', 'mail'],
  ])('is refused the column %s of notices.%s', async (column, table) => {
    expect(await ask(RESIDENT, settingsOf(A), `select ${column} from notices.${table}`)).toBe(
      REFUSED,
    )
  })

  it('marks own messages as read, and nobody else’s', async () => {
    const read = 'update notices.message set read_at = now() returning account'
    expect(await ask(RESIDENT, settingsOf(A), read)).toEqual([A.account])
    expect(await ask(RESIDENT, {}, read)).toEqual([])
  })

  it('writes nothing', async () => {
    const statements = [
      eventRow({ subject: A.subject, index: 9 }),
      `insert into overview.holding select * from overview.holding`,
      `update identity.account set language = 'en'`,
      `delete from overview.access_flag`,
      `update notices.message set code = 'eid_added'`,
      `update notices.channel set failing_since = null`,
      `delete from notices.mail`,
    ]
    for (const statement of statements) {
      expect(await ask(RESIDENT, settingsOf(A), statement)).toBe(REFUSED)
    }
  })
})

describe('a connection of the pool', () => {
  it('forgets whose request it was with its transaction', async () => {
    const { pools, roles } = app.installation
    const scope = residentScope({
      role: 'resident',
      account: A.account as AccountId,
      subjects: [A.subject as SubjectId],
      assurance: 'counter',
    })
    const within = await app.portal.inTransaction(scope, async (trx) =>
      whoseOf((text) => sql.raw(text).execute(trx)),
    )
    expect(within).toEqual([{ role: roles.web_resident, subjects: A.subject }])
    const clients = await Promise.all(Array.from({ length: 8 }, () => pools.web.connect()))
    try {
      const { web } = roles
      for (const client of clients) {
        expect(await whoseOf((text) => client.query(text))).toEqual([{ role: web, subjects: '' }])
      }
    } finally {
      for (const client of clients) client.release()
    }
  })
})

/** As whom the database takes a connection, and whose rows it would show. */
async function whoseOf(run: (text: string) => Promise<{ rows: unknown[] }>): Promise<unknown[]> {
  const { rows } = await run(
    `select current_user::text as role, coalesce(current_setting('mirat.subjects', true), '') as subjects`,
  )
  return rows
}

describe('nobody signed in', () => {
  it('reads no row of a person', async () => {
    const tables = [...OWN.map(([table]) => table), 'overview.sealed_event', 'identity.session']
    for (const table of tables) {
      const found = await ask(['web', 'web_public'], settingsOf(A), `select from ${table}`)
      expect(found).toBe(REFUSED)
    }
  })
})

describe('reporting', () => {
  const REPORTING = ['reporting', 'reporting'] as const
  const reported = 'select leaf_index::int from reporting.access order by 1'

  it('shows the accesses of the own office, sealed ones never', async () => {
    expect(await ask(REPORTING, { office: String(OFFICE.a) }, reported)).toEqual([1])
    expect(await ask(REPORTING, { office: String(OFFICE.b) }, reported)).toEqual([2])
  })

  it('shows nothing without an office', async () => {
    expect(await ask(REPORTING, {}, reported)).toEqual([])
    expect(await ask(REPORTING, { office: '' }, reported)).toEqual([])
  })

  it('says of the own accesses alone whether they break a rule', async () => {
    const flagged = 'select flagged from reporting.access'
    expect(await ask(REPORTING, { office: String(OFFICE.a) }, flagged)).toEqual([true])
  })

  it('lets no condition of the asker see a row before the office is checked', async () => {
    const spying = `select leaf_index::int from reporting.access where 1 / (leaf_index - 2) is not null`
    expect(await ask(REPORTING, { office: String(OFFICE.a) }, spying)).toEqual([1])
  })

  it.each([
    'overview.access_event',
    'overview.sealed_event',
    'overview.holding',
    'identity.account',
  ])('is refused %s itself', async (table) => {
    expect(await ask(REPORTING, { office: '41' }, `select from ${table}`)).toBe(REFUSED)
  })
})

describe('the machines', () => {
  it.each([
    ['ingest', 'overview.access_event'],
    ['ingest', 'overview.sealed_event'],
    ['ingest', 'overview.operator_ref'],
    ['ingest', 'identity.account_subject'],
    ['worker', 'overview.sealed_event'],
    ['worker', 'overview.sealed_flag'],
    ['worker', 'overview.operator_ref'],
    ['worker', 'identity.account'],
    ['worker', 'ingestion.batch'],
    ['retention', 'identity.account'],
    ['worker', 'rectification.notice'],
    ['worker', 'rectification.sealed_notice'],
    ['worker', 'rectification.endpoint'],
    ['worker', 'consent.notice'],
    ['worker', 'consent.sealed_notice'],
    ['ingest', 'consent.consent'],
    ['ingest', 'consent.sealed_notice'],
    ['reporting', 'consent.consent'],
    ['worker', 'rectification.request'],
    ['worker', 'notices.message'],
    ['worker', 'notices.channel'],
    ['worker', 'notices.mail'],
    ['retention', 'notices.message'],
    ['ingest', 'rectification.sealed_notice'],
    ['worker', 'inquiries.inquiry'],
    ['ingest', 'inquiries.inquiry'],
    ['reporting', 'inquiries.inquiry'],
    ['worker', 'inquiries.inquiry_event'],
    ['worker', 'blocks.block'],
    ['ingest', 'blocks.block'],
    ['reporting', 'blocks.block'],
    ['worker', 'blocks.unheard_transfer'],
    ['ingest', 'blocks.block_event'],
    ['worker', 'appointments.appointment'],
    ['ingest', 'appointments.appointment'],
    ['reporting', 'appointments.appointment'],
    ['watch', 'appointments.appointment'],
    ['worker', 'emergencies.declaration'],
    ['ingest', 'emergencies.declaration'],
    ['reporting', 'emergencies.declaration'],
    ['watch', 'emergencies.declaration'],
    ['worker', 'emergencies.sealed_declaration'],
    ['ingest', 'emergencies.sealed_declaration'],
    ['reporting', 'emergencies.sealed_declaration'],
    ['watch', 'emergencies.sealed_declaration'],
  ] as const)('%s is refused %s', async (login, table) => {
    expect(await ask([login, login], {}, `select from ${table}`)).toBe(REFUSED)
  })

  it('open a delivered event to the stream that delivered it alone', async () => {
    await superuser.query(
      `${eventRow({ subject: A.subject, index: 50 }).replace('salt)', 'salt, stream, stream_seq)').replace(/\)$/, ', 7, 3)')}`,
    )
    const opened = (stream: number) =>
      ask(
        ['ingest', 'ingest'],
        {},
        `select case_ref from overview.delivered_event(${stream}, 3, 50)`,
      )
    expect(await opened(7)).toHaveLength(1)
    expect(await opened(8)).toHaveLength(0)
  })
})
