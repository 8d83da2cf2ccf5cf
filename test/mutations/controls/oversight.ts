import type { Control } from '../control.js'

const EXPLORER = 'migrations/0064_overview_explorer.ts'
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
    id: 'paper-reread',
    prevents: 'A report of a resident is issued though what it tells changed while it was made.',
    edits: [
      {
        file: 'server/reports/service/papers.ts',
        find: "  if (digest.digest('hex') !== basis.digest) throw new DomainError('CONFLICT')\n",
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/reports/papers.test.ts',
      test: 'is cut off where something changes while it is made',
    },
  },
  {
    id: 'correction-carried-out',
    prevents: 'A correction is proved that no register has taken over.',
    edits: [
      {
        file: 'server/rectification/correction.ts',
        find: ' && isCorrected && isDone',
        replace: ' && isCorrected',
      },
    ],
    killedBy: {
      file: 'test/rectification/proof.test.ts',
      test: 'waits for the register of the deciding office itself',
    },
  },
]
