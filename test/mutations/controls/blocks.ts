import type { Control } from '../control.js'

const RIGHTS_SQL = 'migrations/0056_blocks_rights.ts'
const RULES = 'server/blocks/rules.ts'
const BLOCKED = 'server/blocks/flagging.ts'
const RIGHTS = 'test/blocks/rights.test.ts'
const IN_SPITE = 'test/blocks/in-spite.test.ts'
const JOURNEY = 'test/blocks/journey.test.ts'
const UPKEEP = 'test/blocks/upkeep.test.ts'

const OFFICERS = 'migrations/0114_blocks_officers.ts'
const OFFICERS_TEST = 'test/oversight/blocks.test.ts'

/** Who reads why somebody is afraid, and what happens in spite of a block. */
export const BLOCKS: readonly Control[] = [
  {
    id: 'block-in-spite',
    prevents: 'Somebody hands data out in spite of a block, and nobody learns of it.',
    edits: [
      {
        file: BLOCKED,
        find: 'const risky = accesses.filter(wouldBeBlocked)',
        replace: 'const risky = accesses.filter(() => false)',
      },
    ],
    killedBy: {
      file: 'test/blocks/flagging.test.ts',
      test: 'ask the database nothing where nobody outside gets anything of the register',
    },
  },
  {
    id: 'block-past',
    prevents: 'An access before a block or after its end is said to have broken it.',
    edits: [
      {
        file: BLOCKED,
        find: 'span.from <= occurredAt &&',
        replace: 'occurredAt !== span.from &&',
      },
    ],
    killedBy: { file: IN_SPITE, test: 'is judged by when it happened' },
  },
  {
    id: 'block-clerk',
    prevents: 'Everybody in an office reads why somebody is afraid.',
    edits: [
      {
        file: RIGHTS_SQL,
        find: "state <> 'draft' and (select blocks.is_clerk())\n",
        replace: "state <> 'draft'\n",
      },
    ],
    killedBy: { file: RIGHTS, test: 'read blocks as caseworkers of the office that decides' },
  },
  {
    id: 'block-witness',
    prevents: 'A colleague finds a witness who is protected against authorities.',
    edits: [
      {
        file: RIGHTS_SQL,
        find: '  and (not is_guarded or clerk = ${STAFF})`',
        replace: '`',
      },
    ],
    killedBy: { file: RIGHTS, test: 'see what guards a witness only where they decided it' },
  },
  {
    id: 'block-shared',
    prevents: 'Whoever shares a device finds that somebody is a protected witness.',
    edits: [
      {
        file: 'server/blocks/service.ts',
        find: 'return shared === true ? all.filter(({ isGuarded }) => !isGuarded) : all',
        replace: 'return shared === true ? all.filter(({ block }) => block.length > 0) : all',
      },
    ],
    killedBy: { file: UPKEEP, test: 'shows nothing of what guards a witness' },
  },
  {
    id: 'block-four-eyes',
    prevents: 'One person alone refuses to protect somebody.',
    edits: [
      {
        file: RIGHTS_SQL,
        find: "\n      and (state <> 'refused' or proposed_by <> ${STAFF}));",
        replace: ');',
      },
    ],
    killedBy: { file: RIGHTS, test: 'confirm no refusal that they proposed themselves' },
  },
  {
    id: 'block-hearing',
    prevents: 'An office ends a block, and the person was never asked.',
    edits: [
      {
        file: RULES,
        find: "    hearing_opened: { to: 'hearing', by: 'clerk' },\n",
        replace:
          "    hearing_opened: { to: 'hearing', by: 'clerk' },\n    ended: { to: 'ended', by: 'clerk' },\n",
      },
      {
        file: RULES,
        find: "ended: ({ hearing, isDerived }) => hearing === 'ending' && !isDerived,",
        replace: "ended: ({ hearing, isDerived }) => hearing !== 'transfer' && !isDerived,",
      },
    ],
    killedBy: { file: JOURNEY, test: 'ends a block only after a hearing' },
  },
  {
    id: 'block-outlives',
    prevents: 'Whoever deletes their account loses the protection that they rely on.',
    edits: [
      {
        file: RIGHTS_SQL,
        find: '    if new.state in ${IN_FORCE} then',
        replace: "    if new.state in ('nothing') then",
      },
    ],
    killedBy: { file: UPKEEP, test: 'leaves blocks in force without their words' },
  },
  {
    id: 'block-witness-unwarned',
    prevents: 'A message about a block that guards a witness reaches whoever reads the messages.',
    edits: [
      {
        file: 'migrations/0058_blocks_requests.ts',
        find: 'and not b.is_guarded and',
        replace: 'and',
      },
    ],
    killedBy: {
      file: 'test/blocks/warning.test.ts',
      test: 'is told nothing where the block guards a witness',
    },
  },
  {
    id: 'officer-block-guarded',
    prevents: 'A data protection officer finds who is protected as a witness.',
    edits: [
      {
        file: 'migrations/0080_blocks_cases.ts',
        find: "using (state <> 'draft' and not is_guarded)",
        replace: "using (state <> 'draft')",
      },
      {
        file: OFFICERS,
        find: 'where b.office = ${OFFICE} and not b.is_guarded',
        replace: 'where b.office = ${OFFICE}',
      },
      {
        file: OFFICERS,
        find: 'is_officer()) and b.office = ${OFFICE} and not b.is_guarded',
        replace: 'is_officer()) and b.office = ${OFFICE}',
      },
    ],
    killedBy: { file: OFFICERS_TEST, test: 'that guard a witness are nowhere' },
  },
  {
    id: 'officer-block-subject',
    prevents: 'Whoever reads the figures of an office reads whose its blocks are.',
    edits: [
      {
        file: OFFICERS,
        find: 'where (select identity.is_officer()) and b.office',
        replace: 'where b.office',
      },
    ],
    killedBy: { file: OFFICERS_TEST, test: 'tell whose a block is to the officer of the office' },
  },
  {
    id: 'officer-block-look',
    prevents: 'An officer opens a block, and its person does not see it.',
    edits: [
      {
        file: 'server/oversight/routes/blocks.ts',
        find: 'return [{ subject, fields: SHOWN, caseRef: reference }]',
        replace: 'return subject === reference ? [] : []',
      },
    ],
    killedBy: { file: OFFICERS_TEST, test: 'the person sees who looked at what' },
  },
]
