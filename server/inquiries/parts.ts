import type { Catalogue, Party } from '../catalogue/index.js'
import type { Database, Trx } from '../database.js'
import {
  officeScope,
  residentScope,
  type ResidentActor,
  type StaffActor,
} from '../identity/index.js'
import type { ThingKeys } from '../journal/index.js'
import type { AccessEntry } from '../overview/index.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import type { Journal } from './journal.js'
import type { Deadline, InquiryFacts, InquiryRow, ToldEvent } from './model.js'
import { readReply, type Reply } from './rules.js'
import { readEvents, type StoredEvent } from './store/events.js'

/** Names of inquiries, which are told on the phone. */
export interface References {
  fresh(): string
  isOne(raw: string): boolean
}

/** Tells the person in the portal that something came, in the transaction in which it does. */
export type Tell = (
  trx: Trx,
  message: {
    readonly subject: string
    readonly code: 'inquiry_answered'
    readonly params: { readonly reference: string }
  },
) => Promise<void>

/** What both sides of the room are made of. */
export interface InquiryParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
  readonly journal: Journal
  readonly keys: ThingKeys
  readonly references: References
  /** One month from the receipt at an office, with its working (GDPR Article 12 (3)). */
  readonly deadlineOf: (askedAt: Date, office: Party) => Deadline
  /** One of the person's own visible accesses; NOT_FOUND for every other. */
  readonly accessOf: (actor: ResidentActor, index: number) => Promise<AccessEntry>
  /** A visible access of the officer's own office; NOT_FOUND for every other. */
  readonly officeAccessOf: (actor: StaffActor, index: number) => Promise<OfficeAccess>
  readonly tell?: Tell
}

/** An access as the office that took part in it sees it; its person is known by the inquiry. */
export type OfficeAccess = Omit<AccessEntry, 'subject' | 'expiresOn'>

/** The scope in which a resident writes own inquiries. */
export function writing(actor: ResidentActor): Scope {
  return { ...residentScope(actor), readOnly: false }
}

/** The scope of a data protection officer: the office alone would let in whoever looked. */
export function officerScope(actor: StaffActor): Scope {
  const scope = officeScope(actor)
  return { ...scope, settings: { ...scope.settings, staff: actor.staff } }
}

/** Where the words of an event stand among those of its inquiry. */
export function placeOf(number: number): string {
  return `event/${number}`
}

/** The office of a row. */
export function officeOf({ catalogue }: Pick<InquiryParts, 'catalogue'>, id: number): Party {
  const office = catalogue.parties.byId(id)
  if (office === undefined) throw new Error(`the catalogue has no office of the number ${id}`)
  return office
}

/** Reads what belongs to an inquiry, as far as the scope may see it. */
export async function factsOf(
  parts: Pick<InquiryParts, 'catalogue' | 'keys' | 'deadlineOf'>,
  trx: Trx,
  inquiry: InquiryRow,
): Promise<InquiryFacts> {
  const office = officeOf(parts, inquiry.office)
  const stored = await readEvents(trx, inquiry.inquiry)
  const events = stored.map((event) => told(parts, inquiry, event))
  const words = events.find(({ event }) => event === 'asked')?.words
  const reply = replyIn(events)
  return {
    ...{ inquiry, office, events },
    deadline: parts.deadlineOf(inquiry.askedAt, office),
    isErased: inquiry.caseKey === undefined,
    ...(reply === undefined ? {} : { reply }),
    ...(words === undefined ? {} : { words }),
  }
}

function replyIn(events: readonly ToldEvent[]): Reply | undefined {
  const answered = events.findLast(({ event }) => event === 'answered')
  const reply = answered && readReply(answered.detail)
  return reply && (answered.words === undefined ? reply : { ...reply, words: answered.words })
}

function told(
  { catalogue, keys }: Pick<InquiryParts, 'catalogue' | 'keys'>,
  { inquiry, caseKey }: InquiryRow,
  { content, office, unit, ...event }: StoredEvent,
): ToldEvent {
  const party = office === undefined ? undefined : catalogue.parties.byId(office)
  const kind = unit === undefined ? undefined : catalogue.units.byId(unit)
  const { number } = event
  const place = caseKey && { thing: inquiry, key: caseKey, at: placeOf(number) }
  const words = place && content && keys.open(place, content)
  return {
    ...event,
    ...(party ? { office: party } : {}),
    ...(kind ? { unit: kind } : {}),
    ...(words === undefined ? {} : { words }),
  }
}
