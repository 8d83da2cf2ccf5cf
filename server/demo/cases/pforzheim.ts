import { clerk, CLERKS, person, type CaseStory } from '../case.js'

const { letter, claims, closes, does } = clerk(CLERKS.pforzheim)
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

/** Emre and Irina: overdue, under way, closed, contested, not begun yet, and passed on. */
export const NEWCOMERS_IN_PFORZHEIM: readonly CaseStory[] = [
  {
    person: 'resident-tr',
    field: 'azr.family_name',
    day: 46,
    statement: {
      kind: 'wrong',
      stored: 'Yildirim',
      wanted: { form: 'names', latin: 'Yıldırım', onlyOne: false },
      words: 'Soyadımda noktasız ı harfi var. Pasaportumda doğru yazıyor.',
      evidence: ['passport'],
      restrict: false,
      recipients: true,
    },
    acts: [letter(43), claims(41)],
  },
  {
    person: 'resident-tr',
    field: 'azr.work_conditions',
    day: 14,
    statement: {
      kind: 'outdated',
      wanted: { form: 'text', text: 'Beschäftigung als Elektroniker bei jedem Arbeitgeber' },
      words: 'İşverenimi değiştirdim. Yeni iznimde işveren kısıtlaması yok.',
      evidence: ['residence_permit'],
      restrict: false,
    },
    acts: [letter(11), claims(10)],
  },
  {
    person: 'resident-tr',
    field: 'azr.title_application',
    // The former office acts until day 64, or the Friday before: until then it is the one that answers.
    day: 59,
    statement: {
      kind: 'wrong',
      stored: '13.10.2025',
      wanted: { form: 'date', calendar: 'gregorian', year: 2025, month: 10, day: 3 },
      words: 'Başvuruyu on gün önce yaptım. Elimde alındı belgesi var.',
      evidence: ['certificate'],
      restrict: false,
    },
    acts: [
      letter(56),
      claims(54),
      does(50, { event: 'extended', months: 1, reason: 'complex' }),
      does(44, {
        event: 'decided',
        outcome: 'corrected_in_part',
        text: {
          reasons: ['evidence_shows'],
          words:
            'Die Eingangsbestätigung nennt den 6. Oktober; dieser Tag steht jetzt im Register.',
          value: { form: 'date', calendar: 'gregorian', year: 2025, month: 10, day: 6 },
        },
      }),
      closes(20),
    ],
  },
  {
    person: 'resident-tr',
    field: 'mr.address',
    day: 9,
    statement: {
      kind: 'outdated',
      stored: 'Musterpfad 21, 18435 Stralsund',
      wanted: {
        form: 'address',
        street: 'Musterpfad 7',
        postcode: '75172',
        place: 'Pforzheim',
      },
      words: 'İki aydan beri Pforzheim’da oturuyorum. Eski adresim hâlâ kayıtlı.',
      evidence: ['registration'],
      restrict: false,
    },
    acts: [],
  },
  {
    person: 'resident-ru',
    field: 'azr.given_names',
    day: 4,
    statement: {
      kind: 'wrong',
      stored: 'Sokolowa',
      wanted: { form: 'names', latin: 'Irina', original: 'Ирина', onlyOne: false },
      words: 'Имя и фамилию поменяли местами: Ирина — имя, Соколова — фамилия.',
      evidence: ['passport', 'birth_record'],
      restrict: false,
    },
    acts: [],
  },
  {
    person: 'resident-ru',
    field: 'azr.marital_status',
    day: 11,
    statement: {
      kind: 'outdated',
      stored: 'verheiratet',
      wanted: { form: 'marital', code: 'divorced' },
      words: 'Брак расторгнут. Решение суда у меня есть.',
      evidence: ['divorce_record', 'court_decision'],
      restrict: false,
    },
    acts: [letter(8)],
  },
  {
    person: 'resident-ru',
    field: 'azr.nationality',
    day: 55,
    statement: {
      kind: 'wrong',
      stored: 'russisch',
      wanted: { form: 'nationality', codes: ['stateless'] },
      words:
        'Российского паспорта у меня никогда не было. После распада СССР я осталась без гражданства.',
      evidence: ['other'],
      restrict: true,
      recipients: true,
    },
    acts: [
      letter(52),
      claims(50),
      does(27, {
        event: 'decided',
        outcome: 'not_proven',
        text: {
          reasons: ['evidence_lacking'],
          words: 'Eine Auskunft des Konsulats liegt nicht vor; sie kann nachgereicht werden.',
        },
      }),
      person(
        24,
        'stated',
        'Я не согласна: консульство дважды отказалось подтвердить моё гражданство.',
      ),
    ],
  },
  {
    person: 'resident-ru',
    field: 'azr.name_variants',
    day: 18,
    statement: {
      kind: 'same_person',
      stored: 'Sokolova / Sokolowa',
      other: {
        about:
          'Под двумя написаниями записаны две карточки, но это я одна. Вторая — в Ройтлингене.',
        number: 'RT-33-2041',
      },
      evidence: ['passport'],
      restrict: false,
    },
    acts: [letter(15), does(13, { event: 'passed_on', office: 'i.rt.abh' })],
  },
]
