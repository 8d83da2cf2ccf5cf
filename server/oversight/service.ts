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
import type { Database } from '../database.js'
import { reportingScope, type StaffActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import {
  readOfficeAccess,
  readOfficeAccesses,
  type OfficeAccessRow,
  type OpenedAccessRow,
} from './store.js'

/** What oversight is made of. */
export interface OversightParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
}

/** An access of the own office; nothing in it names or tracks a person. */
export interface OfficeAccess {
  readonly index: number
  readonly occurredAt: Date
  readonly operation: Operation
  readonly source: Party
  readonly recipient: Party
  readonly purpose: Purpose
  readonly isFlagged: boolean
}

/** One access with what tells whose data it is: opening it is a look. */
export interface OpenedAccess extends OfficeAccess {
  readonly subject: string
  readonly recordedAt: Date
  readonly channel: Channel
  readonly unit?: Unit
  readonly legalBasis: LegalBasis
  readonly fields: readonly Field[]
  readonly caseRef?: string
}

/** What a data protection officer reads of the own office's accesses (GDPR Article 39 (1) (b)). */
export interface Oversight {
  accesses(
    actor: StaffActor,
    query: { readonly before?: number; readonly flagged: boolean },
  ): Promise<Page<OfficeAccess>>
  /** One access by its leaf index; refuses what is not the office's as what does not exist (NOT_FOUND). */
  access(actor: StaffActor, index: number): Promise<OpenedAccess>
}

const PAGE_SIZE = 30

/** Makes the room of oversight. */
export function createOversight({ inTransaction, catalogue, clock }: OversightParts): Oversight {
  const today = () => clock.now().toISOString().slice(0, 10)
  return {
    accesses: async (actor, query) => {
      const rows = await inTransaction(reportingScope(actor), (trx) =>
        readOfficeAccesses(trx, { ...query, limit: PAGE_SIZE + 1, today: today() }),
      )
      const accesses = rows.map((row) => listed(row, catalogue))
      return pageOf(accesses, PAGE_SIZE, ({ index }) => String(index))
    },
    access: async (actor, index) => {
      const row = await inTransaction(reportingScope(actor), (trx) =>
        readOfficeAccess(trx, index, today()),
      )
      if (row === undefined) throw new DomainError('NOT_FOUND')
      return opened(row, catalogue)
    },
  }
}

function listed(row: OfficeAccessRow, catalogue: Catalogue): OfficeAccess {
  return {
    index: row.index,
    occurredAt: row.occurredAt,
    operation: known(OPERATIONS[row.operation - 1]),
    source: term(catalogue.parties, row.source),
    recipient: term(catalogue.parties, row.recipient),
    purpose: term(catalogue.purposes, row.purpose),
    isFlagged: row.isFlagged,
  }
}

function opened(row: OpenedAccessRow, catalogue: Catalogue): OpenedAccess {
  return {
    ...listed(row, catalogue),
    subject: row.subject,
    recordedAt: row.recordedAt,
    channel: known(CHANNELS[row.channel - 1]),
    legalBasis: term(catalogue.legalBases, row.legalBasis),
    fields: row.fields.map((id) => term(catalogue.fields, id)),
    ...(row.unit === undefined ? {} : { unit: term(catalogue.units, row.unit) }),
    ...(row.caseRef === undefined ? {} : { caseRef: row.caseRef }),
  }
}

function term<Term>(terms: Terms<Term>, id: number): Term {
  return known(terms.byId(id))
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a row holds a number that the catalogue never had')
  return value
}
