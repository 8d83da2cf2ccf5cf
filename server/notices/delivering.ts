import type { Catalogue } from '../catalogue/index.js'
import type { Outbound } from '../platform/http/outbound.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { ClaimSigner } from '../platform/kernel/signing.js'
import type { Log } from '../platform/log.js'
import { afterTry, mayBeSent, type Outcome } from './answer.js'

/** A message to one party that is due. */
export interface DueMessage {
  /** Id of the message, by which the party knows a repeat. */
  readonly notice: string
  /** Catalogue number. */
  readonly recipient: number
  /** This one counted. */
  readonly tries: number
  /** Absent where the party is not connected. */
  readonly url: string | undefined
}

/** What every delivery is made of. */
export interface DeliveryParts {
  readonly catalogue: Pick<Catalogue, 'parties'>
  readonly clock: Clock
  readonly log: Log
  /** The portal's origin: who tells. */
  readonly origin: string
  readonly signer: ClaimSigner
  readonly outbound: Outbound
}

/** One kind of message: where it waits, and what it says. */
export interface Mailing<Due extends DueMessage> {
  /** `typ` of the message (RFC 8725 section 3.11). */
  readonly type: string
  /** Takes what is due, each at most once until its pause is over. */
  take(at: Date, most: number): Promise<readonly Due[]>
  /** Writes down what came of sending one. */
  settle(sent: {
    readonly notice: string
    readonly state: Outcome
    readonly at: Date
  }): Promise<void>
  /** Whether nothing of it may stand in the log: nobody may know that there are such messages. */
  readonly isQuiet?: boolean
  /** What it says besides who tells whom and when; nothing where that is erased. */
  says(due: Due): Readonly<Record<string, unknown>> | undefined
}

/** Signed messages to other offices. */
export interface Sending {
  /** Sends what is due; how many messages there were. Never throws for what happens outside. */
  send(): Promise<number>
}

/** How long a signed message counts (seconds). */
const LIFE_S = 30
/** Sent at a time, and in one turn: a turn comes every minute. */
const AT_ONCE = 8
const MOST_ROUNDS = 25

/** Makes the way of one kind of message: signed, tried again and again, settled by the answer. */
export function createDelivery<Due extends DueMessage>(
  parts: DeliveryParts,
  mailing: Mailing<Due>,
): Sending {
  return {
    send: async () => {
      let sent = 0
      for (let round = 0; round < MOST_ROUNDS; round++) {
        // No connection to the database waits for an office: taking ends before anybody is told.
        const due = await mailing.take(parts.clock.now(), AT_ONCE)
        await Promise.all(due.map((message) => tell(parts, mailing, message)))
        sent += due.length
        if (due.length === 0) break
      }
      return sent
    },
  }
}

async function tell<Due extends DueMessage>(
  parts: DeliveryParts,
  mailing: Mailing<Due>,
  due: Due,
): Promise<void> {
  const { clock, catalogue, log } = parts
  const { state, code } = await outcomeOf(parts, mailing, due)
  const office = catalogue.parties.byId(due.recipient)?.code ?? ''
  if (code !== '' && mailing.isQuiet !== true) log.info('notice.failed', { office, code })
  await mailing.settle({ notice: due.notice, state, at: clock.now() })
}

async function outcomeOf<Due extends DueMessage>(
  parts: DeliveryParts,
  mailing: Mailing<Due>,
  due: Due,
): Promise<{ readonly state: Outcome; readonly code: string }> {
  const { url, recipient, tries } = due
  const isSendable = url !== undefined && mayBeSent(parts.catalogue.parties.byId(recipient))
  if (!isSendable) return { state: 'to_print', code: '' }
  const said = mailing.says(due)
  if (said === undefined) return { state: 'failed', code: 'erased' }
  const body = await parts.signer.sign(mailing.type, { ...envelopeOf(parts, due, url), ...said })
  const answer = await parts.outbound({ url, post: { type: 'application/jose', body } })
  const state = afterTry(answer, tries)
  if (state === 'acknowledged') return { state, code: '' }
  return { state, code: answer.kind === 'failed' ? answer.why : `status_${answer.status}` }
}

/** Who tells whom and when: the id is the message's own, so that the office knows a repeat. */
function envelopeOf({ catalogue, clock, origin }: DeliveryParts, due: DueMessage, url: string) {
  const iat = Math.floor(clock.now().getTime() / 1000)
  return {
    ...{ iss: origin, aud: new URL(url).origin, iat, exp: iat + LIFE_S, jti: due.notice },
    office: catalogue.parties.byId(due.recipient)?.code,
  }
}
