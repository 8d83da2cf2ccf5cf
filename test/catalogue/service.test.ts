import { sql } from 'kysely'
import {
  readCatalogue,
  type Catalogue,
  type CatalogueSource,
} from '../../server/catalogue/index.js'
import { emptyCatalogue, ROLES, type EmptyCatalogue } from './database.js'
import { SOURCE } from './files.js'
import { changed, codesOf, load, NOON } from './loading.js'

let empty: EmptyCatalogue

beforeAll(async () => {
  empty = await emptyCatalogue()
})
afterAll(() => empty.drop())

describe('a first load', () => {
  let catalogue: Catalogue

  beforeAll(async () => {
    await empty.clear()
    catalogue = await load(empty.db)
  })

  it('stores every code of every kind under the first version', async () => {
    const rows = await empty.rows()
    const counts = new Map<string, number>()
    for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toEqual({
      authority: 53,
      office: 64,
      field: 147,
      purpose: 66,
      legal_basis: 188,
      flow: 573,
      rule: 99,
      consent: 17,
      unit: 15,
    })
    expect(catalogue.version).toBe(1)
    expect(rows.every(({ since, retired_in }) => since === 1 && retired_in === null)).toBe(true)
  })

  it('gives terms that are found by code and by number', () => {
    const field = catalogue.fields.byCode('azr.number')
    expect(field).toMatchObject({
      register: 'azr',
      retentionRule: 'ret.azr.general',
      order: field?.id,
    })
    expect(catalogue.fields.byId(field?.id ?? 0)).toBe(field)
    expect(catalogue.fields.byCode('azr.none')).toBeUndefined()
    expect(catalogue.fields.byId(0)).toBeUndefined()
  })

  it('numbers authorities and offices so that one number names one party', () => {
    const { parties } = catalogue
    expect(parties.all).toHaveLength(53 + 64)
    expect(new Set(parties.all.map(({ id }) => id)).size).toBe(53 + 64)
    expect(parties.byCode('i.pf.abh')).toMatchObject({
      ...{ kind: 'office', authority: 'abh', level: 'municipal', core: true },
      ...{ municipality: 'Pforzheim', demo: true, hasOffices: false },
    })
    expect(parties.byCode('abh')).toMatchObject({
      kind: 'authority',
      hasOffices: true,
      demo: false,
    })
    expect(parties.byCode('arbeitgeber')).toMatchObject({ hasOffices: false, level: 'non-state' })
  })

  it('finds the flows of a key, all of them and no others', () => {
    const { flows } = catalogue
    for (const key of flows) {
      const same = flows.filter(
        (flow) =>
          flow.source === key.source &&
          flow.recipient === key.recipient &&
          flow.operation === key.operation &&
          flow.purpose === key.purpose &&
          flow.legalBasis === key.legalBasis,
      )
      expect(catalogue.flowsOf(key)).toEqual(same)
    }
    expect(catalogue.flowsOf({ ...flows[0]!, purpose: 'none' })).toEqual([])
  })

  it('lets an office of every kind look into the log of the portal', () => {
    const { parties } = catalogue
    const kinds = new Set(
      parties.all.filter(({ kind }) => kind === 'office').map((one) => one.authority),
    )
    for (const recipient of kinds) {
      const key = { source: 'portal', recipient, operation: 'query' } as const
      const control = { purpose: 'portal_data_protection', legalBasis: 'gdpr_39_1_b' }
      const casework = { purpose: 'portal_casework', legalBasis: 'gdpr_16' }
      expect(catalogue.flowsOf({ ...key, ...control }).map(({ fields }) => fields)).toEqual([
        ['portal.access_log', 'portal.flags', 'portal.inquiry', 'portal.block'],
      ])
      expect(catalogue.flowsOf({ ...key, ...casework }).map(({ fields }) => fields)).toEqual([
        ['portal.access_log', 'portal.request', 'portal.block'],
      ])
      const asking = { purpose: 'portal_consent', legalBasis: 'gdpr_7_1' }
      expect(catalogue.flowsOf({ ...key, ...asking }).map(({ fields }) => fields)).toEqual([
        ['portal.consent'],
      ])
    }
  })

  it('cites each class and each delay by its rule', () => {
    const { classes, delays } = catalogue
    expect(classes.map(({ code, period, citation }) => [code, period, citation])).toEqual([
      ['azr', 'P6M', 'AZRG-DV § 16 Abs. 2'],
      ['idnr', 'P2Y', 'IDNrG § 9 Abs. 3; AZRG § 34 Abs. 6 Satz 7'],
      ['melderegister', 'P12M', 'BMG § 40 Abs. 5'],
      ['social', 'P6M', 'SGB X § 79 Abs. 4'],
      ['course', 'P6M', 'IntV § 8 Abs. 5'],
      ['other', undefined, 'DSGVO Art. 5 Abs. 1 Buchst. e'],
      ['portal', 'P1Y', 'DSGVO Art. 5 Abs. 1 Buchst. e; BMG § 40 Abs. 5 (entsprechend)'],
    ])
    expect(delays).toMatchObject([{ rule: 'dis.delay', period: 'P14D', purposes: ['custody'] }])
    expect(delays[0]?.citation).toContain('AZRG § 34 Abs. 2')
  })

  it('speaks every shipped language, and throws rather than show a code', () => {
    expect(catalogue.texts('de').legalBasis('gdpr_15').title).toBe('Auskunftsrecht')
    expect(catalogue.texts('en').legalBasis('gdpr_15').title).toBe('Right of access')
    expect(catalogue.texts('ar').party('i.pf.abh').name).toContain('مكتب الأجانب')
    expect(catalogue.texts('ar').party('i.pf.abh').description).toBe(
      catalogue.texts('ar').party('abh').description,
    )
    expect(catalogue.texts('en').rule('dis.delay').text).toContain('14 days')
    expect(() => catalogue.texts('en').field('azr.none')).toThrow('no label for the field azr.none')
    expect(() => catalogue.texts('tlh')).toThrow('no texts in tlh')
  })
})

