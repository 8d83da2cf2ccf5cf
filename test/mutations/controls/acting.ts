import type { Control } from '../control.js'

const RESOLVING_TEST = 'test/oversight/resolving.test.ts'
const STATISTICS_TEST = 'test/oversight/statistics.test.ts'

/** Whose an act is, who may say so, and what counts of people show of them. */
export const ACTING_CONTROLS: readonly Control[] = [
  {
    id: 'resolve-opened',
    prevents: 'The operator resolves a pseudonym that no two people have opened.',
    edits: [
      {
        file: 'migrations/0116_oversight_resolutions.ts',
        find: "u.unmasking and e.kind = 'opened')",
        replace: 'u.unmasking)',
      },
    ],
    killedBy: { file: RESOLVING_TEST, test: 'is resolved for nobody before it was opened' },
  },
  {
    id: 'resolve-time',
    prevents: 'The operator resolves a pseudonym long after its time.',
    edits: [
      {
        file: 'migrations/0116_oversight_resolutions.ts',
        find: " and e.at > opened_refs.at - interval '14 days'",
        replace: '',
      },
    ],
    killedBy: { file: RESOLVING_TEST, test: 'is no longer resolved once the time to open it' },
  },
  {
    id: 'resolve-noted',
    prevents: 'A pseudonym is resolved, and neither its officer nor the supervision knows.',
    edits: [
      {
        file: 'server/oversight/resolving.ts',
        find: 'await noteResolution(db, { unmasking: opened.unmasking, at, found: account !== undefined })',
        replace: '',
      },
    ],
    killedBy: { file: RESOLVING_TEST, test: 'which stands beside the wish' },
  },
  {
    id: 'staff-unit-of-few',
    prevents:
      'A finding about one member of staff names a unit of which few were at work on its day.',
    edits: [
      {
        file: 'server/oversight/flags/noting.ts',
        find: 'large.has(`${evidence.unit}/${day}`)',
        replace: '[...large, `${evidence.unit}/${day}`].length > 0',
      },
    ],
    killedBy: {
      file: 'test/oversight/small-days.test.ts',
      test: 'is not shown of a day on which few were at work',
    },
  },
  {
    id: 'look-flags-own',
    prevents: 'An office flags what another one did.',
    edits: [
      {
        file: 'migrations/0117_overview_flagged_looks.ts',
        find: 'and overview.looked(leaf_index, subject, flagged_at, expires_on)',
        replace: '',
      },
    ],
    killedBy: { file: 'test/journeys/look.test.ts', test: 'an office flags its own looks alone' },
  },
  {
    id: 'statistics-nobody',
    prevents: 'Whoever counts a month reads whom it is about.',
    edits: [
      {
        file: 'migrations/0127_overview_statistics_whole.ts',
        find: 'select count(*) = 3 from pg_class c',
        replace: 'select count(*) >= 0 from pg_class c',
      },
    ],
    killedBy: { file: STATISTICS_TEST, test: 'show the worker counts alone' },
  },
  {
    id: 'statistics-whole',
    prevents: 'Whoever has the login of the worker counts a few accesses by themselves.',
    edits: [
      {
        file: 'migrations/0127_overview_statistics_whole.ts',
        find: '    if (select c.part < ${PARTS} from pg_temp.month_course c) then',
        replace: '    if (select c.part < 0 from pg_temp.month_course c) then',
      },
    ],
    killedBy: { file: STATISTICS_TEST, test: 'however small the windows are' },
  },
  {
    id: 'statistics-due',
    prevents: 'A month is counted before and after one access, and the difference tells of it.',
    edits: [
      {
        file: 'migrations/0129_oversight_statistics_due.ts',
        find: ' and first < late.period\n',
        replace: '\n',
      },
    ],
    killedBy: { file: STATISTICS_TEST, test: 'are made of months and quarters that are due' },
  },
  {
    id: 'counted-once',
    prevents: 'The number of a search counts twice what was counted while it was asked.',
    edits: [
      {
        file: 'server/oversight/explorer.ts',
        find: 'top: Math.max(top, known.size)',
        replace: 'top',
      },
    ],
    killedBy: {
      file: 'test/oversight/stretches.test.ts',
      test: 'counts once what the counting job has passed',
    },
  },
]
