import type { Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import {
  residentScope,
  staffScope,
  type ResidentActor,
  type StaffActor,
} from '../identity/index.js'
import { foundOr, type ConsentParts } from './parts.js'
import { readConsent, readConsentById } from './store/consents.js'
import { markPrinted, readLetters, readNotices, type StoredNotice } from './store/notices.js'
import type { NoticeState } from './rules.js'

/** A party that is told of a withdrawal, as people read it. */
export interface ToldParty {
  readonly party: Party
  /** `to_print` and `failed` wait for a person at the controller. */
  readonly state: NoticeState
  readonly withdrawnAt: Date
  /** When the withdrawal was recorded: the time until it is acknowledged counts from here. */
  readonly madeAt: Date
  readonly sentAt?: Date
  readonly acknowledgedAt?: Date
}

/** A letter that a controller has to print and send, or its own register that it has to correct. */
export interface WaitingLetter extends ToldParty {
  readonly notice: string
  /** Reference of the consent. */
  readonly reference: string
  /** Whether it is the controller's own register. */
  readonly isOwn: boolean
}

/** Who is told of withdrawals. Withheld recipients are told like others and stand nowhere here. */
export interface ConsentNotices {
  /** Who is told that an own consent was withdrawn, and when; NOT_FOUND for another's. */
  told(actor: ResidentActor, reference: string): Promise<readonly ToldParty[]>
  /** What waits at the controller because no machine can tell it, the longest waiting first. */
  letters(actor: StaffActor): Promise<readonly WaitingLetter[]>
  /** Notes that a letter was sent, or that the own register is in order; NOT_FOUND where nothing waits. */
  printed(actor: StaffActor, notice: string): Promise<void>
}

const MOST_LETTERS = 100

/** Makes the reading side of it. */
export function createConsentNotices(
  parts: Pick<ConsentParts, 'inTransaction' | 'catalogue' | 'clock'>,
): ConsentNotices {
  const { inTransaction, catalogue, clock } = parts
  const toldOf = ({ recipient, consent: _, ...told }: StoredNotice): readonly ToldParty[] => {
    const party = catalogue.parties.byId(recipient)
    return party === undefined ? [] : [{ party, ...told }]
  }
  return {
    told: (actor, reference) =>
      inTransaction(residentScope(actor), async (trx) => {
        const { consent } = foundOr(await readConsent(trx, reference))
        return (await readNotices(trx, consent)).flatMap(toldOf)
      }),
    letters: (actor) =>
      inTransaction(staffScope(actor), async (trx) => {
        const letters: WaitingLetter[] = []
        for (const row of await readLetters(trx, MOST_LETTERS)) {
          const { notice, ...stored } = row
          const isOwn = row.recipient === actor.office
          const reference = await referenceOf(trx, row.consent)
          letters.push(...toldOf(stored).map((told) => ({ ...told, notice, reference, isOwn })))
        }
        return letters
      }),
    printed: (actor, notice) =>
      inTransaction(staffScope(actor), async (trx) => {
        foundOr((await markPrinted(trx, notice, clock.now())) || undefined)
      }),
  }
}

async function referenceOf(trx: Trx, consent: string): Promise<string> {
  return foundOr(await readConsentById(trx, consent)).reference
}
