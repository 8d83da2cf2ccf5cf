import { sql } from 'kysely'
import { emptyCatalogue, type EmptyCatalogue } from './database.js'
import { copiedSource, entryIn, SOURCE, type CopiedSource, type Raw } from './files.js'
import { changed, codesOf, load } from './loading.js'

let empty: EmptyCatalogue

beforeAll(async () => {
  empty = await emptyCatalogue()
})
afterAll(() => empty.drop())

let copies: CopiedSource[] = []
const kept = (copy: CopiedSource) => {
  copies.push(copy)
  return copy
}

beforeEach(() => empty.clear())
afterEach(() => {
  for (const copy of copies) copy.remove()
  copies = []
})

describe('a changed content', () => {
  it('adds, retires and keeps codes without moving a number', async () => {
    const first = await load(empty.db)
    const second = await load(empty.db, kept(changed()))
    expect(second.version).toBe(2)
    const [parties, fields, purposes, bases, rules, units] = codesOf(first)
    const { 'i.lr.jobcenter': office, ...otherParties } = parties ?? {}
    const { it_operations: unit, ...otherUnits } = units ?? {}
    expect(codesOf(second)).toEqual([
      ...[otherParties, fields, purposes, bases, rules],
      { ...otherUnits, archive: 16 },
    ])
    const gone = (await empty.rows()).filter(({ retired_in }) => retired_in !== null)
    expect(gone).toMatchObject([
      { kind: 'office', id: office, retired_in: 2 },
      { kind: 'unit', id: unit, retired_in: 2 },
    ])
  })

  it('still resolves retired codes by number, with their texts, and no longer by code', async () => {
    const first = await load(empty.db)
    const office = first.parties.byCode('i.lr.jobcenter')
    const unit = first.units.byCode('it_operations')
    const second = await load(empty.db, kept(changed()))
    expect(second.parties.byId(office?.id ?? 0)).toEqual(office)
    expect(second.units.byId(unit?.id ?? 0)).toEqual(unit)
    expect(second.parties.byCode('i.lr.jobcenter')).toBeUndefined()
    expect(second.units.all).not.toContainEqual(unit)
    for (const tag of ['de', 'en', 'ar']) {
      expect(second.texts(tag).unit('it_operations')).toEqual(
        first.texts(tag).unit('it_operations'),
      )
      expect(second.texts(tag).party('i.lr.jobcenter')).toEqual(
        first.texts(tag).party('i.lr.jobcenter'),
      )
    }
    for (const { names } of [first, second]) {
      expect(names('fa').unit('it_operations').label).toBe('امور فنی')
      expect(names('fa').party('i.lr.jobcenter').name).toBe('جاب‌سنتر منطقه رویتلینگن')
    }
    expect(() => second.texts('fa')).toThrow('the catalogue has no texts in fa')
  })

  it('has the German name of a retired code in a language of papers that came later', async () => {
    await load(empty.db, { ...SOURCE, paperLanguages: [] })
    const second = await load(empty.db, kept(changed()))
    expect(second.names('fa').unit('it_operations').label).toBe('Technischer Betrieb')
    expect(second.names('fa').unit('records').label).toBe('نگهداری پرونده‌ها')
  })

  it('touches no row but those that differ', async () => {
    await load(empty.db)
    const before = new Map((await empty.rows()).map((row) => [`${row.kind} ${row.code}`, row]))
    await load(empty.db, kept(changed()))
    const touched = (await empty.rows())
      .map((row) => ({ key: `${row.kind} ${row.code}`, row }))
      .filter(({ key, row }) => before.get(key)?.written_by !== row.written_by)
    expect(touched.map(({ key }) => key).sort()).toEqual([
      ...['office i.lr.jobcenter', 'unit archive', 'unit it_operations', 'unit records'],
    ])
  })

  it('gives way to the old one again, whose codes come back under their numbers', async () => {
    const first = await load(empty.db)
    await load(empty.db, kept(changed()))
    const again = await load(empty.db)
    expect(again.version).toBe(1)
    expect(codesOf(again)).toEqual(codesOf(first))
    expect(again.units.byId(16)?.code).toBe('archive')
    expect(again.units.byCode('archive')).toBeUndefined()
    expect(again.texts('de').unit('records').label).toBe('Aktenführung')
  })

  it('resolves an office whose kind of authority was dropped as well', async () => {
    const { parties } = await load(empty.db)
    const id = parties.byCode('i.de.destatis')?.id ?? 0
    const copy = kept(copiedSource())
    const isGone = (flow: Raw) =>
      flow.sourceAuthority === 'destatis' || flow.recipientAuthority === 'destatis'
    copy.edit('data/flows', (all) => all.filter((flow) => !isGone(flow)))
    copy.edit<Record<string, Raw[]>>('data/portal', ({ flows = [] }) => {
      for (const flow of flows) {
        flow.recipientAuthorities = (flow.recipientAuthorities as string[]).filter(
          (one) => one !== 'destatis',
        )
      }
    })
    copy.edit('data/instances', (all) => all.filter(({ code }) => code !== 'i.de.destatis'))
    copy.edit('data/authorities', (all) => all.filter(({ code }) => code !== 'destatis'))
    const later = await load(empty.db, copy)
    expect(later.parties.byId(id)).toMatchObject({ code: 'i.de.destatis', level: 'federal' })
    expect(later.texts('ar').party('i.de.destatis').description).not.toBe('')
  })
})

