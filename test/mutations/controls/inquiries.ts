import type { Control } from '../control.js'

const SCHEMA = 'migrations/0032_inquiries_inquiries.ts'
const ASKING = 'server/inquiries/asking.ts'
const DESK = 'server/inquiries/desk.ts'
const RIGHTS = 'test/inquiries/rights.test.ts'
const RACES = 'test/inquiries/races.test.ts'
const JOURNEY = 'test/inquiries/journey.test.ts'

/** Who reads a question about an access, and what it is about. */
export const INQUIRIES: readonly Control[] = [
  {
    id: 'inquiry-officer',
    prevents: 'Whoever looked reads who asked why, because they work in the same office.',
    edits: [
      {
        file: SCHEMA,
        find: 'const OF_THE_OFFICE = `office = ${OFFICE} and (select inquiries.is_officer())`',
        replace: 'const OF_THE_OFFICE = `office = ${OFFICE}`',
      },
    ],
    killedBy: { file: RIGHTS, test: 'read inquiries as officers of the office that acted' },
  },
  {
    id: 'inquiry-suspended',
    prevents: 'An officer whose rights were taken away goes on reading questions.',
    edits: [
      {
        file: SCHEMA,
        find: "where m.staff = ${STAFF} and m.office = ${OFFICE}\n      and m.role = 'dpo' and m.state = 'active')",
        replace: "where m.staff = ${STAFF} and m.office = ${OFFICE}\n      and m.role = 'dpo')",
      },
    ],
    killedBy: { file: RIGHTS, test: 'lose that sight with their role' },
  },
  {
    id: 'inquiry-own-access',
    prevents: 'A question tells whether a withheld access exists.',
    edits: [
      {
        file: SCHEMA,
        find: 'where own.leaf_index = inquiry.entry and own.subject = inquiry.subject));',
        replace:
          'where own.leaf_index = inquiry.entry and own.subject = inquiry.subject) is not null);',
      },
    ],
    killedBy: { file: RIGHTS, test: 'asks about an own visible access alone' },
  },
  {
    id: 'inquiry-bound',
    prevents: 'Somebody floods an officer, and the questions that matter are lost among them.',
    edits: [
      {
        file: ASKING,
        find: 'if ((await countOpen(trx)) > MOST_OPEN) throw',
        replace: 'if ((await countOpen(trx)) < 0) throw',
      },
    ],
    killedBy: { file: RACES, test: 'forty questions about as many accesses are twenty' },
  },
  {
    id: 'inquiry-look',
    prevents: 'An officer reads what somebody asked, and the person never learns of it.',
    edits: [
      {
        file: DESK,
        find: 'return [{ subject, fields: SHOWN, caseRef: reference }]',
        replace: 'return subject === reference ? [{ subject, fields: SHOWN }] : []',
      },
    ],
    killedBy: { file: JOURNEY, test: 'the officer of the office that acted answers' },
  },
  {
    id: 'inquiry-version',
    prevents: 'An officer answers a question that was withdrawn or answered meanwhile.',
    edits: [
      {
        file: DESK,
        find: "if (row.version !== version) throw new StepRefused('STALE')",
        replace: 'void version',
      },
      {
        file: 'server/inquiries/store.ts',
        find: ".where('version', '=', version)",
        replace: ".where('version', '>=', 0)",
      },
    ],
    killedBy: { file: RACES, test: 'five officers who answer are one' },
  },
  {
    id: 'inquiry-words',
    prevents: 'Whoever reads the tables reads what people wrote about an office.',
    edits: [
      {
        file: 'server/journal/keys.ts',
        find: 'seal(keyOf(place), Buffer.from(text), { context: contextOf(place), random }),',
        replace: 'keyOf(place).length > 0 ? Buffer.from(text) : Buffer.alloc(0),',
      },
      {
        file: 'server/journal/keys.ts',
        find: 'open: (place, sealed) => unseal(keyOf(place), sealed, contextOf(place)).toString(),',
        replace: 'open: (_place, sealed) => sealed.toString(),',
      },
    ],
    killedBy: { file: 'test/inquiries/erasure.test.ts', test: 'stands nowhere in clear' },
  },
]
