import type { Database } from '../database.js'
import type { TellAccount } from '../identity/index.js'
import {
  createInbox,
  createMailbox,
  createPosting,
  createProofs,
  createTell,
  createTellWayIn,
  wordingOf,
  type Inbox,
  type Mailbox,
  type Posting,
  type Tell,
  type Voice,
} from '../notices/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { GERMAN, languageOf } from '../platform/http/languages.js'
import type { Texts } from '../platform/http/texts.js'
import { createMailer } from '../platform/mail.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'

/** The room of notices, and what it hands to the rooms below and above. */
export interface Notices {
  readonly inbox: Inbox
  readonly mailbox: Mailbox
  readonly tell: Tell
}

/** Makes the room. */
export function noticesOf(
  installation: Installation,
  inTransaction: InTransaction<Database>,
): Notices {
  const { clock, random } = installation
  const tell = createTell({ clock, random })
  return {
    tell,
    inbox: createInbox({ inTransaction, clock, tell }),
    mailbox: createMailbox({ inTransaction, clock, random, proofs: proofsOf(installation) }),
  }
}

/** What identity tells, in the words of this room: it stands below and knows no room above. */
export function accountTelling(
  { catalogue, clock, random }: Installation,
  tell: Tell,
): TellAccount {
  const tellWayIn = createTellWayIn({ clock, random })
  return (trx, { subject, code, office, from }) => {
    if (code === 'passkey_added' || code === 'eid_added') return tellWayIn(trx, { subject, code })
    const party = office === undefined ? undefined : catalogue.parties.byId(office)?.code
    return tell(trx, {
      ...{ subject, code },
      params: {
        ...(party === undefined ? {} : { office: party }),
        ...(from === undefined ? {} : { time: from.toISOString() }),
      },
    })
  }
}

/** The way by which mails leave; without a mail server none does. */
export function postingOf(
  installation: Installation,
  { inTransaction, texts }: { inTransaction: InTransaction<Database>; texts: Texts },
): Posting {
  const { clock, config, log } = installation
  const german: Voice = { t: texts.in(GERMAN), language: GERMAN }
  return createPosting({
    ...{ inTransaction, clock, log, proofs: proofsOf(installation) },
    deliver: config.mail && createMailer(config.mail.server, config.mail.from),
    wordingIn: (tag, code) => {
      const language = languageOf(tag) ?? GERMAN
      const own = language.tag === GERMAN.tag ? [] : [{ t: texts.in(language), language }]
      return wordingOf([german, ...own], code)
    },
  })
}

function proofsOf({ secrets, random }: Installation) {
  return createProofs(derivedKey(secrets.accountKey, 'notices'), random)
}
