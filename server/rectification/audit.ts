import type { Catalogue } from '../catalogue/index.js'
import { actReader } from '../journal/index.js'
import type { EntryReader } from '../ledger/index.js'
import { eventFacts, readEventRows, type EventRow } from './store/events.js'

/** Hands every event of every request to the audit of the log. */
export function requestReader(catalogue: Catalogue): EntryReader {
  return actReader<EventRow>(catalogue, {
    type: 'rectification',
    rows: readEventRows,
    facts: eventFacts,
  })
}
