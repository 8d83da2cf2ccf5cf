import { sql } from 'kysely'
import type { CodeOrder } from '../../server/identity/issuing.js'
import { residentScope, type AccountId } from '../../server/identity/index.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor, type Page } from '../support/visitor.js'

let app: TestApp
let office: number

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  office = app.installation.catalogue.parties.byCode('i.pf.abh')?.id ?? 0
})

afterAll(() => app?.close())

let person = 0
const ORDER = { recovery: false, language: 'de' } as const

/** A code for somebody who has none yet. */
async function code(way: CodeOrder['way'] = { kind: 'handed' }): Promise<string> {
  person += 1
  const value = String(200_000_000_000 + person)
  const order = { ...ORDER, way, number: { scheme: 'azr', value } } as const
  const issued = await app.portal.issuing.issue({ office }, order)
  if (issued.kind !== 'issued') throw new Error(issued.kind)
  return issued.code
}

async function send(typed: string, year = ''): Promise<Page> {
  const browser = visitor(app)
  const { body } = await browser.get('/de/activate')
  return browser.post('/de/activate', { code: typed, year, csrf: csrfIn(body) })
}

const forgetGuesses = () => sql`delete from identity.guess`.execute(app.installation.admin)
/** What differs between any two pages: the token of the form. */
const settled = ({ status, body }: Page) => [status, body.replace(/name="csrf" value="[^"]+"/g, '')]

beforeEach(forgetGuesses)

describe('a code', () => {
  it('opens once', async () => {
    const once = await code()
    const first = await send(once)
    expect([first.status, first.headers.get('location')]).toEqual([303, '/de/me/devices/new'])
    expect((await send(once)).status).toBe(400)
  })

  it('that came by post needs the year of birth, and forgives five wrong ones', async () => {
    const posted = await code({ kind: 'posted', birthYear: 1990 })
    for (let wrong = 0; wrong < 4; wrong++) {
      expect((await send(posted, String(1950 + wrong))).status).toBe(400)
    }
    expect((await send(posted, '1990')).status).toBe(303)
    const spent = await code({ kind: 'posted', birthYear: 1990 })
    for (let wrong = 0; wrong < 5; wrong++) await send(spent, '')
    expect((await send(spent, '1990')).status).toBe(400)
  })

  it('counts for 21 days', async () => {
    const old = await code()
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + 21 * 86_400_000))
    expect((await send(old)).status).toBe(400)
    app.clock.moveTo(start)
  })

  it('that is unknown, used, late or lacks its year is refused in the same bytes', async () => {
    const used = await code()
    await send(used)
    const answers = [
      await send('0000-0000-0000-0000'),
      await send('not a code'),
      await send(used),
      await send(await code({ kind: 'posted', birthYear: 1990 }), '1991'),
    ].map(settled)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.[0]).toBe(400)
  })

  it('is answered as late as every other, so that time does not tell whether it exists', async () => {
    const known = await code({ kind: 'posted', birthYear: 1990 })
    for (const typed of ['0000-0000-0000-0000', 'not a code', known]) {
      const browser = visitor(app)
      const { body } = await browser.get('/de/activate')
      const began = performance.now()
      const fields = { code: typed, year: '1991', csrf: csrfIn(body) }
      expect((await browser.post('/de/activate', fields)).status).toBe(400)
      expect(performance.now() - began).toBeGreaterThanOrEqual(400)
    }
  })

  it('takes the place of older ones', async () => {
    const value = '200999999999'
    const order = { ...ORDER, way: { kind: 'handed' }, number: { scheme: 'azr', value } } as const
    const [first, second] = [
      await app.portal.issuing.issue({ office }, order),
      await app.portal.issuing.issue({ office }, order),
    ]
    if (first.kind !== 'issued' || second.kind !== 'issued') throw new Error('not issued')
    expect((await send(first.code)).status).toBe(400)
    expect((await send(second.code)).status).toBe(303)
  })

  it('stands nowhere in the database', async () => {
    const secret = await code({ kind: 'posted', birthYear: 1987 })
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(c)::text as row from identity.activation_code c`.execute(
      app.installation.admin,
    )
    const bytes = Buffer.from(secret).toString('hex')
    for (const { row } of rows) {
      expect(row).not.toContain(secret)
      expect(row).not.toContain(bytes)
      expect(row).not.toContain('1987')
    }
  })
})

describe('row-level security alone', () => {
  it.each(['session', 'activation_code'] as const)(
    'shows a resident no %s of anybody else',
    async (table) => {
      await send(await code())
      await send(await code())
      const { admin } = app.installation
      const owners = await sql<{ account: AccountId }>`
        select distinct account from ${sql.table(`identity.${table}`)} where account is not null`.execute(
        admin,
      )
      expect(owners.rows.length).toBeGreaterThan(1)
      for (const { account } of owners.rows.slice(0, 3)) {
        const actor = { role: 'resident', account, subjects: [], assurance: 'counter' } as const
        const seen = await app.portal.inTransaction(residentScope(actor), async (trx) => {
          const all = sql<{
            account: string
          }>`select account from ${sql.table(`identity.${table}`)}`
          return (await all.execute(trx)).rows
        })
        expect(new Set(seen.map((row) => row.account))).toEqual(new Set([account]))
      }
    },
  )
})

describe('guessing', () => {
  it('ends after thirty wrong codes from one network, for right ones as well, and is over in an hour', async () => {
    const { redeem } = app.portal.codes
    const guess = (client: string, typed = '0'.repeat(16)) =>
      redeem({ code: typed, birthYear: undefined, shared: false, client })
    const right = await code()
    const sent = await Promise.allSettled(Array.from({ length: 40 }, () => guess('192.0.2.7')))
    // Sent at once: each must find the count as the one before has left it.
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(30)
    await expect(guess('192.0.2.7')).rejects.toMatchObject({ code: 'RATE_LIMIT' })
    await expect(guess('192.0.2.7', right)).rejects.toMatchObject({ code: 'RATE_LIMIT' })
    expect(await guess('192.0.2.8')).toBeUndefined()
    const start = app.clock.now()
    app.clock.moveTo(new Date(start.getTime() + 61 * 60_000))
    expect(await guess('192.0.2.7', right)).toBeDefined()
    app.clock.moveTo(start)
  })
})

describe('issuing', () => {
  it('sends one letter in 24 hours, and refuses a number that cannot be one', async () => {
    const value = '200888888888'
    const way = { kind: 'posted', birthYear: 1990 } as const
    const order = { ...ORDER, way, number: { scheme: 'azr', value } } as const
    expect((await app.portal.issuing.issue({ office }, order)).kind).toBe('issued')
    expect((await app.portal.issuing.issue({ office }, order)).kind).toBe('letter')
    const wrong = { ...order, number: { scheme: 'azr', value: '12' } } as const
    expect((await app.portal.issuing.issue({ office }, wrong)).kind).toBe('number')
  })

  it('stops a clerk who issues forty codes a day', async () => {
    const { rows } = await sql<{ staff: string }>`
      select staff from identity.staff where role = 'caseworker' limit 1`.execute(
      app.installation.admin,
    )
    const staff = rows[0]?.staff as never
    const issue = (at: number) =>
      app.portal.issuing.issue(
        { office, staff },
        {
          ...ORDER,
          way: { kind: 'handed' },
          number: { scheme: 'azr', value: String(300_000_000_000 + at) },
        },
      )
    for (let at = 0; at < 40; at++) expect((await issue(at)).kind).toBe('issued')
    expect((await issue(40)).kind).toBe('clerk')
  })

  it('shows a sheet to whoever issued it, until it is printed, and to nobody else', async () => {
    const { rows } = await sql<{ staff: string }>`
      select staff from identity.staff where role in ('caseworker', 'dpo') order by role limit 2`.execute(
      app.installation.admin,
    )
    const [one, other] = rows.map(({ staff }) => ({ office, staff: staff as never }))
    if (!one || !other) throw new Error('the demonstration lacks staff')
    app.clock.moveTo(new Date(app.clock.now().getTime() + 25 * 3_600_000))
    const order = {
      ...ORDER,
      way: { kind: 'handed' },
      number: { scheme: 'azr', value: '200777777777' },
    } as const
    const issued = await app.portal.issuing.issue(one, order)
    if (issued.kind !== 'issued') throw new Error(issued.kind)
    const { sheet, printed } = app.portal.issuing
    expect((await sheet(one, issued.sheet))?.code).toBe(issued.code)
    expect(await sheet(other, issued.sheet)).toBeUndefined()
    await printed(other, issued.sheet)
    expect(await sheet(one, issued.sheet)).toBeDefined()
    await printed(one, issued.sheet)
    expect(await sheet(one, issued.sheet)).toBeUndefined()
  })
})
