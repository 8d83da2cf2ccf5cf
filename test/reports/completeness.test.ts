import { sql } from 'kysely'
import { startTestApp, type TestApp } from '../support/app.js'

/** Tables with rows of residents that no copy holds, each with the reason. */
const NOT_IN_A_COPY: Readonly<Record<string, string>> = {
  'identity.kept_form': 'own words of one form, shown on its page and deleted within a day',
  'ledger.chain': 'hashes of the entries that the copy holds',
  'overview.sealed_flag': 'belongs to the withheld entries',
  'overview.sealed_event': 'withheld by law (GDPR Article 23); the copy says so to everybody',
  'consent.sealed_notice': 'tells of withheld entries',
  'rectification.sealed_notice': 'tells of withheld entries',
  'emergencies.sealed_declaration': 'tells of withheld entries',
}

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})

afterAll(() => app?.close())

test('every table with rows of a resident has a section in the copy, or a reason why not', async () => {
  const { rows } = await sql<{ name: string }>`
    select distinct format('%s.%s', space.nspname, rel.relname) as name
    from pg_attribute att
      join pg_class rel on rel.oid = att.attrelid
      join pg_namespace space on space.oid = rel.relnamespace
    where att.attname in ('account', 'subject', 'resident') and rel.relkind in ('r', 'p')
      and not rel.relispartition and space.nspname not in ('pg_catalog', 'information_schema')
    order by name`.execute(app.installation.admin)
  const sections = app.portal.sectionsIn('de')
  const covered = sections.flatMap(({ tables }) => tables)
  const told = [...covered, ...Object.keys(NOT_IN_A_COPY)]
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.map(({ name }) => name).filter((name) => !told.includes(name))).toEqual([])
  const { rows: known } = await sql<{ name: string }>`
    select name from unnest(${told}::text[]) name where to_regclass(name) is not null`.execute(
    app.installation.admin,
  )
  expect(known).toHaveLength(told.length)
})
