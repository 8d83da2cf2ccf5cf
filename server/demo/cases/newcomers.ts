import { clerk, CLERKS, person, type CaseStory } from '../case.js'

const { letter, claims, closes, does } = clerk(CLERKS.pforzheim)

/** Emre and Irina: overdue, under way, closed, contested, not begun yet, and passed on. */
export const NEWCOMERS_IN_PFORZHEIM: readonly CaseStory[] = [
  {
    person: 'resident-tr',
    field: 'azr.family_name',
    papers: [{ kind: 'photo', name: 'pasaport' }],
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
    papers: [
      {
        kind: 'page',
        name: 'alindi belgesi',
        lines: ['MUSTER - Eingangsbestätigung', 'Antrag eingegangen am 06.10.2025'],
      },
    ],
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
    papers: [
      {
        kind: 'page',
        name: 'Meldebestaetigung',
        lines: ['MUSTER - Meldebestätigung', 'Musterpfad 7, 75172 Pforzheim'],
      },
    ],
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
    papers: [
      {
        kind: 'page',
        name: 'решение суда',
        lines: ['MUSTER - Scheidungsurteil (Übersetzung)', 'Die Ehe ist geschieden.'],
      },
    ],
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
