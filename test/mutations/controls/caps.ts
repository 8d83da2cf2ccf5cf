import type { Control } from '../control.js'

const ALONE = 'migrations/0095_reports_alone.ts'
const ONE_PERSON_TEST = 'test/reports/one-person.test.ts'
const DIRECTLY = 'migrations/0121_reports_directly.ts'
const DIRECT_TEST = 'test/reports/direct.test.ts'

/** How much one officer can do alone, and what is whole or counted by persons. */
export const CAPS: readonly Control[] = [
  {
    id: 'statistics-persons',
    prevents: 'Ten numbers of one person are published as ten people.',
    edits: [
      {
        file: 'migrations/0127_overview_statistics_whole.ts',
        find: 'from identity.account_subject s where s.subject = one.subject',
        replace: 'from identity.account_subject s where false',
      },
    ],
    killedBy: {
      file: 'test/oversight/statistics.test.ts',
      test: 'count the numbers of one person once',
    },
  },
  {
    id: 'papers-whole',
    prevents: 'A copy leaves out the papers beyond one step, and nobody sees it.',
    edits: [
      {
        file: 'server/reports/service/taken.ts',
        find: 'if (step.length < STEP) return',
        replace: 'if (step.length > 0) return',
      },
    ],
    killedBy: { file: 'test/reports/copy.test.ts', test: 'holds every paper that the person took' },
  },
  {
    id: 'check-askers',
    prevents: 'Whoever works in an office keeps the worker busy with checks of the log.',
    edits: [
      {
        file: 'migrations/0097_oversight_check_askers.ts',
        find: 'select identity.is_officer()\n      and (select count(*)',
        replace: 'select (select count(*)',
      },
    ],
    killedBy: {
      file: 'test/oversight/checking.test.ts',
      test: 'is taken by the database from officers',
    },
  },
  {
    id: 'report-pieces',
    prevents: 'An officer exports the accesses of many persons one by one, and nobody else knows.',
    edits: [
      {
        file: 'migrations/0132_reports_alone_once.ts',
        find: "select count(*) < 20 and count(*) filter (where r.alone_at > now() - interval '24 hours') < 5",
        replace: 'select count(*) < 20',
      },
    ],
    killedBy: { file: ONE_PERSON_TEST, test: 'need a second person from the sixth' },
  },
  {
    id: 'report-pieces-at-once',
    prevents: 'Requests of the same moment do not count each other.',
    edits: [
      {
        file: ALONE,
        find: "perform pg_advisory_xact_lock(hashtextextended('reports.report alone ' || (",
        replace: "perform (hashtextextended('reports.report alone ' || (",
      },
    ],
    killedBy: { file: ONE_PERSON_TEST, test: 'need a second person from the sixth' },
  },
  {
    id: 'report-at-once',
    prevents: 'A small report waits for the next full minute, and an officer does not know why.',
    edits: [
      {
        file: DIRECTLY,
        find: "notify mirat_asked, 'reports.make';",
        replace: 'null;',
      },
    ],
    killedBy: { file: DIRECT_TEST, test: 'is asked of the worker in the transaction' },
  },
  {
    id: 'report-only-released',
    prevents: 'A report is made that waited from before a second person was needed.',
    edits: [
      {
        file: DIRECTLY,
        find: "using (state in ('waiting', 'working') and ${MAY_BE_MADE}) with check",
        replace: "using (state in ('waiting', 'working')) with check",
      },
    ],
    killedBy: { file: DIRECT_TEST, test: 'is not made, and waits for one after all' },
  },
  {
    id: 'files-of-one-paper',
    prevents: 'Files of two different reports are taken for one.',
    edits: [
      {
        file: 'server/reports/service/papers.ts',
        find: 'return found.digest === known.digest ? wholeFile',
        replace: 'return known ? wholeFile',
      },
    ],
    killedBy: {
      file: 'test/reports/long.test.ts',
      test: 'has no further file where something has changed since',
    },
  },
]
