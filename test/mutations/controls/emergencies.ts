import type { Control } from '../control.js'

const BOOK = 'server/emergencies/book.ts'
const RULES = 'server/emergencies/rules.ts'
const ROOM = 'migrations/0135_emergencies_emergencies.ts'
const SETTLING = 'migrations/0138_oversight_emergencies.ts'
const FAULTS = 'test/emergencies/faults.test.ts'
const JOURNEY = 'test/emergencies/journey.test.ts'

/** What keeps emergencies from explaining what they must not, and from being told to others. */
export const EMERGENCY_CONTROLS: readonly Control[] = [
  {
    id: 'emergency-late',
    prevents: 'An office that learns of a finding turns the access into an emergency.',
    edits: [
      {
        file: RULES,
        find: 'const DECLARED_WITHIN = 72 * 3_600_000',
        replace: 'const DECLARED_WITHIN = 9_999 * 3_600_000',
      },
    ],
    killedBy: { file: FAULTS, test: 'is refused a declaration after 72 hours' },
  },
  {
    id: 'emergency-note-late',
    prevents: 'A note that comes after its week, or never, explains an access.',
    edits: [
      {
        file: SETTLING,
        find: '+ 7`',
        replace: '+ 7000`',
      },
    ],
    killedBy: { file: JOURNEY, test: 'without a note is a finding when the week is over' },
  },
  {
    id: 'emergency-bare',
    prevents: 'A declaration alone explains the access, and nobody writes a note.',
    edits: [
      {
        file: SETTLING,
        find: "and d.kind = 'noted' and",
        replace: 'and',
      },
    ],
    killedBy: { file: JOURNEY, test: 'is explained once its note is told in time' },
  },
  {
    id: 'emergency-ground',
    prevents: 'An office declares another ground once it is asked.',
    edits: [{ file: BOOK, find: 'known.ground !== ground', replace: "known.ground === 'none'" }],
    killedBy: { file: FAULTS, test: 'is refused another ground and another note' },
  },
  {
    id: 'emergency-withheld',
    prevents: 'A person reads that an access of which they must not know was made in an emergency.',
    edits: [
      {
        file: BOOK,
        find: 'await insertDeclarations(trx, tableOf(isSealed), those)',
        replace: 'await insertDeclarations(trx, tableOf(false), those)',
      },
    ],
    killedBy: { file: JOURNEY, test: 'stands in the copy of its person' },
  },
  {
    id: 'emergency-rows',
    prevents: 'A person reads of accesses to data of others, past the application.',
    edits: [
      {
        file: ROOM,
        find: 'using (subject = any (${SUBJECTS}));',
        replace: 'using (true or subject = any (${SUBJECTS}));',
      },
    ],
    killedBy: { file: FAULTS, test: 'show a person their own rows' },
  },
]
