import type { Control } from '../control.js'

const EXPLORER = 'migrations/0064_overview_explorer.ts'
const FLAGS = 'migrations/0074_oversight_flag_rights.ts'
const FLAGS_TEST = 'test/oversight/flags.test.ts'
const FLAG_TABLES_TEST = 'test/oversight/flag-tables.test.ts'
const REPORTS = 'migrations/0065_reports_archive.ts'
const REPORTS_TEST = 'test/reports/access.test.ts'
const EXPLORER_TEST = 'test/oversight/explorer.test.ts'

/** What data protection officers see, and what stays of it in the log. */
export const OVERSIGHT: readonly Control[] = [
  {
    id: 'secret-look',
    prevents: 'A look at a withheld access tells its person that there is one.',
    edits: [
      {
        file: 'server/overview/looks.ts',
        find: "    ...(look.secret === undefined ? {} : { tighten: 'withheld' as const }),\n",
        replace: '',
      },
    ],
    killedBy: { file: EXPLORER_TEST, test: 'is withheld where the access is' },
  },
  {
    id: 'sealed-by-role',
    prevents: 'Whoever reads the accesses of an office reads the withheld ones as well.',
    edits: [
      {
        file: EXPLORER,
        find: "where current_setting('mirat.sees_sealed', true) = 'yes' and ${OFFICE}",
        replace: 'where ${OFFICE}',
      },
    ],
    killedBy: { file: EXPLORER_TEST, test: 'show what is withheld to nobody' },
  },
  {
    id: 'sealed-of-the-office',
    prevents: 'An office reads withheld accesses of another one.',
    edits: [
      {
        file: EXPLORER,
        find: "where current_setting('mirat.sees_sealed', true) = 'yes' and ${OFFICE}",
        replace: "where current_setting('mirat.sees_sealed', true) = 'yes'",
      },
    ],
    killedBy: { file: EXPLORER_TEST, test: 'are no concern of another office' },
  },
  {
    id: 'file-recorded',
    prevents: 'Accesses are taken out of the portal, and no log says so.',
    edits: [
      {
        file: 'server/oversight/taking.ts',
        find: '    if (looks.length > 0) await parts.recordLook(actor, looks)\n',
        replace: '',
      },
    ],
    killedBy: { file: EXPLORER_TEST, test: 'as a table names nobody' },
  },
  {
    id: 'report-reread',
    prevents: 'A report is issued though its rows changed between counting and writing.',
    edits: [
      {
        file: 'server/reports/service/making.ts',
        find: 'isSame: digest === survey.digest',
        replace: 'isSame: true',
      },
    ],
    killedBy: { file: REPORTS_TEST, test: 'fails where an entry goes while it is made' },
  },
  {
    id: 'report-of-the-office',
    prevents: 'An office reads the reports of another one.',
    edits: [
      {
        file: REPORTS,
        find: 'for select to ${staff} using (office = ${OFFICE});',
        replace: 'for select to ${staff} using (true);',
      },
    ],
    killedBy: { file: REPORTS_TEST, test: 'is no concern of another office' },
  },
  {
    id: 'report-number-alone',
    prevents: 'Whoever guesses the number of a report learns that there is one.',
    edits: [
      {
        file: REPORTS,
        find: '(r.reference = of_reference and r.digest = checksum)',
        replace: '(r.reference = of_reference)',
      },
    ],
    killedBy: { file: 'test/reports/check.test.ts', test: 'says whose checksum it is' },
  },
  {
    id: 'report-looks',
    prevents: 'A report is made and no log of a person in it says so.',
    edits: [
      {
        file: 'server/compose/oversight.ts',
        find: 'return inCodes(taking.recorded(actor, { ...standing, ...from }))',
        replace: 'return from && inCodes(taking.again(actor, standing))',
      },
    ],
    killedBy: { file: REPORTS_TEST, test: 'is asked for, waits, is made, and can be had' },
  },
  {
    id: 'findings-of-the-officer',
    prevents: 'Whoever looked reads what was found about it.',
    edits: [
      {
        file: FLAGS,
        find: 'const OF_THE_OFFICE = `office = ${OFFICE} and (select oversight.is_officer())`',
        replace: 'const OF_THE_OFFICE = `office = ${OFFICE}`',
      },
    ],
    killedBy: { file: FLAG_TABLES_TEST, test: 'show findings to the officer of the office alone' },
  },
  {
    id: 'finding-confirmed-for-good',
    prevents: 'A confirmed finding is taken back after its person was told.',
    edits: [
      {
        file: FLAGS,
        find: "using (${OF_THE_OFFICE}${MAY_SEE(table)} and state <> 'confirmed')",
        replace: 'using (${OF_THE_OFFICE}${MAY_SEE(table)})',
      },
    ],
    killedBy: { file: FLAG_TABLES_TEST, test: 'take back nothing that is confirmed' },
  },
  {
    id: 'finding-sealed-untold',
    prevents: 'The person of a withheld access is told that it was not allowed.',
    edits: [
      {
        file: 'server/oversight/flags/rules.ts',
        find: 'return !isSealed && !UNTRIED.includes(rule)',
        replace: 'return !UNTRIED.includes(rule) || isSealed',
      },
    ],
    killedBy: { file: FLAGS_TEST, test: 'about a withheld access moves in its own table' },
  },
  {
    id: 'finding-stale',
    prevents: 'Of two officers who answer at once the second overwrites the first.',
    edits: [
      {
        file: 'server/oversight/store/findings.ts',
        find: "    .where('version', '=', version)\n",
        replace: '',
      },
    ],
    killedBy: { file: FLAGS_TEST, test: 'takes one of two answers that come at once' },
  },
  {
    id: 'watched-by-no-page',
    prevents: 'A page reads what the rules read of all persons of an office.',
    edits: [
      {
        file: 'migrations/0067_overview_watched.ts',
        find: "where current_setting('mirat.watches', true) = 'yes'\n      and case",
        replace: 'where case',
      },
    ],
    killedBy: { file: FLAG_TABLES_TEST, test: 'what is watched to no page' },
  },
  {
    id: 'suspicion-unexplained',
    prevents: 'A forbidden access counts as explained because the office had a case.',
    edits: [
      {
        file: 'server/oversight/flags/explanation.ts',
        find: '  if (isSuspicious(access)) return undefined\n',
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/oversight/misuse.test.ts',
      test: 'leaves what is explained alone, and counts it',
    },
  },
]
