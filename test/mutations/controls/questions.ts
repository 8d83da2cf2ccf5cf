import type { Control } from '../control.js'

const QUESTIONS = 'migrations/0109_oversight_questions.ts'
const TEST = 'test/oversight/office-questions.test.ts'

/** What officers ask units, and what units answer. */
export const QUESTION_CONTROLS: readonly Control[] = [
  {
    id: 'question-withheld',
    prevents: 'Caseworkers learn of a withheld access from a question about it.',
    edits: [
      {
        file: 'server/oversight/flags/questions.ts',
        find: "  if (isSealed) return 'sealed'\n",
        replace: '',
      },
    ],
    killedBy: { file: TEST, test: 'is asked about outside the portal' },
  },
  {
    id: 'question-beside-finding',
    prevents:
      'Whoever has the role of staff asks about an access that no rule found, or a withheld one.',
    edits: [
      {
        file: QUESTIONS,
        find: "and f.state = 'asked' and f.reason = 'portal'));",
        replace: 'or true));',
      },
    ],
    killedBy: { file: TEST, test: 'take no question beside a finding that nobody has asked about' },
  },
  {
    id: 'question-of-the-unit',
    prevents: 'Other units of the office read what a unit is asked.',
    edits: [
      {
        file: QUESTIONS,
        find: "and oversight.may_answer(unit) and state <> 'withdrawn'`",
        replace: "and state <> 'withdrawn'`",
      },
    ],
    killedBy: { file: TEST, test: 'comes to caseworkers of that unit alone' },
  },
  {
    id: 'question-look',
    prevents: 'A caseworker opens an access for a question, and its person does not learn of it.',
    edits: [
      {
        file: 'server/oversight/flags/asking.ts',
        find: 'return access === undefined ? [] : [lookAt(access)]',
        replace: 'return access === undefined ? [] : []',
      },
    ],
    killedBy: { file: TEST, test: 'is opened by a look that the person sees' },
  },
  {
    id: 'question-case-reference',
    prevents: 'A file number of a person stands on a page that is no look.',
    edits: [
      {
        file: 'server/oversight/pages/questions.ts',
        find: "caseRef === null ? '' : t('oversight:ask.withCase')",
        replace: "caseRef === null ? '' : `${t('oversight:ask.withCase')} ${caseRef}`",
      },
    ],
    killedBy: { file: TEST, test: 'is answered in building blocks' },
  },
  {
    id: 'question-withdrawn',
    prevents: 'A unit goes on answering what its officer has decided.',
    edits: [
      {
        file: QUESTIONS,
        find: "for each row when (new.state <> 'asked') execute",
        replace: "for each row when (new.state = 'new') execute",
      },
    ],
    killedBy: { file: TEST, test: 'no longer needed once the officer decides' },
  },
]
