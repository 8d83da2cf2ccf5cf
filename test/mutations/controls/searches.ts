import type { Control } from '../control.js'

const SEARCHES = 'migrations/0112_oversight_searches.ts'
const SEARCHES_TEST = 'test/oversight/searches.test.ts'

/** What officers keep for themselves, what must not be in it, and what they count of requests. */
export const SEARCH_CONTROLS: readonly Control[] = [
  {
    id: 'saved-search-owner',
    prevents: 'An officer reads or drops the searches of another, or of another office.',
    edits: [
      {
        file: SEARCHES,
        find: 'const OWN = `staff = ${STAFF} and office = ${OFFICE} and (select identity.is_officer())`',
        replace: 'const OWN = `(select identity.is_officer())`',
      },
    ],
    killedBy: { file: SEARCHES_TEST, test: 'at their office, whatever is asked of the database' },
  },
  {
    id: 'saved-search-person',
    prevents: 'A saved search holds an entry or a person, and outlives it.',
    edits: [{ file: SEARCHES, find: 'word.key <> all (array[${NAMES}])', replace: 'false' }],
    killedBy: { file: SEARCHES_TEST, test: 'at their office, whatever is asked of the database' },
  },
  {
    id: 'saved-search-lapses',
    prevents: 'What an officer once looked for is kept for ever.',
    edits: [
      {
        file: 'server/oversight/jobs.ts',
        find: '(await searches.forget())',
        replace: '0',
      },
    ],
    killedBy: { file: SEARCHES_TEST, test: 'loses it a year after it was named last' },
  },
  {
    id: 'pace-once',
    prevents: 'A request about two names counts twice where offices are told how long they take.',
    edits: [
      {
        file: 'server/oversight/store/outcomes.ts',
        find: 'select distinct k.category as key',
        replace: 'select k.category as key',
      },
    ],
    killedBy: { file: 'test/oversight/requests.test.ts', test: 'each request once in each' },
  },
  {
    id: 'lookups-counted',
    prevents: 'An officer tries numbers until one is known.',
    edits: [
      {
        file: 'migrations/0131_oversight_lookups_once.ts',
        find: "interval '24 hours') < 10",
        replace: "interval '24 hours') < 1000",
      },
    ],
    killedBy: {
      file: 'test/oversight/lookups.test.ts',
      test: 'may search ten times a day, whatever they find, and as often as they ask at once',
    },
  },
  {
    id: 'lookups-one-at-a-time',
    prevents: 'Searches of the same moment do not count each other.',
    edits: [
      {
        file: 'migrations/0133_oversight_lookup_finds.ts',
        find: 'perform pg_advisory_xact_lock(hashtextextended(',
        replace: 'perform (hashtextextended(',
      },
    ],
    killedBy: {
      file: 'test/oversight/lookups.test.ts',
      test: 'is counted with whoever searches at the same moment',
    },
  },
  {
    id: 'lookups-leave-no-trace',
    prevents: 'What is withheld is told to its person by the look that a search is.',
    edits: [
      {
        file: 'server/oversight/looking.ts',
        find: "shown === 'yes' ? {} : { secret: true }",
        replace: "shown === 'yes' ? {} : {}",
      },
    ],
    killedBy: {
      file: 'test/oversight/lookups.test.ts',
      test: 'leaves no trace for a person who may not know',
    },
  },
  {
    id: 'lookups-opened-by-the-asker',
    prevents: 'A colleague opens what an officer found, without a reason of their own.',
    edits: [
      {
        file: 'migrations/0133_oversight_lookup_finds.ts',
        find: 'l.staff = ${STAFF} and ',
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/oversight/lookups.test.ts',
      test: 'opens the result alone, and for a day',
    },
  },
]
