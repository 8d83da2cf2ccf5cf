import {
  loadCatalogue,
  type Catalogue,
  type CatalogueSource,
} from '../../server/catalogue/index.js'
import type { Db } from '../../server/database.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { ROLES } from './database.js'
import { copiedSource, entryIn, SOURCE, type CopiedSource, type Raw } from './files.js'

/** When every load of these tests happens. */
export const NOON = new Date('2026-11-22T12:00:00.000Z')

/** Loads a content as the owner. */
export function load(db: Db, source: CatalogueSource = SOURCE): Promise<Catalogue> {
  return loadCatalogue({ db, roles: ROLES, clock: travellingClock(NOON), source })
}

/** The current codes of every sort with their numbers. */
export function codesOf(catalogue: Catalogue): Record<string, number>[] {
  const { parties, fields, purposes, legalBases, rules, units } = catalogue
  return [parties, fields, purposes, legalBases, rules, units].map(({ all }) =>
    Object.fromEntries(all.map(({ code, id }) => [code, id])),
  )
}

/** A content without one office and one unit, with a new unit and a unit of another name. */
export function changed(): CopiedSource {
  const copy = copiedSource()
  copy.edit('data/instances', (all) => all.filter(({ code }) => code !== 'i.lr.jobcenter'))
  copy.edit('data/units', (all) => {
    entryIn(all, 'records').labelDe = 'Registratur'
    const kept = all.filter(({ code }) => code !== 'it_operations')
    return [{ ...entryIn(all, 'records'), code: 'archive' }, ...kept]
  })
  copy.edit<Raw>('ar/units', (all) => {
    delete all.it_operations
    all.archive = { label: 'الأرشيف' }
  })
  copy.edit<Raw>('fa/units', (all) => {
    delete all.it_operations
    all.archive = { label: 'بایگانی' }
  })
  return copy
}
