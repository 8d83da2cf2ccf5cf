import type { Database } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Random } from '../platform/kernel/random.js'
import type { Proofs } from './proof.js'
import { CODE_LIFE_MS, type Choice } from './rules.js'
import {
  askProof,
  choose,
  dropAddress,
  prove,
  readChannel,
  type ProofEnd,
} from './store/channel.js'
import { readOwnMails, type OwnMail } from './store/mails.js'
import { traceOf } from './telling.js'

export type { ProofEnd } from './store/channel.js'
export type { OwnMail } from './store/mails.js'

/** What a resident has said about mails. */
export interface MailSettings {
  readonly choice: Choice
  /** Confirmed. */
  readonly address?: string
  readonly confirmedAt?: Date
  /** Since when its server refuses it for good. */
  readonly failingSince?: Date
  /** Not confirmed yet, and whether a code still counts. */
  readonly pending?: {
    readonly address: string
    readonly failed: boolean
    readonly isOpen: boolean
  }
  readonly mails: readonly OwnMail[]
}

/** The e-mail address of a resident, encrypted where it is stored. */
export interface Mailbox {
  read(actor: ResidentActor): Promise<MailSettings>
  /** Whether the address is one whose server refuses it: every inbox asks. */
  isFailing(actor: ResidentActor): Promise<boolean>
  /** Mails a code to an address; false after three within a day. */
  ask(
    actor: ResidentActor,
    asked: { readonly address: string; readonly choice: Choice },
  ): Promise<boolean>
  /** Confirms the address by the code. */
  prove(actor: ResidentActor, code: string): Promise<ProofEnd>
  choose(actor: ResidentActor, choice: Choice): Promise<void>
  /** Forgets the address; false where there is none. */
  drop(actor: ResidentActor): Promise<boolean>
}

/** What it is made of. */
export interface MailboxParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  readonly proofs: Proofs
}

/** Makes the use cases of the settings of mails. */
export function createMailbox(parts: MailboxParts): Mailbox {
  const { inTransaction, proofs } = parts
  const writing = (actor: ResidentActor) => ({ ...residentScope(actor), readOnly: false })
  return {
    read: (actor) => read(parts, actor),
    isFailing: async (actor) => {
      const channel = await inTransaction(residentScope(actor), readChannel)
      return channel?.failingSince instanceof Date
    },
    ask: (actor, { address, choice }) => {
      const { account } = actor
      const [code, trace] = [proofs.freshCode(), traceOf(parts)]
      return inTransaction(writing(actor), (trx) =>
        askProof(trx, {
          ...{ choice, trace },
          pending: proofs.sealAddress(account, address),
          codeHash: proofs.hashCode(account, code),
          content: proofs.sealCode(account, code),
          expiresAt: new Date(trace.at.getTime() + CODE_LIFE_MS),
        }),
      )
    },
    prove: (actor, code) =>
      inTransaction(writing(actor), (trx) =>
        prove(trx, proofs.hashCode(actor.account, code), traceOf(parts)),
      ),
    choose: (actor, choice) =>
      inTransaction(writing(actor), (trx) => choose(trx, choice, traceOf(parts))),
    drop: (actor) => inTransaction(writing(actor), (trx) => dropAddress(trx, traceOf(parts))),
  }
}

async function read(
  { inTransaction, clock, proofs }: MailboxParts,
  actor: ResidentActor,
): Promise<MailSettings> {
  const { channel, mails } = await inTransaction(residentScope(actor), async (trx) => ({
    channel: await readChannel(trx),
    mails: await readOwnMails(trx),
  }))
  if (channel === undefined) return { choice: 'none', mails }
  const { choice, address, confirmedAt, failingSince, pending, codeExpiresAt, triesLeft } = channel
  const opened = (sealed: Buffer) => proofs.openAddress(actor.account, sealed)
  const isOpen = codeExpiresAt !== null && codeExpiresAt > clock.now() && triesLeft > 0
  return {
    // Until the first address is confirmed nothing is mailed; what was asked for it is what is shown.
    choice: address === null ? (channel.pendingChoice ?? choice) : choice,
    mails,
    ...(address === null ? {} : { address: opened(address) }),
    ...(confirmedAt === null ? {} : { confirmedAt }),
    ...(failingSince === null ? {} : { failingSince }),
    ...(pending === null
      ? {}
      : { pending: { address: opened(pending), failed: channel.pendingFailed, isOpen } }),
  }
}
