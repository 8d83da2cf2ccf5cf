import {
  CHANNELS,
  OPERATIONS,
  type Catalogue,
  type Channel,
  type Field,
  type LegalBasis,
  type Operation,
  type Party,
  type Purpose,
  type Terms,
  type Unit,
} from '../catalogue/index.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { findEntries, type Count, type ExplorerParts } from './explorer.js'
import { choicesOf, filterOf, type Choices, type Chosen, type Shown } from './filter.js'
import { readOfficeAccess, type OpenedAccessRow } from './store.js'
import { readReleasedAs, type EntryRow } from './store/entries.js'
import { known } from './known.js'
import { utcDay } from '../platform/kernel/days.js'

/** What oversight is made of. */
export interface OversightParts extends ExplorerParts {
  readonly catalogue: Catalogue
  readonly clock: Clock
}

/** An access of the own office; nothing in it names or tracks a person. */
export interface OfficeAccess {
  readonly index: number
  readonly occurredAt: Date
  readonly recordedAt: Date
  readonly operation: Operation
  readonly channel: Channel
  readonly source: Party
  readonly recipient: Party
  readonly unit?: Unit
  readonly purpose: Purpose
  readonly legalBasis: LegalBasis
  readonly fields: readonly Field[]
  readonly isFlagged: boolean
  /** Whether its person sees it, will, or must not know. */
  readonly shown: Shown
}

/** One access with what tells whose data it is: opening it is a look. */
export interface OpenedAccess extends OfficeAccess {
  readonly subject: string
  readonly caseRef?: string
}

/** A page of accesses. */
export interface AccessPage {
  readonly items: readonly OfficeAccess[]
  /** Where to go on, as text of an address. */
  readonly next?: string
  /** On the first page alone. */
  readonly count?: Count
}

/** What a data protection officer reads of the own office's accesses (GDPR Article 39 (1) (b)). */
export interface Oversight {
  /** By what the accesses of the own office can be chosen. */
  choices(actor: StaffActor): Choices
  accesses(
    actor: StaffActor,
    query: { readonly chosen: Chosen; readonly before?: number },
  ): Promise<AccessPage>
  /** One access by its leaf index, or the entry that opened it since; refuses what is not the office's as what does not exist (NOT_FOUND). */
  access(actor: StaffActor, index: number): Promise<OpenedAccess>
}

const PAGE_SIZE = 30

/** Makes the room of oversight. */
export function createOversight(parts: OversightParts): Oversight {
  const { inTransaction, catalogue, clock } = parts
  const today = () => utcDay(clock.now())
  return {
    choices: (actor) => choicesOf(catalogue, officeOf(actor, catalogue)),
    accesses: async (actor, { chosen, ...place }) => {
      const filter = filterOf(chosen, catalogue)
      const asked = { ...place, filter, size: PAGE_SIZE, today: today() }
      const { rows, next, count } = await findEntries(parts, actor, asked)
      return {
        items: rows.map((row) => listed(row, catalogue)),
        ...(next === undefined ? {} : { next: String(next) }),
        ...(count === undefined ? {} : { count }),
      }
    },
    access: async (actor, index) => {
      const row = await inTransaction(reportingScope(actor), async (trx) => {
        const found = await readOfficeAccess(trx, index, today())
        if (found !== undefined) return found
        // What was found about an access that was held back leads on to the entry that its person sees by now.
        const released = await readReleasedAs(trx, index, today())
        return released === undefined ? undefined : readOfficeAccess(trx, released, today())
      })
      if (row === undefined) throw new DomainError('NOT_FOUND')
      return opened(row, catalogue)
    },
  }
}

/** The office of a member of staff; whoever has none oversees none. */
export function officeOf({ office = 0 }: StaffActor, { parties }: Catalogue): Party {
  const party = parties.byId(office)
  if (party === undefined) throw new DomainError('NOT_FOUND')
  return party
}

/** A row in words of the catalogue. */
export function listed(row: EntryRow, catalogue: Catalogue): OfficeAccess {
  return {
    index: row.index,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    operation: known(OPERATIONS[row.operation - 1]),
    channel: known(CHANNELS[row.channel - 1]),
    source: term(catalogue.parties, row.source),
    recipient: term(catalogue.parties, row.recipient),
    ...(row.unit === null ? {} : { unit: term(catalogue.units, row.unit) }),
    purpose: term(catalogue.purposes, row.purpose),
    legalBasis: term(catalogue.legalBases, row.legalBasis),
    fields: row.fields.map((id) => term(catalogue.fields, id)),
    isFlagged: row.isFlagged,
    shown: row.shown,
  }
}

function opened(row: OpenedAccessRow, catalogue: Catalogue): OpenedAccess {
  const { subject, caseRef } = row
  return { ...listed(row, catalogue), subject, ...(caseRef === null ? {} : { caseRef }) }
}

function term<Term>(terms: Terms<Term>, id: number): Term {
  return known(terms.byId(id))
}
