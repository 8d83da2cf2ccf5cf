import { clerk, CLERKS, person, type CaseStory } from '../case.js'

const { letter, claims, does } = clerk(CLERKS.pforzheim)
const partner = clerk(CLERKS.reutlingen)

const KHATIB = {
  form: 'names',
  latin: 'Al-Khatib',
  original: 'الخطيب',
  onlyOne: false,
} as const

/** Layla and her family: a draft, a question, a proposal, a decision, and one just sent. */
export const FAMILY_IN_PFORZHEIM: readonly CaseStory[] = [
  {
    person: 'resident-ar',
    field: 'azr.birth_date',
    papers: [
      {
        kind: 'page',
        name: 'دفتر العائلة',
        lines: ['MUSTER - Familienbuch (Übersetzung)', 'Geboren am: 14.03.1991'],
      },
    ],
    day: 2,
    isDraft: true,
    statement: {
      kind: 'wrong',
      stored: '01.01.1991',
      wanted: { form: 'date', calendar: 'gregorian', year: 1991, month: 3, day: 14 },
      words: 'عند التسجيل كُتب الأول من كانون الثاني. تاريخ ميلادي الكامل موجود في دفتر العائلة.',
    },
    acts: [],
  },
  {
    person: 'resident-ar',
    field: 'azr.spouse_nationality',
    day: 16,
    statement: {
      kind: 'missing',
      wanted: { form: 'nationality', codes: ['SYR'] },
      words: 'تزوجنا قبل الرحيل. جنسية زوجي غير مسجّلة.',
      evidence: ['marriage_record'],
      restrict: false,
      recipients: true,
    },
    acts: [
      letter(13),
      claims(12),
      does(5, { event: 'asked', questions: ['marriage_record', 'come_in'] }),
    ],
  },
  {
    person: 'resident-ar',
    field: 'azr.family_name',
    papers: [
      { kind: 'photo', name: 'جواز السفر' },
      {
        kind: 'page',
        name: 'شهادة الميلاد',
        lines: [
          'MUSTER - Geburtsurkunde (Übersetzung)',
          'Familienname: Al-Khatib',
          'Geboren am: 14.03.1991',
        ],
      },
    ],
    day: 31,
    statement: {
      kind: 'wrong',
      stored: 'Alkatib',
      wanted: KHATIB,
      words: 'اسم عائلتي مكتوب دون حرف الخاء. في جواز سفري يُكتب الاسم كاملًا.',
      evidence: ['passport', 'birth_record'],
      restrict: true,
      recipients: true,
    },
    acts: [
      letter(28),
      claims(26),
      does(21, { event: 'asked', questions: ['spelling', 'original_script'] }),
      person(17, 'answered', 'الاسم بالعربية: الخطيب. أرفقتُ نسخة من جواز السفر بالبريد.'),
      does(6, {
        event: 'decided',
        outcome: 'corrected',
        text: {
          reasons: ['evidence_shows', 'transcription'],
          words: 'Der Reiseausweis zeigt die Schreibweise mit Bindestrich.',
          value: KHATIB,
        },
      }),
    ],
  },
  {
    person: 'resident-ar',
    field: 'mr.family',
    papers: [
      {
        kind: 'page',
        name: 'شهادة ميلاد يوسف',
        lines: ['MUSTER - Geburtsurkunde', 'Kind: Yusuf Al-Khatib', 'Geboren: 2024'],
      },
    ],
    day: 7,
    statement: {
      kind: 'missing',
      wanted: { form: 'family', relation: 'child', latin: 'Yusuf Al-Khatib', birthYear: 2024 },
      words: 'ابني يوسف وُلد هنا، ولا يظهر اسمه بين أفراد عائلتي.',
      evidence: ['birth_record'],
      restrict: false,
      recipients: true,
    },
    acts: [],
  },
  {
    person: 'resident-ar',
    field: 'azr.religion',
    day: 22,
    statement: {
      kind: 'delete',
      words: 'ذكرتُ ديانتي طوعًا عند التسجيل. لا أريد أن تبقى مسجّلة.',
      evidence: ['nothing'],
      restrict: true,
      recipients: true,
    },
    acts: [
      letter(19),
      claims(18),
      does(14, {
        event: 'decided',
        outcome: 'deleted',
        text: { reasons: ['own_statement'], words: 'Die Angabe war freiwillig.' },
      }),
      partner.confirms(10),
    ],
  },
]
