import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Outbound } from '../platform/http/outbound.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { ClaimSigner } from '../platform/kernel/signing.js'
import type { Log } from '../platform/log.js'
import type { DecisionText } from './decision.js'
import type { CaseKeys } from './keys.js'
import { settleNotice, takeNotices, type DueNotice } from './store/notices.js'
import { afterTry, mayBeSent, type Told } from './telling.js'
import type { Wanted } from './statement.js'

/** What telling offices is made of. */
export interface SendingParts {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly log: Log
  readonly keys: CaseKeys
  /** The portal's origin: who tells. */
  readonly origin: string
  readonly signer: ClaimSigner
  readonly outbound: Outbound
  /** A value as registers write it, in German. */
  readonly textsOf: (wanted: Wanted) => readonly string[]
}

/** Tells offices of decisions (GDPR Article 19; AZRG § 38). */
export interface Sending {
  /**
   * Sends what is due; how many notices there were that people may know of. What is withheld follows behind
   * it, and nobody waits for it. Never throws for what happens outside.
   */
  send(): Promise<number>
}

/** `typ` of a decision (RFC 8725 section 3.11). */
export const CORRECTION_TYPE = 'correction+jwt'
/** How long a signed message counts (seconds). */
const LIFE_S = 30
/** Sent at a time, and in one turn: a turn comes every minute. */
const AT_ONCE = 8
const MOST_ROUNDS = 25

const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes the way by which decisions reach offices. */
export function createSending(parts: SendingParts): Sending {
  let behind: Promise<unknown> | undefined
  return {
    send: async () => {
      try {
        return await rounds(parts, false)
      } finally {
        // In nobody's turn: neither the next round nor another job is late because an office is slow of which
        // nobody may know. What cannot be written down is due again after its pause, and nothing is logged.
        behind ??= rounds(parts, true)
          .catch(() => undefined)
          .finally(() => (behind = undefined))
      }
    },
  }
}

/** Rounds of what people may know of, or of what is withheld: never of both, so that neither waits for the other. */
async function rounds(parts: SendingParts, withheld: boolean): Promise<number> {
  const { inTransaction, clock } = parts
  let sent = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    // No connection to the database waits for an office: taking ends before anybody is told.
    const due = await inTransaction(WORKER, (trx) =>
      takeNotices(trx, { at: clock.now(), most: AT_ONCE, withheld }),
    )
    const ends = await Promise.all(due.map((notice) => tell(parts, notice)))
    if (!withheld) for (const end of ends) noteFailure(parts, end)
    sent += due.length
    if (due.length === 0) break
  }
  return sent
}

function noteFailure({ catalogue, log }: SendingParts, { recipient, code }: End): void {
  const office = catalogue.parties.byId(recipient)
  if (code !== '') log.info('notice.failed', { office: office?.code ?? '', code })
}

/** What came of telling an office: a code where it is not done. */
interface End {
  readonly recipient: number
  readonly code: string
}

async function tell(parts: SendingParts, notice: DueNotice): Promise<End> {
  const { inTransaction, clock } = parts
  const { state, code } = await outcomeOf(parts, notice)
  await inTransaction(WORKER, (trx) =>
    settleNotice(trx, { notice: notice.notice, state, at: clock.now() }),
  )
  return { recipient: notice.recipient, code }
}

async function outcomeOf(
  parts: SendingParts,
  notice: DueNotice,
): Promise<{ readonly state: Told; readonly code: string }> {
  const { url, recipient, tries } = notice
  const isSendable = url !== undefined && mayBeSent(parts.catalogue.parties.byId(recipient))
  if (!isSendable) return { state: 'to_print', code: '' }
  const claims = claimsOf(parts, { ...notice, url })
  if (claims === undefined) return { state: 'failed', code: 'erased' }
  const body = await parts.signer.sign(CORRECTION_TYPE, claims)
  const answer = await parts.outbound({ url, post: { type: 'application/jose', body } })
  const state = afterTry(answer, tries)
  if (state === 'acknowledged') return { state, code: '' }
  return { state, code: answer.kind === 'failed' ? answer.why : `status_${answer.status}` }
}

/**
 * The message. Its id is the notice's, so that the office knows a repeat. The value is decrypted here and
 * nowhere before; nothing where its key is deleted.
 */
function claimsOf(
  { catalogue, clock, keys, origin, textsOf }: SendingParts,
  notice: DueNotice & { readonly url: string },
): Readonly<Record<string, unknown>> | undefined {
  const { request, reference, decidedAt, caseKey, content, number } = notice
  if (caseKey === undefined || content === undefined || decidedAt === undefined) return undefined
  const decision = keys.of(request, caseKey).open(`event/${number}`, content) as DecisionText
  const field = catalogue.fields.byId(notice.field)?.code
  const further = decision.also?.find((entry) => entry.field === field)
  const written = further?.wanted ?? decision.value
  const [value, ...more] = written === undefined ? [] : textsOf(written)
  const iat = Math.floor(clock.now().getTime() / 1000)
  return {
    iss: origin,
    aud: new URL(notice.url).origin,
    iat,
    exp: iat + LIFE_S,
    jti: notice.notice,
    sub: notice.subject,
    office: catalogue.parties.byId(notice.recipient)?.code,
    field,
    outcome: notice.outcome,
    reference,
    decidedAt: decidedAt.toISOString(),
    ...(value === undefined ? {} : { value: more.length > 0 ? [value, ...more] : value }),
  }
}
