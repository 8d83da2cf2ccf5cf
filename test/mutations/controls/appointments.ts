import type { Control } from '../control.js'

const BOOK = 'server/appointments/book.ts'
const RULES = 'server/appointments/rules.ts'
const ROOM = 'migrations/0123_appointments_appointments.ts'
const TESTS = 'test/appointments/appointments.test.ts'
const TELLING = 'test/appointments/telling.test.ts'
const WHOLE = 'test/oversight/misuse.test.ts'
const SINGLE = 'test/appointments/explanation.test.ts'

/** What keeps appointments from explaining what they must not, and from being told to others. */
export const APPOINTMENT_CONTROLS: readonly Control[] = [
  {
    id: 'appointment-once',
    prevents: 'An appointment that is told again becomes another entry of the log.',
    edits: [
      {
        file: BOOK,
        find: 'last.version === reported.version &&',
        replace: 'last.version === 0 &&',
      },
      { file: BOOK, find: 'reported.version > last.version', replace: 'reported.version > 0' },
    ],
    killedBy: { file: TELLING, test: 'has each noted once, however often it tells' },
  },
  {
    id: 'appointment-version',
    prevents: 'A request that comes again late brings back what was changed or called off.',
    edits: [
      {
        file: BOOK,
        find: 'return last === undefined || reported.version > last.version',
        replace: 'return last === undefined || reported.version > 0',
      },
    ],
    killedBy: { file: TELLING, test: 'changes and calls off with a higher version' },
  },
  {
    id: 'appointment-late',
    prevents: 'A version that comes late counts, because a higher one said what was known.',
    edits: [
      {
        file: BOOK,
        find: 'return last === undefined || reported.version > last.version',
        replace:
          'return last === undefined || (reported.version > last.version && saysOtherwise(reported, last))',
      },
    ],
    killedBy: { file: TELLING, test: 'has a version remembered that says the same' },
  },
  {
    id: 'appointment-crowd',
    prevents: 'An office tells of thousands of appointments of one person.',
    edits: [
      {
        file: 'server/appointments/rules.ts',
        find: 'export const MOST_ON_DAY = 5',
        replace: 'export const MOST_ON_DAY = 5_000',
      },
    ],
    killedBy: { file: TELLING, test: 'is refused more than five of a person on a day' },
  },
  {
    id: 'appointment-name',
    prevents: 'A file number of an office can be tried out against a copy of the database.',
    edits: [
      {
        file: BOOK,
        find: 'preparedHmac(key)',
        replace: 'preparedHmac(key.subarray(0, 0))',
      },
    ],
    killedBy: { file: TELLING, test: 'has its names for appointments hidden by a key' },
  },
  {
    id: 'appointment-over',
    prevents: 'An office that looked tells of a day that was over, and then reports the look.',
    edits: [
      {
        file: RULES,
        find: 'if (toldAt > access.occurredAt && past > 0) return false',
        replace: 'if (toldAt > access.occurredAt && past > 99) return false',
      },
    ],
    killedBy: { file: SINGLE, test: 'nothing told after it of the day before' },
  },
  {
    id: 'appointment-person',
    prevents: 'An appointment of one person becomes that of another.',
    edits: [
      { file: BOOK, find: 'last.subject !== reported.subject', replace: "last.subject === ''" },
    ],
    killedBy: { file: TELLING, test: 'is refused a reference twice, for another person' },
  },
  {
    id: 'appointment-before',
    prevents: 'An office tells of an appointment afterwards, and its look is explained.',
    edits: [
      {
        file: RULES,
        find: 'if (from > access.index || access.index > to) return false',
        replace: 'if (from < 0 || to < 0) return false',
      },
    ],
    killedBy: { file: SINGLE, test: 'nothing that stood in the log before it' },
  },
  {
    id: 'appointment-hindsight',
    prevents: 'An office looks, tells of an appointment, and reports the look at last.',
    edits: [
      { file: RULES, find: 'const LATEST = 86_400_000', replace: 'const LATEST = 86_400_000_000' },
    ],
    killedBy: { file: SINGLE, test: 'nothing in hindsight' },
  },
  {
    id: 'appointment-afterwards',
    prevents:
      'Looks without a case disappear among explained ones once appointments are told of afterwards.',
    edits: [
      {
        file: RULES,
        find: 'if (from > access.index || access.index > to) return false',
        replace: 'if (from < 0 || to < 0) return false',
      },
      { file: RULES, find: 'const LATEST = 86_400_000', replace: 'const LATEST = 86_400_000_000' },
      {
        file: RULES,
        find: 'dayOf(toldAt)) > 1) return',
        replace: 'dayOf(toldAt)) > 1e9) return',
      },
      {
        file: RULES,
        find: 'if (toldAt > access.occurredAt && past > 0) return false',
        replace: 'if (toldAt > access.occurredAt && past > 1e9) return false',
      },
    ],
    killedBy: { file: WHOLE, test: 'is found by' },
  },
  {
    id: 'appointment-rows',
    prevents: 'A person reads when others were at an office, past the application.',
    edits: [
      {
        file: ROOM,
        find: 'using (subject = any (${SUBJECTS}));',
        replace: 'using (true or subject = any (${SUBJECTS}));',
      },
    ],
    killedBy: { file: TESTS, test: 'shows a person their own rows, and staff none' },
  },
  {
    id: 'explained-to-officers',
    prevents: 'Whoever works in an office reads what the portal knows around one access.',
    edits: [
      {
        file: 'server/oversight/flags/explaining.ts',
        find: "if (role !== 'dpo' || office === undefined)",
        replace: 'if (office === undefined)',
      },
    ],
    killedBy: { file: 'test/oversight/explaining.test.ts', test: 'is explained to officers alone' },
  },
  {
    id: 'called-off-since',
    prevents:
      'An officer reads that an appointment explains an access, and not that it was called off.',
    edits: [
      {
        file: 'migrations/0134_appointments_ended.ts',
        find: "`later.kind = 'cancelled'`",
        replace: "'later.kind is null'",
      },
    ],
    killedBy: {
      file: 'test/oversight/explaining.test.ts',
      test: 'names the appointment that explains it',
    },
  },
]