describe('what cannot be loaded', () => {
  it('leaves the database as it was, and says every fault', async () => {
    const copy = kept(copiedSource())
    copy.edit('data/units', (all) => {
      entryIn(all, 'records').labelEn = ''
      entryIn(all, 'benefits').labelDe = ''
    })
    await expect(load(empty.db, copy)).rejects.toThrow(
      /unit benefits: labelDe is missing[^]*unit records: labelEn is missing|records[^]*benefits/,
    )
    expect(await empty.rows()).toEqual([])
  })

  it('is a language that lacks the text of a retired code', async () => {
    await load(empty.db, { ...SOURCE, languages: ['de', 'en'] })
    await expect(load(empty.db, kept(changed()))).rejects.toThrow(
      'ar: unit label is missing: it_operations',
    )
    expect((await empty.rows()).every(({ retired_in }) => retired_in === null)).toBe(true)
  })

  it('is a retired code in the shape of another version', async () => {
    await load(empty.db)
    await sql`update catalogue.term set definition = definition - 'source' where code = 'it_operations'`.execute(
      empty.db,
    )
    await expect(load(empty.db, kept(changed()))).rejects.toThrow(
      'the stored unit it_operations is in a shape of another version',
    )
  })

  it('is a field beyond what an entry can name', async () => {
    await load(empty.db)
    await sql`update catalogue.term set id = 32767 where code = 'portal.flags'`.execute(empty.db)
    const copy = kept(copiedSource())
    copy.edit('data/fields', (all) => [...all, { ...entryIn(all, 'azr.number'), code: 'azr.new' }])
    for (const file of ['ar/fields', 'fa/fields']) {
      copy.edit<Raw>(file, (all) => {
        all['azr.new'] = all['azr.number']
      })
    }
    await expect(load(empty.db, copy)).rejects.toThrow(
      'field azr.new: no number up to 32767 is left',
    )
  })
})

describe('loads at the same time', () => {
  it('of one content agree on every number', async () => {
    const pools = [empty.db, empty.another(), empty.another(), empty.another()]
    const [first, ...others] = await Promise.all(pools.map((db) => load(db)))
    for (const other of others) expect(codesOf(other)).toEqual(codesOf(first!))
    expect(await empty.db.selectFrom('catalogue.version').select('version').execute()).toHaveLength(
      1,
    )
  })

  it('of two contents give no code two numbers and no number two codes', async () => {
    const copy = kept(changed())
    const pools = [empty.db, empty.another(), empty.another(), empty.another()]
    await Promise.all(pools.map((db, place) => load(db, place % 2 === 0 ? SOURCE : copy)))
    const last = await load(empty.another())
    const rows = await empty.rows()
    expect(new Set(rows.map(({ kind, code }) => `${kind} ${code}`)).size).toBe(rows.length)
    expect(rows.filter(({ retired_in }) => retired_in !== null).map(({ code }) => code)).toEqual([
      'archive',
    ])
    expect(last.units.all).toHaveLength(15)
  })
})
