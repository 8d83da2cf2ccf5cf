import type { Catalogue } from '../catalogue/index.js'
import { actReader } from '../journal/index.js'
import type { EntryReader } from '../ledger/index.js'
import { ACT_TYPE, factsOf } from './journal.js'
import { readEventRows, type EventRow } from './store/events.js'

/** Hands every event of every block to the audit of the log, a page at a time. */
export function blockReader(catalogue: Catalogue): EntryReader {
  return actReader<EventRow>(catalogue, { type: ACT_TYPE, rows: readEventRows, facts: factsOf })
}