describe('the same content again', () => {
  it('changes no row and gives the same numbers', async () => {
    const first = await load(empty.db)
    const before = await empty.rows()
    const second = await load(empty.db)
    expect(await empty.rows()).toEqual(before)
    expect(codesOf(second)).toEqual(codesOf(first))
    expect(second.version).toBe(1)
    const versions = await empty.db.selectFrom('catalogue.version').selectAll().execute()
    expect(versions).toMatchObject([{ version: 1, loaded_at: NOON }])
  })
})

describe('a process that may only read', () => {
  const reading = (role: keyof typeof ROLES, source: CatalogueSource = SOURCE) =>
    empty.db.transaction().execute(async (trx) => {
      await sql`set local role ${sql.id(ROLES[role])}`.execute(trx)
      return readCatalogue(trx, source)
    })

  it.each(['web_public', 'web_resident', 'web_staff', 'ingest', 'worker', 'reporting'] as const)(
    'reads as %s what was loaded',
    async (role) => {
      const loaded = await load(empty.db)
      const read = await reading(role)
      expect(codesOf(read)).toEqual(codesOf(loaded))
      expect(read.version).toBe(loaded.version)
    },
  )

  it('refuses a content that was never loaded', async () => {
    await empty.clear()
    await expect(reading('worker')).rejects.toThrow('load the reference data first')
    await load(empty.db)
    const copy = changed()
    await expect(reading('worker', copy)).rejects.toThrow('load the reference data first')
    copy.remove()
  })

  it('cannot write a term', async () => {
    await load(empty.db)
    for (const role of [
      'web_public',
      'web_resident',
      'web_staff',
      'ingest',
      'worker',
      'reporting',
    ] as const) {
      for (const verb of [
        sql`update catalogue.term set code = 'x'`,
        sql`delete from catalogue.term`,
        sql`insert into catalogue.version (sha256, loaded_at) values ('x', now())`,
        sql`truncate catalogue.term`,
      ]) {
        const attempt = empty.db.transaction().execute(async (trx) => {
          await sql`set local role ${sql.id(ROLES[role])}`.execute(trx)
          await verb.execute(trx)
        })
        await expect(attempt).rejects.toThrow(/permission denied/)
      }
    }
  })
})
