import type { Control } from '../control.js'

const RELEASE = 'migrations/0069_overview_release.ts'
const RELEASES = 'migrations/0071_reports_releases.ts'
const ONE_PERSON = 'migrations/0072_reports_one_person.ts'
const ALONE = 'migrations/0095_reports_alone.ts'
const UNMASKING = 'migrations/0074_oversight_unmasking.ts'
const UNMASKING_TEST = 'test/oversight/unmasking.test.ts'
const ONE_PERSON_TEST = 'test/reports/one-person.test.ts'
const REPORTS_TEST = 'test/reports/access.test.ts'
const RELEASES_TEST = 'test/reports/releases.test.ts'
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
        file: RELEASE,
        find: 'where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient);',
        replace: 'where ${OFFICE} in (event.source, event.recipient);',
      },
    ],
    killedBy: {
      file: EXPLORER_TEST,
      test: 'show what is withheld to no one but the officer of the office',
    },
  },
  {
    id: 'sealed-of-the-office',
    prevents: 'An office reads withheld accesses of another one.',
    edits: [
      {
        file: RELEASE,
        find: 'where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient);',
        replace: 'where (select identity.is_officer());',
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
    killedBy: { file: 'test/reports/formats.test.ts', test: 'names nobody, and stands in the log' },
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
    prevents: 'Whoever works in an office, or in another one, reads its reports.',
    edits: [
      {
        file: RELEASES,
        find: 'for select to ${staff} using (${OWN});',
        replace: 'for select to ${staff} using (true);',
      },
    ],
    killedBy: { file: REPORTS_TEST, test: 'is no concern of another office' },
  },
  {
    id: 'release-second-person',
    prevents: 'An officer releases what the same officer asked for.',
    edits: [{ file: RELEASES, find: ' and r.staff <> ${STAFF}', replace: '' }],
    killedBy: { file: RELEASES_TEST, test: 'is not released by whoever asked for it' },
  },
  {
    id: 'release-by-role',
    prevents: 'Whoever has the role of the database releases a report.',
    edits: [
      {
        file: RELEASES,
        find: 'case when ${IS_SUPERVISOR} then true when ${IS_OFFICER} then r.office = ${OFFICE} else false end',
        replace: 'true',
      },
    ],
    killedBy: { file: RELEASES_TEST, test: 'releases for nobody but another officer' },
  },
  {
    id: 'release-lapses',
    prevents: 'What nobody released for months is still released one day.',
    edits: [
      {
        file: RELEASES,
        find: "\n        and r.asked_at > at - interval '14 days' and",
        replace: ' and',
      },
    ],
    killedBy: { file: RELEASES_TEST, test: 'lapses when nobody has released it' },
  },
  {
    id: 'small-reports-pass',
    prevents: 'A small report waits until a large one is made.',
    edits: [
      {
        file: 'server/reports/service/making.ts',
        find: 'if (taken.isSmall) return',
        replace: 'if (taken.report) return',
      },
    ],
    killedBy: {
      file: 'test/reports/direct.test.ts',
      test: 'is made before a large one goes on',
    },
  },
  {
    id: 'release-before-making',
    prevents: 'A report is made that nobody has released.',
    edits: [
      {
        file: ALONE,
        find: "and state = case when alone_at is null then 'unreleased' else 'waiting' end and",
        replace: 'and',
      },
      {
        file: 'server/reports/store.ts',
        find: "state: 'unreleased' },",
        replace: "state: 'waiting' },",
      },
    ],
    killedBy: { file: RELEASES_TEST, test: 'is not made before somebody else' },
  },
  {
    id: 'unmask-second-person',
    prevents: 'An officer learns who acted without anybody else.',
    edits: [{ file: UNMASKING, find: 'if wish.staff = ${STAFF} then', replace: 'if false then' }],
    killedBy: { file: UNMASKING_TEST, test: 'is not released by whoever asked' },
  },
  {
    id: 'unmask-asker',
    prevents: 'Whoever works in the office opens what somebody else asked for.',
    edits: [
      {
        file: UNMASKING,
        find: 'and u.staff = ${STAFF} and u.office = ${OFFICE} and ${IS_OFFICER}',
        replace: '',
      },
    ],
    killedBy: { file: UNMASKING_TEST, test: 'opens for the asker alone' },
  },
  {
    id: 'unmask-lapses',
    prevents: 'Who acted is opened for ever once it was released.',
    edits: [
      {
        file: UNMASKING,
        find: " and e.at > unmasked_entry.at - interval '14 days'",
        replace: '',
      },
    ],
    killedBy: { file: UNMASKING_TEST, test: 'is no longer opened 14 days after' },
  },
  {
    id: 'unmask-look',
    prevents: 'Who acted is opened, and the log of the person does not say so.',
    edits: [
      {
        file: 'server/oversight/routes/unmasking.ts',
        find: 'disclosure: async (exchange) => [lookAt(await accessOf(exchange, parts))],',
        replace: 'disclosure: async (exchange) => (await accessOf(exchange, parts)) && [],',
      },
    ],
    killedBy: { file: UNMASKING_TEST, test: 'is told to whoever asked' },
  },
  {
    id: 'one-person-unknown',
    prevents: 'Whoever holds a report on somebody else has it confirmed.',
    edits: [
      {
        file: ONE_PERSON,
        find: "answer('later.entry is null', 'r.entry is null')",
        replace: "answer('true', 'true')",
      },
    ],
    killedBy: { file: ONE_PERSON_TEST, test: 'is confirmed to that person alone' },
  },
  {
    id: 'one-person-about-me',
    prevents: 'A resident has reports on other residents confirmed.',
    edits: [{ file: ONE_PERSON, find: ' and own.subject = any (${SUBJECTS}))', replace: ')' }],
    killedBy: { file: ONE_PERSON_TEST, test: 'is confirmed to that person alone' },
  },
  {
    id: 'report-number-alone',
    prevents: 'Whoever guesses the number of a report learns that there is one.',
    edits: [
      {
        file: ONE_PERSON,
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
        file: 'server/reports/service/papers/reading.ts',
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
