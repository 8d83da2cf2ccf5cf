import pg from 'pg'
import { faultsOf, type Content } from '../../server/consent/template.js'
import { contentOf, TEMPLATES } from '../../server/demo/consents/templates.js'
import { AGREEMENTS } from '../../server/demo/consents/stories.js'
import type { ResidentActor } from '../../server/identity/index.js'
import { startTestApp, type TestApp } from '../support/app.js'

let app: TestApp
let superuser: pg.Client

beforeAll(async () => {
  app = await startTestApp({ demo: true })
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
}, 300_000)

afterAll(async () => {
  await superuser?.end()
  await app?.close()
})

async function ask<Row extends object>(statement: string): Promise<Row[]> {
  return (await superuser.query<Row>(statement)).rows
}

async function actorOf(person: string): Promise<ResidentActor> {
  const session = await app.portal.identity.signInDemo(person)
  const open = await app.portal.identity.sessions.open(session?.token ?? '', app.clock.now())
  return open?.actor as ResidentActor
}

describe('the wordings', () => {
  const contents = (): readonly Content[] =>
    TEMPLATES.map((template) => contentOf(template, app.installation.catalogue))

  it('are all consents of the catalogue, each once, and nothing stands against one', () => {
    const { catalogue } = app.installation
    expect(contents().map(({ code }) => code)).toEqual(catalogue.consents.map(({ code }) => code))
    expect(contents().flatMap((content) => faultsOf(content, catalogue))).toEqual([])
  })

  it('name every part in German, English and Arabic, and three Arabic ones are unread', () => {
    for (const { wordings, parts } of contents()) {
      expect(Object.keys(wordings)).toEqual(['de', 'en', 'ar'])
      for (const wording of Object.values(wordings)) {
        expect(Object.keys(wording.parts)).toEqual(parts)
      }
      expect(JSON.stringify(wordings['ar'])).not.toMatch(/":"[^"]*[A-Za-z]{2}/)
    }
    const unread = contents().filter(({ wordings }) => wordings['ar']?.reviewed !== true)
    expect(unread).toHaveLength(3)
  })

  it('were published by another person than the one who wrote each', async () => {
    const [row] = await ask<{ published: number; twice: number }>(`
      select count(*) filter (where published_at is not null)::int as published,
        count(*) filter (where published_by = drafted_by)::int as twice from consent.version`)
    expect(row).toEqual({ published: TEMPLATES.length, twice: 0 })
  })
})

describe('what people were asked', () => {
  it('is in every state there is', async () => {
    const states = async (table: string) =>
      (await ask<{ state: string }>(`select distinct state from consent.${table} order by 1`)).map(
        ({ state }) => state,
      )
    expect(await states('ask')).toEqual(['answered', 'called_off', 'lapsed', 'open'])
    expect(await states('consent')).toEqual([
      'expired',
      'given',
      'refused',
      'superseded',
      'withdrawn',
    ])
    const ways = await ask<{ way: string }>(
      `select distinct kind || ' ' || channel as way from consent.entry order by 1`,
    )
    expect(ways.map(({ way }) => way)).toEqual(
      expect.arrayContaining([
        'given paper',
        'given session',
        'withdrawn paper',
        'withdrawn session',
      ]),
    )
  })

  it('shows the Arabic-speaking resident something of every kind, one with a wish', async () => {
    const actor = await actorOf('resident-ar')
    const open = await app.portal.consents.asked(actor)
    expect(open.map(({ content, ask: { wish } }) => [content.code, wish])).toEqual([
      ['c.naturalisation_advice', 'interpreter'],
      ['c.voluntary_entries', undefined],
    ])
    const states = (await app.portal.consents.list(actor)).map(({ consent }) => consent.state)
    expect(new Set(states)).toEqual(
      new Set(['given', 'refused', 'withdrawn', 'expired', 'superseded']),
    )
  })

  it('leaves the twins out, who differ in nothing', () => {
    expect(AGREEMENTS.filter(({ person }) => /withheld|plain/.test(person))).toEqual([])
  })
})

describe('accesses that cite consents', () => {
  it('are flagged where the consent did not hold or was exceeded, and where it held they are not', async () => {
    const rows = await ask<{ code: string; rules: string[]; held: boolean }>(`
      select t.code, coalesce(array_agg(f.rule order by f.rule) filter (where f.rule like 'consent.%'), '{}') as rules,
          e.occurred_at >= c.given_at and e.occurred_at < coalesce(c.ended_at, c.valid_until) as held
        from overview.access_event e join consent.consent c on c.consent = e.consent_id
          join consent.template t using (template)
          left join overview.access_flag f on f.leaf_index = e.leaf_index
        group by t.code, e.leaf_index, e.occurred_at, c.given_at, c.ended_at, c.valid_until
        order by t.code, e.occurred_at`)
    expect(rows.map(({ code, rules, held }) => [code, held, rules.join()])).toEqual([
      ['c.course_contact', true, ''],
      ['c.cv_chamber', true, ''],
      ['c.cv_chamber', false, 'consent.not_valid'],
      ['c.cv_employer', true, 'consent.fields_beyond'],
      ['c.interpreter', true, ''],
      ['c.mentoring', false, 'consent.not_valid'],
      ['c.naturalisation_advice', true, ''],
    ])
  })

  it('are a reason to tell recipients of the withdrawal', async () => {
    const rows = await ask<{ told: string }>(`
      select distinct t.code || ' ' || term.code as told from consent.notice n
        join consent.consent c using (consent) join consent.template t using (template)
        join catalogue.term term on term.id = n.recipient and term.kind in ('office', 'authority')
        order by 1`)
    expect(rows.map(({ told }) => told)).toEqual([
      'c.cv_chamber i.pf.integrationsmanagement',
      'c.cv_chamber kammer',
      'c.mentoring ehrenamt',
      'c.mentoring i.pf.integrationsmanagement',
      'c.private_placement vermittler',
    ])
  })
})
