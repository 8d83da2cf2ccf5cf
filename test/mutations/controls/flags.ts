import type { Control } from '../control.js'

const FLAGS = 'migrations/0082_oversight_flag_rights.ts'
const FLAGS_TEST = 'test/oversight/flags.test.ts'
const OWN_FLAGS_TEST = 'test/oversight/own-flags.test.ts'
const FLAG_TABLES_TEST = 'test/oversight/flag-tables.test.ts'

/** What rules find, what is counted, and what is published. */
export const FLAG_CONTROLS: readonly Control[] = [
  {
    id: 'findings-of-the-officer',
    prevents: 'Whoever looked reads what was found about it.',
    edits: [
      {
        file: FLAGS,
        find: 'const OF_THE_OFFICE = `office = ${OFFICE} and (select identity.is_officer())`',
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
        find: "using (${OF_THE_OFFICE} and state <> 'confirmed')",
        replace: 'using (${OF_THE_OFFICE})',
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
        find: 'return !isSealed && !OF_DAYS.includes(rule)',
        replace: 'return !OF_DAYS.includes(rule) || isSealed',
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
        file: 'migrations/0100_foundation_watch.ts',
        find: '    await run(`revoke all on ${views} from ${reporting}`)\n',
        replace: '',
      },
    ],
    killedBy: {
      file: FLAG_TABLES_TEST,
      test: 'show what the rules read to their own login, whatever another one sets',
    },
  },
  {
    id: 'staff-rules-agreed',
    prevents: 'Rules look at single members of staff although no service agreement stands.',
    edits: [
      {
        file: 'migrations/0103_oversight_agreement.ts',
        find: "case when a.state = 'named' then timezone('Europe/Berlin', a.since + time '00:00') end",
        replace: "timezone('Europe/Berlin', a.since + time '00:00')",
      },
    ],
    killedBy: { file: OWN_FLAGS_TEST, test: 'ends the rules at once' },
  },
  {
    id: 'staff-rules-withheld',
    prevents: 'A member of staff learns from a finding that an access is withheld.',
    edits: [
      {
        file: 'migrations/0105_oversight_staff_rules.ts',
        find: 'create policy staff_in_no_withheld_one on oversight.sealed_finding as restrictive',
        replace: 'create policy staff_in_no_withheld_one on oversight.sealed_finding as permissive',
      },
    ],
    killedBy: { file: OWN_FLAGS_TEST, test: 'takes no finding about staff without an agreement' },
  },
  {
    id: 'own-flags-own',
    prevents: 'A member of staff reads what was found about another.',
    edits: [
      {
        file: 'server/oversight/flags/acting.ts',
        find: 'markOf(row, ofDay(row.day)).equals(row.mark)',
        replace: 'markOf(row, ofDay(row.day)).length === row.mark.length',
      },
      {
        file: 'migrations/0105_oversight_staff_rules.ts',
        find: ' and c.mark = own_mark',
        replace: '',
      },
    ],
    killedBy: { file: OWN_FLAGS_TEST, test: 'and no other member of staff does' },
  },
  {
    id: 'staff-peers',
    prevents: 'One member of staff is compared with a handful of others.',
    edits: [
      {
        file: 'server/oversight/flags/staff.ts',
        find: 'other !== one && other.unit === one.unit',
        replace: 'other !== one',
      },
    ],
    killedBy: {
      file: 'test/oversight/staff-rules.test.ts',
      test: 'needs ten others of such units',
    },
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
  {
    id: 'figures-sealed',
    prevents: 'Whoever reads the figures of an office reads how much is withheld.',
    edits: [
      {
        file: 'migrations/0084_oversight_figures.ts',
        find: "\n      and (shown = 'yes' or (select identity.is_officer()))",
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/oversight/counting.test.ts',
      test: 'reads those of the own office, and what is withheld as a data protection officer alone',
    },
  },
  {
    id: 'repeats-seen',
    prevents: 'Caseworkers who are asked about a visible look conclude that withheld ones exist.',
    edits: [
      {
        file: 'server/oversight/flags/judgement.ts',
        find: 'looks.filter(({ isSealed }) => !isSealed)',
        replace: 'looks',
      },
    ],
    killedBy: { file: 'test/oversight/flag-rules.test.ts', test: 'counts no withheld look' },
  },
  {
    id: 'stretches-sealed',
    prevents: 'Whoever reads what stretches of the log hold reads where something is withheld.',
    edits: [
      {
        file: 'migrations/0093_oversight_stretches.ts',
        find: "\n      and (shown = 'yes' or (select identity.is_officer()))",
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/oversight/counting.test.ts',
      test: 'reads those of the own office, and what is withheld as a data protection officer alone',
    },
  },
  {
    id: 'stretches-late-flags',
    prevents: 'What breaks a rule is not found because its stretch was described before.',
    edits: [
      {
        file: 'server/oversight/store/stretches.ts',
        find: '.set({ has_flagged: true })',
        replace: '.set({ has_flagged: false })',
      },
    ],
    killedBy: {
      file: 'test/oversight/stretches.test.ts',
      test: 'finds a flag that came after its stretch was described, once that is counted',
    },
  },
  {
    id: 'statistics-people',
    prevents: 'Public statistics tell of one person with many accesses.',
    edits: [
      {
        file: 'server/oversight/anonymity.ts',
        find: 'return amount < FEWEST || people < FEWEST',
        replace: 'return amount < FEWEST || people < 0',
      },
    ],
    killedBy: { file: 'test/oversight/anonymity.test.ts', test: 'counts people, not accesses' },
  },
  {
    id: 'statistics-differences',
    prevents: 'A small number of public statistics is the total less the others.',
    edits: [
      {
        file: 'server/oversight/anonymity.ts',
        find: '    if (isSafe(table)) return table\n',
        replace: '    if (total.amount >= 0) return table\n',
      },
    ],
    killedBy: {
      file: 'test/oversight/anonymity.test.ts',
      test: 'never lets anybody compute a small number',
    },
  },
]
