import type { Catalogue, Field, Party } from '../catalogue/index.js'
import type { SubjectId } from '../identity/index.js'
import type { ReportedAccess } from '../overview/index.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import type { CaseRefFits } from './case-ref.js'
import type { EventError, EventErrorCode, EventForm } from './delivery.js'
import { holdOf, isInFuture, partyFault } from './rules.js'

/** Numbers of persons to keyed hashes; a number that cannot be one gives nothing. */
export interface Subjects {
  of(scheme: EventForm['scheme'], value: string, authorityCode: string): SubjectId | undefined
  /** The key that binds the hash to the number: 32 bytes, for the authority that sent the number. */
  keyOf(scheme: EventForm['scheme'], value: string, authorityCode: string): Buffer | undefined
}

/** What an event is read against. */
export interface Reading {
  readonly catalogue: Catalogue
  readonly subjects: Pick<Subjects, 'of'>
  readonly issuer: Party
  readonly stream: number
  readonly caseRefFits: CaseRefFits
  readonly now: Date
}

type Complain = (field: string, code: EventErrorCode) => undefined

/** Looks up every code of an event, and says everything that stands against it at once. */
export function accessOf(
  event: EventForm,
  reading: Reading,
): Result<ReportedAccess, readonly EventError[]> {
  const errors: EventError[] = []
  const complain: Complain = (field, code) => void errors.push({ seq: event.seq, field, code })
  const access = resolve(event, reading, complain)
  return access === undefined || errors.length > 0 ? refuse(errors) : ok(access)
}

function resolve(
  event: EventForm,
  reading: Reading,
  complain: Complain,
): ReportedAccess | undefined {
  const { catalogue, now } = reading
  const parties = partiesOf(event, reading, complain)
  const subject = reading.subjects.of(event.scheme, event.number, reading.issuer.code)
  const purpose = catalogue.purposes.byCode(event.purpose)
  const legalBasis = catalogue.legalBases.byCode(event.legalBasis)
  const fields = fieldsOf(event.fields, catalogue, complain)
  const hold = holdOf(event.holdUntil, now)
  if (subject === undefined) complain('subject.value', 'malformed')
  if (purpose === undefined) complain('purpose', 'unknown_code')
  if (legalBasis === undefined) complain('legalBasis', 'unknown_code')
  if (!hold.ok) complain('holdUntil', hold.refusal)
  if (isInFuture(event.occurredAt, now)) complain('occurredAt', 'occurred_in_future')
  const extras = extrasOf(event, reading, complain)
  if (!subject || !purpose || !legalBasis || !parties) return undefined
  const { occurredAt, operation, channel } = event
  return {
    ...{ subject, occurredAt, operation, channel, purpose, legalBasis, fields },
    ...parties,
    ...extras,
    ...(hold.ok && hold.value !== undefined ? { holdUntil: hold.value } : {}),
  }
}

/** Both sides default to the sender, which must be one of them. */
function partiesOf(
  event: EventForm,
  { catalogue, issuer }: Reading,
  complain: Complain,
): { source: Party; recipient: Party } | undefined {
  const named = (side: 'source' | 'recipient') => {
    const party = catalogue.parties.byCode(event[side] ?? issuer.code)
    const fault = partyFault(party)
    return fault === undefined ? party : complain(side, fault)
  }
  const [source, recipient] = [named('source'), named('recipient')]
  if (source === undefined || recipient === undefined) return undefined
  if (source.id === issuer.id || recipient.id === issuer.id) return { source, recipient }
  return complain('recipient', 'not_a_party')
}

/** In the order of the catalogue, as the committed body lists them. */
function fieldsOf(codes: readonly string[], catalogue: Catalogue, complain: Complain): Field[] {
  const seen = new Set<string>()
  const fields = codes.flatMap((code, at) => {
    if (seen.has(code)) complain(`fields.${at}`, 'duplicate')
    seen.add(code)
    return catalogue.fields.byCode(code) ?? complain(`fields.${at}`, 'unknown_code') ?? []
  })
  return fields.sort((one, other) => one.order - other.order)
}

type Extras = Pick<ReportedAccess, 'unit' | 'caseRef' | 'consentId' | 'stream' | 'tighten'>

function extrasOf(event: EventForm, reading: Reading, complain: Complain): Extras {
  const { caseRef, consentId, operatorRef, seq } = event
  const unit = event.unit === undefined ? undefined : reading.catalogue.units.byCode(event.unit)
  if (event.unit !== undefined && unit === undefined) complain('unit', 'unknown_code')
  if (caseRef !== undefined && !reading.caseRefFits(caseRef)) complain('caseRef', 'malformed')
  const stream = { id: reading.stream, seq }
  return {
    stream: operatorRef === undefined ? stream : { ...stream, operatorRef },
    ...(unit === undefined ? {} : { unit }),
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(consentId === undefined ? {} : { consentId }),
    ...tightened(event, complain),
  }
}

/** A sender may only tighten, so `open` asks for nothing; what must not be logged is not accepted. */
function tightened(event: EventForm, complain: Complain): Pick<ReportedAccess, 'tighten'> {
  const { disclosure } = event
  if (disclosure === 'not_in_log') complain('disclosure', 'not_in_log')
  if (disclosure === undefined || disclosure === 'open' || disclosure === 'not_in_log') return {}
  return { tighten: disclosure }
}
