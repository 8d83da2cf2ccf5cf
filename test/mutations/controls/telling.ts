import type { Control } from '../control.js'

const ACTS = 'migrations/0044_rectification_own_acts.ts'
const FIELDS = 'migrations/0041_rectification_several_fields.ts'
const ROUNDS = 'server/rectification/sending.ts'

/** Who is told of several fields, and whose acts stand in the course of a request. */
export const TELLING: readonly Control[] = [
  {
    id: 'request-event-foreign',
    prevents: 'Somebody writes an act into the course of a request that is not theirs.',
    edits: [{ file: ACTS, find: '(${SUBJECTS}) and ${SEEN}', replace: '(${SUBJECTS})' }],
    killedBy: {
      file: 'test/rectification/own-acts.test.ts',
      test: 'is on a request of the person alone',
    },
  },
  {
    id: 'request-event-office',
    prevents: 'An office writes an act into the course of another office’s case.',
    edits: [{ file: ACTS, find: 'office = ${OFFICE} and ${SEEN}', replace: 'office = ${OFFICE}' }],
    killedBy: {
      file: 'test/rectification/own-acts.test.ts',
      test: 'is on a request of the office alone',
    },
  },
  {
    id: 'notice-kept-field',
    prevents: 'Recipients are told of a field that a correction in part left as it is.',
    edits: [{ file: FIELDS, find: 'and not about.field = any (r.kept)', replace: '' }],
    killedBy: {
      file: 'test/rectification/several-recipients.test.ts',
      test: 'tells whoever received',
    },
  },
  {
    id: 'notice-sealed-field',
    prevents: 'Who received one name openly is never told of another that it received in secret.',
    edits: [
      {
        file: FIELDS,
        find: 'where not open.sealed and open.field = known.field',
        replace: 'where not open.sealed',
      },
    ],
    killedBy: {
      file: 'test/rectification/several-recipients.test.ts',
      test: 'tells whoever received',
    },
  },
  {
    id: 'notice-withheld-figure',
    prevents: 'The log names an office of which nobody may know that it received anything.',
    edits: [{ file: ROUNDS, find: 'isQuiet: withheld,', replace: 'isQuiet: false,' }],
    killedBy: {
      file: 'test/rectification/telling-twins.test.ts',
      test: 'sees the same, as soon',
    },
  },
  {
    id: 'counsel-first',
    prevents:
      'Somebody changes identity data without having been told what that can mean elsewhere.',
    edits: [
      {
        file: 'server/rectification/routes.ts',
        find: 'const to = isDelicate(field)',
        replace: 'const to = false',
      },
    ],
    killedBy: {
      file: 'test/journeys/correction.test.ts',
      test: 'is stated in six pages',
    },
  },
]
