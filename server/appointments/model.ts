import type { Party, Unit } from '../catalogue/index.js'
import type { Standing, Status } from './rules.js'

/** An appointment as an office reports it, its codes and its number already looked up. */
export interface ReportedAppointment {
  /** The office's own name for it: opaque, and kept as a hash alone. */
  readonly ref: string
  /** Counts up with each change. */
  readonly version: number
  readonly subject: string
  /** Day in Germany, `YYYY-MM-DD`. */
  readonly day: string
  /** Catalogue number. */
  readonly unit?: number | undefined
  readonly status: Status
}

/** Who reports, and on which stream: each stream has references of its own. */
export interface Reporter {
  readonly office: number
  readonly stream: string
}

/** Why an appointment cannot be written down: its place among those reported, and what is wrong with it. */
export interface BookFault {
  readonly at: number
  readonly field: 'ref' | 'version' | 'day'
  readonly code: 'subject_changed' | 'version_used' | 'too_many'
}

/** How many were written down, and how many say no more than a version that is known. */
export interface NotedAppointments {
  readonly recorded: number
  readonly known: number
}

/** What was last said of an appointment. */
export interface LastSaid {
  readonly version: number
  readonly status: Status
  readonly subject: string
  readonly day: string
  readonly unit?: number
  readonly expiresOn: string
}

/** What was reported, and what had been said of it before. */
export interface Change {
  /** Its place among those reported. */
  readonly at: number
  readonly reported: ReportedAppointment
  readonly ref: Buffer
  readonly last: LastSaid | undefined
}

/** How many appointments of a person stand on a day at an office, and how many entries of the person there are. */
export interface Crowd {
  readonly onDay: number
  readonly told: number
}

/** What became of an appointment after an entry, and when the office said so. */
export interface Since {
  readonly what: 'changed' | 'cancelled'
  readonly at: Date
}

/** An appointment of a person, at each time that something was said of it. */
export interface SaidAppointment extends Standing {
  /** Hash of the reference, in hexadecimal. */
  readonly ref: string
  /** Catalogue number. */
  readonly office: number
  /** What this entry says; what was changed later has `to`. */
  readonly status: Status
  /** Whether nothing was said of the appointment after it. */
  readonly isLast: boolean
  readonly since?: Since
  readonly expiresOn: string
}

/** The same in words of the catalogue. */
export interface OwnAppointment {
  readonly office: Party
  readonly unit?: Unit
  readonly day: string
  readonly status: Status
  readonly toldAt: Date
  /** Absent while it stands as this entry says. */
  readonly since?: Since
  readonly expiresOn: string
}
