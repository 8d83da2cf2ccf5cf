import type { Login, RoleName } from '../../server/platform/db/roles.js'
import { answersTo, REFUSED } from '../platform/answers.js'
import { startTestApp, type TestApp } from '../support/app.js'

const SOMEBODY = '00000000-0000-4000-8000-000000000000'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})

afterAll(() => app?.close())

/** Asks directly, past every check of the application, as one role with the settings it is given. */
async function ask(
  [login, role]: readonly [Login, RoleName],
  settings: Readonly<Record<string, string>>,
  statement: string,
): Promise<string | undefined> {
  const client = await app.installation.pools[login].connect()
  try {
    await client.query(`set role ${app.installation.roles[role]}`)
    for (const [name, value] of Object.entries(settings)) {
      await client.query('select set_config($1, $2, false)', [`mirat.${name}`, value])
    }
    return (await answersTo(client, [statement]))[0]
  } finally {
    client.release(true)
  }
}

describe('who is told of a decision', () => {
  const WAYS = [
    ['web', 'web_public'],
    ['web', 'web_resident'],
    ['web', 'web_staff'],
    ['ingest', 'ingest'],
    ['worker', 'worker'],
    ['reporting', 'reporting'],
    ['retention', 'retention'],
  ] as const

  it.each(WAYS)('is computed for no role: %s as %s asks the log in vain', async (login, role) => {
    const asked = `select recipient from overview.recipients_of('${SOMEBODY}', 1::smallint)`
    const settings = { account: SOMEBODY, subjects: SOMEBODY, office: '41' }
    expect(await ask([login, role], settings, asked)).toBe(REFUSED)
  })

  it.each(WAYS)('is made and sent by those who do it alone: %s as %s', async (login, role) => {
    const made = `select rectification.make_notices('${SOMEBODY}', now())`
    const taken = 'select notice from rectification.take_notices(now(), 0, false)'
    const settled = `select rectification.settle_notice('${SOMEBODY}', 'sent', now())`
    const answers = await Promise.all(
      [made, taken, settled].map((statement) => ask([login, role], {}, statement)),
    )
    const may = answers.map((answer) => answer !== REFUSED)
    const isWorker = role === 'worker'
    expect(may).toEqual([isWorker || role === 'web_staff', isWorker, isWorker])
  })

  it('shows staff no notice of a case that they do not see, and nothing that is withheld', async () => {
    const staff = ['web', 'web_staff'] as const
    const settings = { office: '41' }
    expect(await ask(staff, settings, 'select recipient from rectification.notice')).toBe('0 rows')
    for (const statement of [
      'select from rectification.sealed_notice',
      'select subject from rectification.notice',
      `update rectification.notice set tries = 0`,
      'delete from rectification.notice',
    ]) {
      expect(await ask(staff, settings, statement)).toBe(REFUSED)
    }
  })
})
