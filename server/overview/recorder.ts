import type { Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { Ledger, OriginDigests } from '../ledger/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'
import { bodyOf } from './body.js'
import { expiryDay } from './calendar.js'
import type { Breach } from './prohibitions.js'
import { createClassify, type Classified, type Classify } from './classify.js'
import type {
  AccessRecorder,
  DraftEvent,
  FurtherRule,
  LookAgain,
  PreparedAccesses,
  Recorded,
  Refusal,
  ReportedAccess,
} from './model.js'
import {
  insertEvents,
  insertFlags,
  insertOperatorRefs,
  prepareRow,
  type Writing,
} from './store/record.js'

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
  /** What other rooms know against accesses, beside what the catalogue says. */
  readonly furtherRules: readonly FurtherRule[]
  /** What became of cited consents between judging and writing. */
  readonly lookAgain: LookAgain
}

/** Everything that the use cases below work with. */
interface Desk extends RecorderParts {
  readonly classify: Classify
  readonly writing: Writing
}

/** Makes the writing side of the access log. */
export function createRecorder(parts: RecorderParts, writing: Writing): AccessRecorder {
  const desk: Desk = { ...parts, writing, classify: createClassify(parts) }
  return {
    refusals: (accesses) => {
      const today = expiryDay(parts.clock.now())
      return accesses.flatMap((access, position) => {
        const outcome = desk.classify(access, today)
        return typeof outcome === 'string' ? [{ position, refusal: outcome }] : []
      })
    },
    prepare: (accesses) => prepare(desk, accesses),
    record: (trx, prepared) => record(desk, trx, prepared),
  }
}

async function prepare(desk: Desk, accesses: readonly ReportedAccess[]): Promise<PreparedAccesses> {
  const further = await furtherOf(desk, accesses)
  const now = desk.clock.now()
  const today = expiryDay(now)
  const recordedAt = now.toISOString()
  const drafts = accesses.map((access, position): DraftEvent => {
    const classified = accepted(desk.classify(access, today, further.get(position)))
    const occurredAt = access.occurredAt.toISOString()
    const { seqDigest, operatorDigest } = digestsOf(desk, access)
    return { access, classified, recordedAt, occurredAt, seqDigest, operatorDigest }
  })
  const commitments = desk.ledger.prepare(
    drafts.map((draft) => ({
      class: draft.classified.class,
      subject: draft.access.subject,
      body: bodyOfDraft(draft),
    })),
  )
  const parts = { writing: desk.writing, ruleId: (code: string) => ruleId(desk, code) }
  const rows = drafts.map((draft, at) => prepareRow(draft, commitments.salts[at] as Buffer, parts))
  const firstExpiry = drafts.map(({ classified }) => classified.expiresOn).sort()[0] ?? today
  return { drafts, rows, commitments, firstExpiry }
}

/** Everything that the rooms above know against the accesses, by position. */
async function furtherOf(
  { furtherRules }: RecorderParts,
  accesses: readonly ReportedAccess[],
): Promise<ReadonlyMap<number, readonly Breach[]>> {
  const found = await Promise.all(furtherRules.map((rule) => rule(accesses)))
  const all = new Map<number, readonly Breach[]>()
  for (const [position, breaches] of found.flatMap((one) => [...one])) {
    all.set(position, [...(all.get(position) ?? []), ...breaches])
  }
  return all
}

function accepted(outcome: Classified | Refusal): Classified {
  if (typeof outcome === 'string') throw new Error(`an access that is ${outcome} was not refused`)
  return outcome
}

/** Entries of the portal itself come from no stream, and most events name no member of staff. */
function digestsOf(
  { origins }: RecorderParts,
  { stream }: ReportedAccess,
): Pick<DraftEvent, 'seqDigest' | 'operatorDigest'> {
  if (stream === undefined) return { seqDigest: undefined, operatorDigest: undefined }
  const { operatorRef } = stream
  const { seqDigest, operatorDigest } = origins({ stream: stream.id, seq: stream.seq })
  return {
    seqDigest,
    operatorDigest: operatorRef === undefined ? undefined : operatorDigest(operatorRef),
  }
}

function bodyOfDraft(draft: DraftEvent): string {
  const { access, classified, recordedAt, occurredAt, seqDigest, operatorDigest } = draft
  return bodyOf({
    recordedAt,
    expiresOn: classified.expiresOn,
    occurredAt,
    operation: access.operation,
    channel: access.channel,
    source: access.source.code,
    recipient: access.recipient.code,
    unit: access.unit?.code,
    purpose: access.purpose.code,
    legalBasis: access.legalBasis.code,
    fields: access.fields.map(({ code }) => code),
    caseRef: access.caseRef,
    consentId: access.consentId,
    seqDigest,
    operatorDigest,
  })
}

async function record(desk: Desk, trx: Trx, prepared: PreparedAccesses): Promise<Recorded> {
  const { drafts, rows, commitments } = prepared
  const { writing } = desk
  const appended = await desk.ledger.append(trx, commitments)
  const { indices } = appended
  await insertEvents(trx, rows, { indices, writing })
  await insertFlags(trx, drafts, indices)
  await lookAgain(desk, trx, { drafts, indices })
  const refs = drafts.flatMap(({ access, classified }, at) => {
    const ref = access.stream?.operatorRef
    const index = indices[at] as number
    return ref === undefined
      ? []
      : [sealedRef(desk, { index, ref, expiresOn: classified.expiresOn })]
  })
  await insertOperatorRefs(trx, refs, writing)
  return appended
}

/** What cites no consent costs no statement; what is flagged already still has a recipient to be told. */
async function lookAgain(
  desk: Desk,
  trx: Trx,
  { drafts, indices }: Pick<PreparedAccesses, 'drafts'> & Pick<Recorded, 'indices'>,
): Promise<void> {
  const cited = new Set(drafts.flatMap(({ access }) => access.consentId ?? []))
  if (cited.size === 0) return
  await desk.lookAgain(trx, { consents: [...cited], from: Math.min(...indices) })
}

function sealedRef(
  { operatorKey, random }: RecorderParts,
  { index, ref, expiresOn }: { index: number; ref: string; expiresOn: string },
): { index: number; ref: Buffer; expiresOn: string } {
  const context = refContext(index)
  return { index, ref: seal(operatorKey, Buffer.from(ref), { context, random }), expiresOn }
}

const refContext = (index: number) => `mirat/operator-ref/v1/${index}`

/** Encrypts the pseudonym of whoever looked through this portal, as those that authorities deliver. */
export function createRefSealing(
  operatorKey: Buffer,
  random: Random,
): (index: number, ref: string) => Buffer {
  return (index, ref) => seal(operatorKey, Buffer.from(ref), { context: refContext(index), random })
}

/** Opens the encrypted pseudonym of whoever acted in an access; who may have it opened is asked by the room above. */
export function createRefOpening(operatorKey: Buffer): (index: number, sealed: Buffer) => string {
  return (index, sealed) => unseal(operatorKey, sealed, refContext(index)).toString()
}

function ruleId({ catalogue }: RecorderParts, code: string): number {
  const rule = catalogue.rules.byCode(code)
  if (rule === undefined) throw new Error(`the catalogue has no rule ${code}`)
  return rule.id
}
