import type { Catalogue } from '../catalogue/index.js'
import { actReader } from '../journal/index.js'
import type { EntryReader } from '../ledger/index.js'
import { entryFacts, readEntryRows, type EntryRow } from './store/entries.js'

/** Hands every entry of the consent ledger to the audit of the log. */
export function consentReader(catalogue: Catalogue): EntryReader {
  return actReader<EntryRow>(catalogue, {
    type: 'consent',
    rows: readEntryRows,
    facts: entryFacts,
  })
}
