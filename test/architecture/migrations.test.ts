import { misnamed, sqlFaults, unlisted } from './support/migrations.js'
import { house, treeOf } from './support/tree.js'

describe('the migrations', () => {
  it('are named by number, room and matter', () => {
    expect(misnamed(house)).toEqual([])
  })

  it('are listed in order, all of them and nothing else', () => {
    expect(unlisted(house)).toEqual([])
  })

  it('are written in the SQL of the house', () => {
    expect(sqlFaults(house)).toEqual([])
  })
})

describe('a planted migration', () => {
  const file = (text: string) => treeOf({ 'migrations/0001_overview_x.ts': `sql\`${text}\`` })

  it.each([
    'migrations/1_overview.ts',
    'migrations/0001_cellar_x.ts',
    'migrations/0001_overview.ts',
  ])('is refused under the name %s', (path) => {
    expect(misnamed(treeOf({ [path]: '' }))).toHaveLength(1)
  })

  it('leaves no gap and has no twin', () => {
    const tree = treeOf({
      'migrations/0001_ledger_a.ts': '',
      'migrations/0001_ledger_b.ts': '',
      'migrations/0004_ledger_c.ts': '',
    })
    expect(misnamed(tree)).toHaveLength(2)
  })

  it('must be imported and listed in its place', () => {
    const files = { 'migrations/0001_ledger_a.ts': '', 'migrations/0002_ledger_b.ts': '' }
    const list = (text: string) => unlisted(treeOf({ ...files, 'migrations/index.ts': text }))
    const imports =
      "import { a } from './0001_ledger_a.js'\nimport { b } from './0002_ledger_b.js'\n"
    expect(list(`${imports}export const m = { '0001_ledger_a': a, '0002_ledger_b': b }`)).toEqual(
      [],
    )
    expect(
      list(`${imports}export const m = { '0002_ledger_b': b, '0001_ledger_a': a }`),
    ).toHaveLength(1)
    expect(list(`${imports}export const m = { '0001_ledger_a': a }`)).toHaveLength(1)
    expect(list("export const m = { '0001_ledger_a': 1, '0002_ledger_b': 2 }")).toHaveLength(2)
  })

  it.each([
    ['CREATE table overview.x (a int)', /keywords are lower-case/],
    ['create table overview.x (a timestamp)', /timestamptz/],
    ['create table overview.x (a timestamp(3) without time zone)', /timestamptz/],
    ['create table overview.x (a int references ledger.y (a))', /without "on delete"/],
    ['create table overview.x (a int references ledger.y, b int on delete)', /without "on delete"/],
  ])('is refused for its SQL: %s', (text, reason) => {
    expect(sqlFaults(file(text))).toEqual([expect.stringMatching(reason)])
  })

  it('may shout in a comment or a text, and refer with an end', () => {
    const text = [
      'create table overview.x (a timestamptz(3) default current_timestamp,',
      '  b int references ${name} (a) on delete restrict, -- NOT NULL comes LATER',
      "  c text references ledger.z on delete set null); comment on table overview.x is 'A OR B'",
    ].join('\n')
    expect(sqlFaults(file(text))).toEqual([])
  })
})
