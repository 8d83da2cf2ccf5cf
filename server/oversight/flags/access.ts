import type { Standing } from '../../appointments/index.js'
import type { Emergency } from '../../emergencies/index.js'

/** An access as the rules read it: codes and times, and the person as a key that leaves no page. */
export interface WatchedAccess {
  /** Leaf index. */
  readonly index: number
  readonly expiresOn: string
  readonly occurredAt: Date
  readonly subject: string
  readonly isQuery: boolean
  readonly isManual: boolean
  /** Catalogue number; 0 where none was reported. */
  readonly unit: number
  readonly purpose: number
  /** Written by this portal itself: looks of staff, codes handed over. */
  readonly ofThePortal: boolean
  readonly citesConsent: boolean
  /** Rules that it broke when it was recorded, each with how many fields. */
  readonly broken: Readonly<Record<string, number>>
  /** Its person must not know of it (yet). */
  readonly isSealed: boolean
  /** What its office declared: that it was made in an emergency. */
  readonly emergency?: Emergency
  /** Handle of whoever acted, in memory alone; absent unless a service agreement covers the access. */
  readonly actor?: string
}

/** A time in which an office had a case of a person. */
export interface CaseSpan {
  readonly from: Date
  /** Absent while it lasts. */
  readonly to?: Date
}

/** An appointment as it stood for a time, and what became of it since. */
export interface Appointment extends Standing {
  readonly since?: { readonly what: 'cancelled' | 'moved'; readonly at: Date }
}

/** What the portal knows of one person at one office. */
export interface Around {
  readonly cases: readonly CaseSpan[]
  /** When the office was told of a correction. */
  readonly told: readonly Date[]
  /** Appointments at the office, each as it stood for a time. */
  readonly appointments: readonly Appointment[]
  /** Accesses of the office to data of the person, in the order of the log; the judged ones among them. */
  readonly accesses: readonly WatchedAccess[]
}

/** What no access is known around. */
export const NOTHING_KNOWN: Omit<Around, 'accesses'> = {
  cases: [],
  told: [],
  appointments: [],
}
