import { sql } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { Roles } from '../../platform/db/roles.js'
import type { Definition, TermKind } from '../definitions.js'
import type { StoredTerm } from '../reconcile.js'

/** Runs work as the owner of the schema; a second loader waits here until the first has committed. */
export async function asOnlyOwner<Value>(
  db: Db,
  roles: Roles,
  work: (trx: Trx) => Promise<Value>,
): Promise<Value> {
  return db.transaction().execute(async (trx) => {
    await sql`set local role ${sql.id(roles.owner)}`.execute(trx)
    await sql`select pg_advisory_xact_lock(hashtextextended('mirat.catalogue', 0))`.execute(trx)
    return work(trx)
  })
}

/** The version of a content, or nothing where it was never loaded. */
export async function findVersion(trx: Trx, sha256: string): Promise<number | undefined> {
  const row = await trx
    .selectFrom('catalogue.version')
    .select('version')
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row?.version
}

/** Notes a content that is loaded for the first time, and gives its version. */
export async function addVersion(trx: Trx, sha256: string, loadedAt: Date): Promise<number> {
  const row = await trx
    .insertInto('catalogue.version')
    .values({ sha256, loaded_at: loadedAt })
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

/** Every code that was ever loaded. */
export async function readTerms(trx: Trx): Promise<StoredTerm[]> {
  const rows = await trx
    .selectFrom('catalogue.term')
    .select(['kind', 'id', 'code', 'definition', 'retired_in'])
    .orderBy('kind')
    .orderBy('id')
    .execute()
  return rows.map(({ kind, id, code, definition, retired_in }) => ({
    kind: kind as TermKind,
    id,
    code,
    retired: retired_in !== null,
    body: definition as StoredTerm['body'],
  }))
}

/** Adds codes with their numbers. */
export async function insertTerms(
  trx: Trx,
  fresh: readonly (Definition & { readonly id: number })[],
  version: number,
): Promise<void> {
  if (fresh.length === 0) return
  const rows = fresh.map(({ kind, id, code, body }) => ({
    kind,
    id,
    code,
    definition: JSON.stringify(body),
    since: version,
  }))
  await trx.insertInto('catalogue.term').values(rows).execute()
}

/** Brings definitions up to date, and back those that had been retired; what is equal stays untouched. */
export async function refreshTerms(trx: Trx, definitions: readonly Definition[]): Promise<void> {
  await sql`
    update catalogue.term as term set definition = new.body, retired_in = null
    from jsonb_to_recordset(${JSON.stringify(definitions)}::jsonb) as new(kind text, code text, body jsonb)
    where term.kind = new.kind and term.code = new.code
      and (term.definition is distinct from new.body or term.retired_in is not null)
  `.execute(trx)
}

/** Marks codes that a content no longer has; their rows stay, because old entries name them. */
export async function retireTerms(
  trx: Trx,
  vanished: readonly StoredTerm[],
  version: number,
): Promise<void> {
  for (const { kind, id } of vanished) {
    await trx
      .updateTable('catalogue.term')
      .set({ retired_in: version })
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute()
  }
}
