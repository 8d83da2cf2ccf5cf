import { clerk, CLERKS, type CaseStory } from '../case.js'

const { letter, claims, does } = clerk(CLERKS.reutlingen)
const partner = clerk(CLERKS.pforzheim)

const UKRAINIAN = {
  event: 'decided',
  outcome: 'corrected',
  text: {
    reasons: ['evidence_shows'],
    value: { form: 'nationality', codes: ['UKR'] },
  },
} as const

/** Oksana, who has moved: overdue, proposed, sent back and confirmed, deleted, and not begun yet. */
export const IN_REUTLINGEN: readonly CaseStory[] = [
  {
    person: 'resident-uk',
    field: 'azr.given_names',
    papers: [{ kind: 'photo', name: 'паспорт' }],
    day: 50,
    statement: {
      kind: 'wrong',
      stored: 'Oxana',
      wanted: { form: 'names', latin: 'Oksana', original: 'Оксана', onlyOne: false },
      words: 'У паспорті моє ім’я написане через «ks».',
      evidence: ['passport'],
      restrict: false,
      recipients: true,
    },
    acts: [letter(47), claims(45)],
  },
  {
    person: 'resident-uk',
    field: 'azr.marital_status',
    papers: [
      {
        kind: 'page',
        name: 'Heiratsurkunde',
        lines: ['MUSTER - Heiratsurkunde', 'Standesamt Reutlingen'],
      },
    ],
    day: 24,
    statement: {
      kind: 'outdated',
      stored: 'geschieden',
      wanted: { form: 'marital', code: 'married' },
      words: 'Ми одружилися. У реєстрі досі стоїть «розлучена».',
      evidence: ['marriage_record'],
      restrict: false,
    },
    acts: [
      letter(21),
      claims(20),
      does(7, {
        event: 'decided',
        outcome: 'corrected',
        text: { reasons: ['evidence_shows'], value: { form: 'marital', code: 'married' } },
      }),
    ],
  },
  {
    person: 'resident-uk',
    field: 'azr.nationality',
    papers: [{ kind: 'photo', name: 'паспорт' }],
    day: 60,
    statement: {
      kind: 'wrong',
      stored: 'ungeklärt',
      wanted: { form: 'nationality', codes: ['UKR'] },
      words: 'Моє громадянство не «нез’ясоване»: я громадянка України.',
      evidence: ['passport'],
      restrict: true,
      recipients: true,
    },
    acts: [
      letter(57),
      claims(55),
      does(44, UKRAINIAN),
      partner.does(41, { event: 'sent_back', reason: 'reasons' }),
      does(39, { ...UKRAINIAN, text: { ...UKRAINIAN.text, words: 'Der Reisepass liegt vor.' } }),
      partner.confirms(36),
    ],
  },
  {
    person: 'resident-uk',
    field: 'azr.gender',
    day: 12,
    statement: {
      kind: 'wrong',
      stored: 'männlich',
      wanted: { form: 'gender', code: 'female' },
      words: 'Стать записана неправильно.',
      evidence: ['passport', 'nothing'],
      restrict: false,
    },
    acts: [letter(9)],
  },
  {
    person: 'resident-uk',
    field: 'azr.entry_departure',
    day: 33,
    statement: {
      kind: 'not_me',
      other: {
        about: 'Це не я: я не виїжджала з Німеччини. Можливо, це жінка з таким самим ім’ям.',
      },
      evidence: ['witness'],
      restrict: true,
    },
    acts: [
      letter(30),
      claims(28),
      does(15, {
        event: 'decided',
        outcome: 'deleted',
        text: {
          reasons: ['register_error'],
          words: 'Die Ausreise betrifft eine andere Person gleichen Namens.',
        },
      }),
    ],
  },
]
