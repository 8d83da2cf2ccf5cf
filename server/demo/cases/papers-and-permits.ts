import { clerk, CLERKS, type CaseStory } from '../case.js'

const { letter, claims, closes, does } = clerk(CLERKS.pforzheim)

const VALID_UNTIL = { form: 'text', text: 'Aufenthaltserlaubnis, gültig bis 14.03.2028' } as const

/** What is seldom thought of: two nationalities, a photograph, a school, the end of a permit, a second record. */
export const PAPERS_AND_PERMITS: readonly CaseStory[] = [
  {
    person: 'resident-tr',
    field: 'azr.nationality',
    papers: [{ kind: 'photo', name: 'ikinci pasaport' }],
    day: 8,
    statement: {
      kind: 'outdated',
      stored: 'türkisch',
      wanted: { form: 'nationality', codes: ['TUR', 'BGR'] },
      words: 'Annem Bulgaristanlı. İki vatandaşlığım var, kayıtta yalnız biri yazıyor.',
      evidence: ['passport'],
      restrict: false,
      recipients: true,
    },
    acts: [letter(5)],
  },
  {
    person: 'resident-tr',
    field: 'azr.photo',
    papers: [{ kind: 'photo', name: 'biyometrik fotoğraf' }],
    day: 10,
    statement: {
      kind: 'not_me',
      other: { about: 'Kayıttaki fotoğraf bana ait değil. Randevuda bir başkasınınki yüklenmiş.' },
      evidence: ['passport', 'residence_permit'],
      restrict: true,
    },
    acts: [letter(7), claims(6)],
  },
  {
    person: 'resident-ar',
    field: 'azr.residence_title',
    papers: [
      {
        kind: 'page',
        name: 'تصريح الإقامة',
        lines: ['MUSTER - Aufenthaltstitel', 'Karte gültig bis: 14.03.2028'],
      },
    ],
    day: 40,
    statement: {
      kind: 'wrong',
      stored: 'gültig bis 14.03.2027',
      wanted: VALID_UNTIL,
      words: 'على بطاقتي تاريخ آخر لانتهاء التصريح.',
      evidence: ['residence_permit'],
      restrict: true,
      recipients: true,
    },
    acts: [
      letter(37),
      claims(36),
      does(25, {
        event: 'decided',
        outcome: 'corrected',
        text: {
          reasons: ['evidence_shows', 'register_error'],
          words: 'Die Karte nennt den 14. März 2028.',
          value: VALID_UNTIL,
        },
      }),
      closes(11),
    ],
  },
  {
    person: 'resident-ar',
    field: 'azr.schooling',
    papers: [
      {
        kind: 'page',
        name: 'شهادة الثانوية',
        lines: ['MUSTER - Zeugnis (Übersetzung)', 'Zwölf Schuljahre, Abschluss 2009'],
      },
    ],
    day: 15,
    statement: {
      kind: 'wrong',
      stored: 'kein Schulabschluss',
      wanted: { form: 'text', text: 'Zwölf Schuljahre in Homs, Sekundarabschluss 2009' },
      evidence: ['certificate'],
      restrict: false,
    },
    acts: [],
  },
]
