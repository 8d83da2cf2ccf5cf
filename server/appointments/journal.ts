import { addPeriod } from '../catalogue/index.js'
import { daysAfter } from '../platform/kernel/days.js'
import { WINDOW } from './rules.js'

/** The name of such acts in committed bodies. */
export const ACT_TYPE = 'appointment'

/**
 * The retention class of entries: the longest that one can live is an appointment as far ahead as may be; most go
 * half a year after the last access that they can explain (`expiryOf`).
 */
export const APPOINTMENT_CLASS = {
  class: 60,
  code: 'appointments',
  ownerTable: 'appointments.appointment',
  sealed: false,
  retention: 'P1Y',
  citation: 'DSGVO Art. 5 Abs. 1 Buchst. c, e; AZRG-DV § 16 Abs. 2',
  width: 'quarter',
} as const

/** How long it is kept after the last access that it can explain: as long as the briefest of these (AZRG-DV § 16 (2)). */
const KEPT = 'P6M'

/** The first day on which an appointment is gone. */
export function expiryOf(day: string): string {
  return addPeriod(daysAfter(day, WINDOW.after), KEPT)
}
