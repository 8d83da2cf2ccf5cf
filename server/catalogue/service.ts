import type { Db, Trx } from '../database.js'
import type { Roles } from '../platform/db/roles.js'
import type { Clock } from '../platform/kernel/clock.js'
import { assemble } from './assembly.js'
import { contentOf, unsound, type Content } from './content.js'
import { definitionsOf } from './definitions.js'
import type { Catalogue } from './model.js'
import { planOf } from './reconcile.js'
import { readFiles, type CatalogueSource } from './store/files.js'
import {
  addVersion,
  asOnlyOwner,
  findVersion,
  insertTerms,
  readTerms,
  refreshTerms,
  retireTerms,
} from './store/terms.js'

export type { CatalogueSource }

/** What loading needs: the administrator's database, and where the files lie. */
export interface LoadParts {
  readonly db: Db
  readonly roles: Roles
  readonly clock: Clock
  readonly source: CatalogueSource
}

/**
 * Checks the reference data and brings the database up to them in one transaction: new codes get
 * numbers, vanished ones are retired, nothing is ever renamed. The same content again changes
 * nothing, and two loaders wait for each other. Throws a StartError that names all faults.
 */
export async function loadCatalogue(parts: LoadParts): Promise<Catalogue> {
  const content = contentOf(readFiles(parts.source))
  return asOnlyOwner(parts.db, parts.roles, async (trx) => {
    const version =
      (await findVersion(trx, content.sha256)) ??
      (await addVersion(trx, content.sha256, parts.clock.now()))
    await reconcile(trx, content, version)
    return assemble(content, await readTerms(trx), version)
  })
}

/**
 * The same catalogue for a process that may only read; throws a StartError where this very content
 * was not loaded before.
 */
export async function readCatalogue(trx: Trx, source: CatalogueSource): Promise<Catalogue> {
  const content = contentOf(readFiles(source))
  const version = await findVersion(trx, content.sha256)
  if (version === undefined) {
    throw unsound(['the database was not loaded with them: load the reference data first'])
  }
  return assemble(content, await readTerms(trx), version)
}

async function reconcile(trx: Trx, content: Content, version: number): Promise<void> {
  const definitions = definitionsOf(content.reference, content.books)
  const plan = planOf(definitions, await readTerms(trx))
  if (plan.faults.length > 0) throw unsound(plan.faults)
  await insertTerms(trx, plan.fresh, version)
  await refreshTerms(trx, definitions)
  await retireTerms(trx, plan.vanished, version)
}
