import type { Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { Ledger, OriginDigests } from '../ledger/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { seal } from '../platform/kernel/sealing.js'
import { bodyOf } from './body.js'
import { expiryDay } from './calendar.js'
import { classify, type Classified, type ClassifyContext } from './classify.js'
import type {
  AccessRecorder,
  DraftEvent,
  PreparedAccesses,
  Recorded,
  Refusal,
  ReportedAccess,
} from './model.js'
import { insertEvents, insertFlags, insertOperatorRefs, type Writing } from './store/record.js'

/** What the writing side is made of. */
export interface RecorderParts {
  readonly catalogue: Catalogue
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: Random
  readonly origins: (position: { stream: number; seq: number }) => OriginDigests
  /** Encrypts pseudonyms of staff, 32 bytes. */
  readonly operatorKey: Buffer
  /** ISO 8601 duration for registers without a rule of law. */
  readonly defaultPeriod: string
  readonly consentValid: ClassifyContext['consentValid']
}

/** Makes the writing side of the access log. */
export function createRecorder(parts: RecorderParts, writing: Writing): AccessRecorder {
  return {
    refusals: (accesses) => {
      const today = expiryDay(parts.clock.now())
      return accesses.flatMap((access, position) => {
        const outcome = classify(access, today, parts)
        return typeof outcome === 'string' ? [{ position, refusal: outcome }] : []
      })
    },
    prepare: (accesses) => prepare(parts, accesses),
    record: (trx, prepared) => record(parts, trx, { prepared, writing }),
  }
}

function prepare(parts: RecorderParts, accesses: readonly ReportedAccess[]): PreparedAccesses {
  const recordedAt = parts.clock.now()
  const today = expiryDay(recordedAt)
  const drafts = accesses.map((access) => {
    const classified = accepted(classify(access, today, parts))
    return { access, classified, recordedAt, ...digestsOf(parts, access) }
  })
  const commitments = parts.ledger.prepare(
    drafts.map((draft) => ({
      class: draft.classified.class,
      subject: draft.access.subject,
      body: bodyOfDraft(draft),
    })),
  )
  const firstExpiry = drafts.map(({ classified }) => classified.expiresOn).sort()[0] ?? today
  return { drafts, commitments, firstExpiry }
}

function accepted(outcome: Classified | Refusal): Classified {
  if (typeof outcome === 'string') throw new Error(`an access that is ${outcome} was not refused`)
  return outcome
}

function digestsOf(
  { origins }: RecorderParts,
  { stream }: ReportedAccess,
): Pick<DraftEvent, 'seqDigest' | 'operatorDigest'> {
  if (!stream) return {}
  const { seqDigest, operatorDigest } = origins({ stream: stream.id, seq: stream.seq })
  if (stream.operatorRef === undefined) return { seqDigest }
  return { seqDigest, operatorDigest: operatorDigest(stream.operatorRef) }
}

function bodyOfDraft(draft: DraftEvent): string {
  const { access, classified, recordedAt, seqDigest, operatorDigest } = draft
  return bodyOf({
    recordedAt,
    expiresOn: classified.expiresOn,
    occurredAt: access.occurredAt,
    operation: access.operation,
    channel: access.channel,
    source: access.source.code,
    recipient: access.recipient.code,
    ...(access.unit ? { unit: access.unit.code } : {}),
    purpose: access.purpose.code,
    legalBasis: access.legalBasis.code,
    fields: access.fields.map(({ code }) => code),
    ...(access.caseRef === undefined ? {} : { caseRef: access.caseRef }),
    ...(access.consentId === undefined ? {} : { consentId: access.consentId }),
    ...(seqDigest ? { seqDigest } : {}),
    ...(operatorDigest ? { operatorDigest } : {}),
  })
}

async function record(
  parts: RecorderParts,
  trx: Trx,
  { prepared, writing }: { prepared: PreparedAccesses; writing: Writing },
): Promise<Recorded> {
  const { drafts, commitments } = prepared
  const appended = await parts.ledger.append(trx, commitments)
  const placed = drafts.map((draft, i) => ({
    ...draft,
    index: appended.indices[i] as number,
    salt: commitments.salts[i] as Buffer,
  }))
  const ruleId = (code: string) => parts.catalogue.rules.byCode(code)?.id ?? unknownRule(code)
  await insertEvents(trx, placed, { writing, ruleId })
  await insertFlags(trx, placed)
  const refs = placed.flatMap(({ access, index, classified }) => {
    const ref = access.stream?.operatorRef
    return ref === undefined
      ? []
      : [sealedRef(parts, { index, ref, expiresOn: classified.expiresOn })]
  })
  await insertOperatorRefs(trx, refs, writing)
  return appended
}

function sealedRef(
  { operatorKey, random }: RecorderParts,
  { index, ref, expiresOn }: { index: number; ref: string; expiresOn: string },
): { index: number; ref: Buffer; expiresOn: string } {
  const context = `mirat/operator-ref/v1/${index}`
  return { index, ref: seal(operatorKey, Buffer.from(ref), { context, random }), expiresOn }
}

function unknownRule(code: string): never {
  throw new Error(`the catalogue has no rule ${code}`)
}
