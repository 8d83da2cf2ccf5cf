import type { Control } from '../control.js'

const CODES = 'migrations/0011_identity_codes.ts'
const KEYS = 'migrations/0012_identity_passkeys.ts'
const STAFF = 'migrations/0094_identity_further_offices.ts'
const KEPT = 'migrations/0094_identity_further_offices.ts'
const KEPT_TEST = 'test/identity/kept-forms.test.ts'
const PASSKEYS_TEST = 'test/identity/passkeys.test.ts'
const REDEEMING = 'test/identity/redeeming.test.ts'
const SESSIONS = 'test/identity/sessions.test.ts'
const JOURNEY = 'test/journeys/sign-in.test.ts'

/** Who is let in with a code, for how long, and what is left behind. */
export const SIGN_IN: readonly Control[] = [
  {
    id: 'safe-next',
    prevents: 'A link of ours leads to a page of somebody else after the sign-in.',
    edits: [
      {
        file: 'server/identity/forms.ts',
        find: "NEXT.test(raw) && !raw.includes('..')",
        replace: 'true',
      },
    ],
    killedBy: { file: PASSKEYS_TEST, test: 'never leads to' },
  },
  {
    id: 'session-idle',
    prevents: 'Whoever comes to a computer an hour later is still signed in as the one before.',
    edits: [{ file: STAFF, find: 'and s.seen_at + idle > at', replace: '' }],
    killedBy: { file: SESSIONS, test: 'ends after a quarter of an hour without a click' },
  },
  {
    id: 'session-life',
    prevents: 'A session that is kept busy lives for ever.',
    edits: [{ file: STAFF, find: 'and s.ends_at > at and s.seen_at', replace: 'and s.seen_at' }],
    killedBy: { file: SESSIONS, test: 'ends after its life, however busy' },
  },
  {
    id: 'session-hash',
    prevents: 'Whoever reads the database takes over the sessions in it.',
    edits: [
      {
        file: 'server/identity/tokens.ts',
        find: "createHash('sha256').update(token).digest()",
        replace: "Buffer.from(token, 'base64url')",
      },
    ],
    killedBy: { file: SESSIONS, test: 'is known to the database by the hash of its token alone' },
  },
  {
    id: 'session-replaced',
    prevents: 'A session that was open before goes on beside the one that just began.',
    edits: [
      {
        file: 'server/platform/http/mount.ts',
        find: 'await sessions.end(token)',
        replace: 'await 0',
      },
    ],
    killedBy: { file: SESSIONS, test: 'ends where its browser begins another one' },
  },
  {
    id: 'code-tries',
    prevents: 'Whoever finds a letter tries every year of birth.',
    edits: [
      { file: CODES, find: 'set tries_left = c.tries_left - 1', replace: 'set tries_left = 5' },
    ],
    killedBy: { file: REDEEMING, test: 'forgives five wrong ones' },
  },
  {
    id: 'code-birth-year',
    prevents: 'Whoever opens the letter signs in as the one whom it was sent to.',
    edits: [
      { file: CODES, find: 'if found_code.birth_year_hash is not null\n', replace: 'if false\n' },
    ],
    killedBy: { file: REDEEMING, test: 'needs the year of birth' },
  },
  {
    id: 'code-once',
    prevents: 'A code that was used opens the account again for whoever finds the sheet.',
    edits: [{ file: CODES, find: 'found_code.used_at is not null or ', replace: '' }],
    killedBy: { file: REDEEMING, test: 'opens once' },
  },
  {
    id: 'code-expiry',
    prevents: 'A forgotten sheet opens an account years later.',
    edits: [{ file: CODES, find: ' or at >= found_code.expires_at', replace: '' }],
    killedBy: { file: REDEEMING, test: 'counts for 21 days' },
  },
  {
    id: 'code-keyed-hash',
    prevents: 'Whoever reads the table of codes learns everybody’s year of birth from ten tries.',
    edits: [
      {
        file: 'server/identity/codes.ts',
        find: "mac('birth-year', `${code}\\0${year}`)",
        replace: "mac('birth-year', `${year}`)",
      },
    ],
    killedBy: { file: 'test/identity/codes.test.ts', test: 'is stored under a key' },
  },
  {
    id: 'guess-limit',
    prevents: 'One network tries codes until one fits.',
    edits: [{ file: 'server/identity/sign-in.ts', find: '>= MOST_WRONG', replace: '>= Infinity' }],
    killedBy: { file: REDEEMING, test: 'ends after thirty wrong codes from one network' },
  },
  {
    id: 'guess-network',
    prevents: 'A household with a million addresses has a million times the tries.',
    edits: [{ file: 'server/identity/codes.ts', find: '.slice(0, 4).join', replace: '.join' }],
    killedBy: { file: 'test/identity/codes.test.ts', test: 'is its address, or the network' },
  },
  {
    id: 'constant-answer-time',
    prevents: 'The time of the answer tells whether a code exists.',
    edits: [
      {
        file: 'server/platform/http/hold.ts',
        find: 'if (rest > 0) await setTimeout(rest)',
        replace: 'if (rest > 0) await setTimeout(0)',
      },
    ],
    killedBy: { file: 'test/platform/hold.test.ts', test: 'takes its least time' },
  },
  {
    id: 'answer-time-of-codes',
    prevents: 'The page that takes codes is left out where answers are held back.',
    edits: [
      { file: 'server/identity/routes/sign-in.ts', find: 'leastMs: ANSWER_MS,', replace: '' },
    ],
    killedBy: { file: REDEEMING, test: 'is answered as late as every other' },
  },
  {
    id: 'client-address',
    prevents: 'A client makes up another address for every guess.',
    edits: [
      {
        file: 'server/platform/http/client.ts',
        find: 'isIP(ip) > 0 ? ip : ',
        replace: "ip !== '' ? ip : ",
      },
    ],
    killedBy: {
      file: 'test/platform/client.test.ts',
      test: 'is the proxy’s where the proxy says no address',
    },
  },
  {
    id: 'letters-a-day',
    prevents: 'Somebody has letter after letter sent until one is intercepted.',
    edits: [
      {
        file: CODES,
        find: "if issue_code.assurance = 'letter' and exists",
        replace: 'if false and exists',
      },
    ],
    killedBy: { file: REDEEMING, test: 'sends one letter in 24 hours' },
  },
  {
    id: 'codes-of-a-clerk',
    prevents: 'One clerk opens the accounts of a whole town in a day.',
    edits: [{ file: CODES, find: '>= 40 then', replace: '>= 4000 then' }],
    killedBy: { file: REDEEMING, test: 'stops a clerk who issues forty codes a day' },
  },
  {
    id: 'sheet-of-the-issuer',
    prevents: 'Another member of staff reads a code that a colleague issued.',
    edits: [{ file: CODES, find: ' and c.issued_by = sheet_of.issued_by', replace: '' }],
    killedBy: { file: REDEEMING, test: 'shows a sheet to whoever issued it' },
  },
  {
    id: 'sheet-printed-once',
    prevents: 'The code can be read again at the desk after it was handed over.',
    edits: [
      {
        file: CODES,
        find: 'set sheet = null\n      where c.code = empty_sheet.code',
        replace: 'set sheet = c.sheet\n      where c.code = empty_sheet.code',
      },
    ],
    killedBy: { file: REDEEMING, test: 'shows a sheet to whoever issued it' },
  },
  {
    id: 'recovery-ends-all',
    prevents: 'Whoever took a phone stays signed in after its owner reported the loss.',
    edits: [{ file: CODES, find: 'if found_code.recovery then', replace: 'if false then' }],
    killedBy: {
      file: JOURNEY,
      test: 'ends with a code from the counter what the old phone could open',
    },
  },
  {
    id: 'recovery-by-letter-waits',
    prevents:
      'Whoever takes letters out of a mailbox takes over an account before its owner notices.',
    edits: [
      {
        file: CODES,
        find: "if issue_code.recovery and issue_code.assurance = 'letter' then",
        replace: 'if false then',
      },
    ],
    killedBy: { file: JOURNEY, test: 'waits three days for a code by post' },
  },
  {
    id: 'kept-form-owner',
    prevents: 'A form that came too late is shown to the next one who signs in.',
    edits: [
      {
        file: KEPT,
        find: 'on k.account = s.account or k.staff = coalesce(s.post, s.staff)',
        replace: 'on true',
      },
    ],
    killedBy: { file: KEPT_TEST, test: 'is nobody else’s' },
  },
  {
    id: 'kept-form-page',
    prevents: 'What was typed into one form is put into another one, which asks for other rights.',
    edits: [{ file: KEPT, find: 'and k.page = kept_form_of.page and', replace: 'and' }],
    killedBy: { file: KEPT_TEST, test: 'opens on its own page alone' },
  },
  {
    id: 'account-deleted',
    prevents: 'Deleting the account leaves behind who had it and what opens it.',
    edits: [
      {
        file: KEYS,
        find: 'delete from identity.account a where a.account = ${OWN}',
        replace: 'delete from identity.session a where a.account = ${OWN}',
      },
    ],
    killedBy: {
      file: 'test/identity/leaving.test.ts',
      test: 'an account that is deleted opens nothing',
    },
  },
  {
    id: 'letter-sees-kinds',
    prevents:
      'Whoever opens a letter learns the town and the file number of the one it was sent to.',
    edits: [
      {
        file: 'server/overview/sight.ts',
        find: "return assurance === 'letter' ? 'kinds' : 'details'",
        replace: "return assurance ? 'details' : 'kinds'",
      },
    ],
    killedBy: {
      file: 'test/overview/service.test.ts',
      test: 'sees neither unit, case number, place nor proof of an access',
    },
  },
]
