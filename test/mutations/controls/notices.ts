import type { Control } from '../control.js'

const TABLES = 'migrations/0027_notices_messages.ts'
const UNPROVED = 'migrations/0042_notices_unproved.ts'
const FORMER = 'migrations/0036_notices_former.ts'
const MAIL = 'server/platform/mail.ts'
const INBOX_TEST = 'test/notices/inbox.test.ts'
const ADDRESS_TEST = 'test/notices/address.test.ts'
const POSTING_TEST = 'test/notices/posting.test.ts'
const OCCASIONS_TEST = 'test/notices/occasions.test.ts'
const MAIL_TEST = 'test/platform/mail.test.ts'
const MAILS_TEST = 'test/notices/mail.test.ts'

/** What a message may hold and who reads it; what a mail may say and where it goes. */
export const NOTICES: readonly Control[] = [
  {
    id: 'message-codes',
    prevents: 'A name or a sentence stands in a message.',
    edits: [
      {
        file: 'server/notices/telling.ts',
        find: 'if (wrong.length > 0) throw',
        replace: 'if (false) throw',
      },
    ],
    killedBy: { file: INBOX_TEST, test: 'holds codes alone' },
  },
  {
    id: 'message-codes-stored',
    prevents: 'A sentence reaches the table of messages past the application.',
    edits: [{ file: TABLES, find: '[A-Za-z0-9.:_-]{1,60}"(, )?)*', replace: '[^"]{1,60}"(, )?)*' }],
    killedBy: { file: INBOX_TEST, test: 'holds codes alone' },
  },
  {
    id: 'message-owner',
    prevents: 'A resident reads the messages of others.',
    edits: [
      {
        file: TABLES,
        find: 'for select to ${roles.web_resident}\n    using (account = ${OWN});',
        replace: 'for select to ${roles.web_resident}\n    using (true);',
      },
    ],
    killedBy: { file: INBOX_TEST, test: 'is nobody else’s' },
  },
  {
    id: 'message-letter',
    prevents: 'Whoever opened a letter reads what was decided.',
    edits: [
      {
        file: 'server/notices/rules.ts',
        find: "assurance === 'letter' ? codes",
        replace: 'false ? codes',
      },
    ],
    killedBy: { file: INBOX_TEST, test: 'does not exist for whoever opened a letter' },
  },
  {
    id: 'reminder-once',
    prevents: 'A late answer is told every day, and once more for every crash.',
    edits: [
      {
        file: 'server/rectification/upkeep.ts',
        find: ', once: `${reference}.${day}`',
        replace: '',
      },
    ],
    killedBy: { file: OCCASIONS_TEST, test: 'is told a week before and once it is late' },
  },
  {
    id: 'loss-told',
    prevents:
      'Somebody reports a device of another person as lost, and the owner does not hear of it.',
    edits: [
      {
        file: 'server/identity/issuing.ts',
        find: 'await parts.tell(trx, newsOfCode(subject, told))',
        replace: 'void newsOfCode(subject, told)',
      },
    ],
    killedBy: { file: OCCASIONS_TEST, test: 'is told and mailed at once' },
  },
  {
    id: 'mail-one-address',
    prevents: 'A mail reaches a second address that was typed behind the first.',
    edits: [{ file: MAIL, find: 'if (!ONE_ADDRESS.test(to))', replace: 'if (false)' }],
    killedBy: { file: MAIL_TEST, test: 'goes to nobody but its address' },
  },
  {
    id: 'mail-encryption',
    prevents: 'Mails cross a network unencrypted because a server offers nothing better.',
    edits: [{ file: MAIL, find: 'requireTLS: !plain', replace: 'requireTLS: false' }],
    killedBy: { file: MAIL_TEST, test: 'is not sent without encryption' },
  },
  {
    id: 'mail-certificate',
    prevents: 'Mails are handed to whoever stands in for the server.',
    edits: [
      {
        file: MAIL,
        find: "tls: { minVersion: 'TLSv1.2' }",
        replace: "tls: { minVersion: 'TLSv1.2', rejectUnauthorized: false }",
      },
    ],
    killedBy: { file: MAIL_TEST, test: 'a certificate that nobody vouches for' },
  },
  {
    id: 'address-controls',
    prevents: 'A line end in an address adds a header, or a second recipient.',
    edits: [
      {
        file: 'server/notices/address.ts',
        find: "if (CONTROL.test(text)) return refuse('control')",
        replace: '',
      },
    ],
    killedBy: { file: ADDRESS_TEST, test: 'is refused with a sentence of its own' },
  },
  {
    id: 'address-account',
    prevents: 'An address is moved to the row of another account.',
    edits: [
      {
        file: 'server/notices/proof.ts',
        find: 'mirat/notice-${matter}/v1/${account}',
        replace: 'mirat/notice-${matter}/v1/${account.slice(0, 0)}',
      },
    ],
    killedBy: { file: ADDRESS_TEST, test: 'is stored encrypted, and for its account alone' },
  },
  {
    id: 'address-code-tries',
    prevents: 'Somebody tries codes for the address of another person until one fits.',
    edits: [{ file: UNPROVED, find: 'tries_left = c.tries_left - 1', replace: 'tries_left = 5' }],
    killedBy: { file: ADDRESS_TEST, test: 'is over after five wrong ones' },
  },
  {
    id: 'address-codes-a-day',
    prevents: 'Somebody floods the mailbox of another person with codes.',
    edits: [
      { file: UNPROVED, find: '>= 3 then return false', replace: '>= 300 then return false' },
    ],
    killedBy: { file: ADDRESS_TEST, test: 'gets three codes a day at most' },
  },
  {
    id: 'address-before',
    prevents: 'Whoever took an account over moves the warnings, and the owner hears nothing.',
    edits: [
      {
        file: FORMER,
        find: 'where keep_former.address is not null',
        replace: 'where false',
      },
    ],
    killedBy: { file: MAILS_TEST, test: 'is told so itself' },
  },
  {
    id: 'address-before-first',
    prevents:
      'Whoever took an account over removes the new address at once, and the owner hears nothing.',
    edits: [{ file: FORMER, find: "where m.state <> 'waiting'", replace: 'where true' }],
    killedBy: { file: MAILS_TEST, test: 'is told even where the one after it is removed' },
  },
  {
    id: 'address-silenced',
    prevents:
      'Whoever took an account over chooses no mails, and the warning that waits never leaves.',
    edits: [
      {
        file: UNPROVED,
        find: 'update notices.mail m set next_at = notices.mail_due(choose.choice',
        replace:
          "update notices.mail m set state = 'done', next_at = notices.mail_due(choose.choice",
      },
    ],
    killedBy: {
      file: POSTING_TEST,
      test: 'follows the choice: at once after "each time", never after "never"',
    },
  },
  {
    id: 'address-unproved-choice',
    prevents: 'An address that nobody has proved silences the one that is.',
    edits: [
      {
        file: UNPROVED,
        find: 'update notices.channel c set pending = ask_proof.pending,',
        replace:
          'update notices.channel c set choice = ask_proof.choice, pending = ask_proof.pending,',
      },
    ],
    killedBy: { file: ADDRESS_TEST, test: 'is told in the inbox, and changes nothing' },
  },
  {
    id: 'address-late-answer',
    prevents: 'A refusal of one address marks the next one as failing.',
    edits: [
      {
        file: TABLES,
        find: "(m.kind = 'news' or m.wanted = settle_mail.taken)",
        replace: 'true',
      },
    ],
    killedBy: { file: POSTING_TEST, test: 'changes nothing about another one' },
  },
]
