import type { Party, Unit } from '../catalogue/index.js'
import type { DeliveredAccess } from '../overview/index.js'
import type { Ground, Head } from './rules.js'

/** A note as its office reports it: when it was written, and as what whoever wrote it is in charge. */
export interface ReportedNote {
  readonly at: Date
  readonly by: Head
}

/** An access in an emergency as its office reports it, the access already found among those that it delivered. */
export interface ReportedEmergency {
  /** Nothing where the office delivered no such access, or it is erased. */
  readonly access: DeliveredAccess | undefined
  readonly ground: Ground
  readonly note?: ReportedNote | undefined
}

/** Why a declaration cannot be written down: its place among those reported, and what is wrong with it. */
export interface DeclarationFault {
  readonly at: number
  readonly field: 'seq' | 'ground' | 'notedAt'
  readonly code:
    | 'unknown_seq'
    | 'not_manual'
    | 'too_late'
    | 'ground_changed'
    | 'note_changed'
    | 'before_access'
    | 'in_future'
}

/** How many things were written down, and how many declarations say no more than is known. */
export interface NotedEmergencies {
  readonly recorded: number
  readonly known: number
}

/** What was said of an access. */
export interface Said {
  readonly ground: Ground
  readonly note?: ReportedNote
}

/** What was said of an access of the persons in the scope, as its person may read it. */
export interface SaidEmergency {
  /** Leaf index of the entry that the person sees. */
  readonly access: number
  readonly occurredAt: Date
  readonly office: number
  readonly unit?: number
  readonly ground: Ground
  readonly declaredAt: Date
  readonly note?: ReportedNote & { readonly toldAt: Date }
  readonly expiresOn: string
}

/** The same in words of the catalogue. */
export interface OwnEmergency extends Omit<SaidEmergency, 'office' | 'unit'> {
  readonly office: Party
  readonly unit?: Unit
}
