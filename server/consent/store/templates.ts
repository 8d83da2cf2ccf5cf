import type { Insertable } from 'kysely'
import type { Trx } from '../../database.js'
import type { VersionRow } from '../model.js'
import { readContent } from '../template.js'
import type { TemplateTable, VersionTable } from '../tables.js'

/** A version with its life, as staff of the office see it. */
export interface StoredVersion extends VersionRow {
  readonly draftedBy: string
  readonly draftedAt: Date
  readonly publishedAt?: Date
  readonly endedAt?: Date
}

function versions(trx: Trx) {
  return trx
    .selectFrom('consent.version as v')
    .innerJoin('consent.template as t', 't.template', 'v.template')
    .select(['v.template', 'v.number', 't.office', 'v.content', 'v.drafted_by', 'v.drafted_at'])
    .select(['v.published_at', 'v.ended_at'])
}

type Row = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>

/** Every version that the scope may see, by template, the latest first. */
export async function readVersions(trx: Trx, template?: string): Promise<readonly StoredVersion[]> {
  const rows = await versions(trx)
    .$if(template !== undefined, (query) => query.where('v.template', '=', template as string))
    .orderBy('t.code')
    .orderBy('v.number', 'desc')
    .execute()
  return rows.map(versionOf)
}

/** One version, as far as the scope may see it. */
export async function readVersion(
  trx: Trx,
  wanted: { readonly template: string; readonly version: number },
): Promise<StoredVersion | undefined> {
  const row = await versions(trx)
    .where('v.template', '=', wanted.template)
    .where('v.number', '=', wanted.version)
    .executeTakeFirst()
  return row && versionOf(row)
}

/** Every version that was published, of one template or all, as far as the scope may see it. */
export async function readPublished(
  trx: Trx,
  template?: string,
): Promise<readonly (VersionRow & { publishedAt: Date; endedAt?: Date })[]> {
  const versions = await readVersions(trx, template)
  return versions.flatMap(({ template: of, version, office, content, publishedAt, endedAt }) =>
    publishedAt === undefined
      ? []
      : [{ template: of, version, office, content, publishedAt, ...(endedAt && { endedAt }) }],
  )
}

/** The versions of some rows, as far as the scope may see them: one query, however many rows there are. */
export async function readVersionsOf(
  trx: Trx,
  wanted: readonly { readonly template: string; readonly version: number }[],
): Promise<readonly StoredVersion[]> {
  const templates = [...new Set(wanted.map(({ template }) => template))]
  if (templates.length === 0) return []
  const numbers = [...new Set(wanted.map(({ version }) => version))]
  const rows = await versions(trx)
    .where('v.template', 'in', templates)
    .where('v.number', 'in', numbers)
    .execute()
  return rows.map(versionOf)
}

/** The version that people are asked with now. */
export async function readAsked(trx: Trx, template: string): Promise<StoredVersion | undefined> {
  const row = await versions(trx)
    .where('v.template', '=', template)
    .where('v.published_at', 'is not', null)
    .where('v.ended_at', 'is', null)
    .executeTakeFirst()
  return row && versionOf(row)
}

/** The template of an office for a consent of the catalogue. */
export async function readTemplate(trx: Trx, code: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('consent.template')
    .select('template')
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.template
}

/** Begins a template; false where the office has one for this consent. */
export async function insertTemplate(trx: Trx, row: Insertable<TemplateTable>): Promise<boolean> {
  const inserted = await trx
    .insertInto('consent.template')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('template')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Begins a draft; false where there is one, or somebody took its number. */
export async function insertDraft(
  trx: Trx,
  row: Omit<Insertable<VersionTable>, 'published_by' | 'published_at' | 'ended_at'>,
): Promise<boolean> {
  const inserted = await trx
    .insertInto('consent.version')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst()
  return inserted !== undefined
}

/** What a draft says from now on. */
export interface DraftChange {
  readonly template: string
  readonly version: number
  readonly content: string
  readonly digest: Buffer
  readonly staff: string
  readonly at: Date
  /** The digest of what the writer had before them. */
  readonly before: Buffer
}

/** Changes a draft as it was read; false where it was published or changed meanwhile. */
export async function changeDraft(trx: Trx, change: DraftChange): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('consent.version')
    .set({
      ...{ content: change.content, digest: change.digest },
      ...{ drafted_by: change.staff, drafted_at: change.at },
    })
    .where('template', '=', change.template)
    .where('number', '=', change.version)
    .where('published_at', 'is', null)
    .where('digest', '=', change.before)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Publishes a draft as it was read; false where it was published or changed meanwhile. */
export async function publishDraft(
  trx: Trx,
  change: Pick<DraftChange, 'template' | 'version' | 'digest' | 'staff' | 'at'>,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('consent.version')
    .set({ published_by: change.staff, published_at: change.at })
    .where('template', '=', change.template)
    .where('number', '=', change.version)
    .where('published_at', 'is', null)
    .where('digest', '=', change.digest)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Ends the version that people are asked with; what was agreed to with it stays. */
export async function endVersion(trx: Trx, template: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('consent.version')
    .set({ ended_at: at })
    .where('template', '=', template)
    .where('published_at', 'is not', null)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function versionOf(row: Row): StoredVersion {
  return {
    ...{ template: row.template, version: row.number, office: row.office },
    ...{ content: readContent(row.content), draftedBy: row.drafted_by, draftedAt: row.drafted_at },
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  }
}
