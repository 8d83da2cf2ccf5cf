import { person, type CaseStory } from '../case.js'

/** Arman and Aoife, whose offices have no caseworker among the sign-ins. */
export const ELSEWHERE: readonly CaseStory[] = [
  {
    person: 'resident-fa',
    field: 'azr.family_name',
    papers: [{ kind: 'photo', name: 'تذکره' }],
    day: 13,
    statement: {
      kind: 'wrong',
      stored: 'Karimi',
      wanted: { form: 'names', latin: 'Arman', original: 'آرمان', onlyOne: true },
      words: 'من فقط یک نام دارم. نام خانوادگی را در اداره برایم نوشتند.',
      evidence: ['id_card'],
      restrict: false,
    },
    acts: [],
  },
  {
    person: 'resident-fa',
    field: 'azr.birth_date',
    day: 3,
    isDraft: true,
    statement: {
      kind: 'wrong',
      wanted: { form: 'date', calendar: 'persian', year: 1392, month: 3, day: 1 },
      words: 'تاریخ تولدم در تذکره به تقویم ما نوشته شده است.',
      evidence: ['id_card'],
      restrict: false,
    },
    acts: [],
  },
  {
    person: 'resident-en',
    field: 'azr.nationality',
    day: 6,
    statement: {
      kind: 'wrong',
      stored: 'britisch',
      wanted: { form: 'nationality', codes: ['IRL'] },
      words: 'I am Irish. I was never a British citizen.',
      evidence: ['passport'],
      restrict: false,
    },
    acts: [],
  },
  {
    person: 'resident-en',
    field: 'azr.family_name',
    papers: [{ kind: 'photo', name: 'passport' }],
    day: 21,
    statement: {
      kind: 'wrong',
      stored: 'OBrien',
      wanted: { form: 'names', latin: 'O’Brien', onlyOne: false },
      words: 'The apostrophe was lost.',
      evidence: ['passport'],
      restrict: false,
    },
    acts: [person(19, 'withdrawn')],
  },
]
