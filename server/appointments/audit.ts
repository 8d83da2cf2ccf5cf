import type { Catalogue } from '../catalogue/index.js'
import { actReader } from '../journal/index.js'
import type { EntryReader } from '../ledger/index.js'
import { ACT_TYPE } from './journal.js'
import { factsOf, readRows, type AppointmentRow } from './store.js'

/** Hands every entry about an appointment to the audit of the log. */
export function appointmentReader(catalogue: Catalogue): EntryReader {
  return actReader<AppointmentRow>(catalogue, { type: ACT_TYPE, rows: readRows, facts: factsOf })
}
