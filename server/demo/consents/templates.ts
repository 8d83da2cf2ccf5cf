import type { Catalogue } from '../../catalogue/index.js'
import { firstContent, type Content, type Wording } from '../../consent/index.js'
import { ARABIC, WITHDRAWAL } from './arabic.js'

type Names = Readonly<Record<'de' | 'en' | 'ar', string>>

/** A template of the demonstration: who asks with it, and what it can be allowed for. */
export interface DemoTemplate {
  /** The consent of the catalogue. */
  readonly code: string
  /** Code of the office that asks. */
  readonly office: string
  /** Names of the parts by their codes, where it has some. */
  readonly parts?: Readonly<Record<string, Names>>
  /** Whether nobody has checked the Arabic yet: there is no yes on it. */
  readonly isUnread?: true
}

const INTEGRATION = 'i.pf.integrationsmanagement'
const PHONE: Names = { de: 'Telefon', en: 'Phone', ar: 'الهاتف' }
const MAIL: Names = { de: 'E-Mail', en: 'E-mail', ar: 'البريد الإلكتروني' }

/** Every consent of the catalogue; companies, doctors and cases are invented. */
export const TEMPLATES: readonly DemoTemplate[] = [
  {
    code: 'c.cv_employer',
    office: INTEGRATION,
    parts: {
      bakery: { de: 'Bäckerei Morgenrot', en: 'Morgenrot bakery', ar: 'مخبز مورغنروت' },
      metal: { de: 'Metallbau Enzblick', en: 'Enzblick metalwork', ar: 'ورشة إنتسبليك للمعادن' },
    },
  },
  {
    code: 'c.cv_chamber',
    office: INTEGRATION,
    parts: {
      diploma: { de: 'Abschlusszeugnis', en: 'Final certificate', ar: 'شهادة التخرّج' },
      reference: { de: 'Arbeitszeugnis', en: 'Job reference', ar: 'شهادة العمل' },
    },
  },
  {
    code: 'c.private_placement',
    office: 'vermittler',
    parts: {
      warehouse: { de: 'Stelle im Lager', en: 'Job in a warehouse', ar: 'وظيفة في مستودع' },
    },
  },
  { code: 'c.test_handover', office: 'i.pf.sprachkurstraeger' },
  { code: 'c.course_contact', office: 'i.pf.jobcenter', parts: { phone: PHONE, mail: MAIL } },
  {
    code: 'c.case_management',
    office: 'i.pf.mbe',
    parts: {
      appointments: { de: 'Termine', en: 'Appointments', ar: 'المواعيد' },
      steps: { de: 'Vereinbarte Schritte', en: 'Agreed steps', ar: 'الخطوات المتفق عليها' },
      documents: { de: 'Unterlagen', en: 'Documents', ar: 'الوثائق' },
    },
  },
  { code: 'c.plan_to_counselling', office: 'i.pf.jobcenter' },
  {
    code: 'c.medical_release',
    office: 'arzt',
    parts: {
      question: {
        de: 'Frage: Welche Arbeit ist möglich?',
        en: 'Question: which work is possible?',
        ar: 'سؤال: أي عمل ممكن؟',
      },
    },
  },
  { code: 'c.interpreter', office: INTEGRATION },
  { code: 'c.newsletter', office: INTEGRATION },
  { code: 'c.mentoring', office: INTEGRATION },
  { code: 'c.naturalisation_advice', office: 'i.pf.staatsangehoerigkeit', isUnread: true },
  { code: 'c.pension', office: 'i.de.bva', isUnread: true },
  { code: 'c.research', office: 'i.de.bamf', isUnread: true },
  { code: 'c.birth_record', office: 'i.rt.standesamt' },
  { code: 'c.youth_confided', office: 'i.li.jugendamt' },
  {
    code: 'c.voluntary_entries',
    office: 'i.pf.abh',
    parts: {
      religion: { de: 'Religion', en: 'Religion', ar: 'الديانة' },
      spouse: {
        de: 'Staatsangehörigkeit der Ehefrau oder des Ehemanns',
        en: 'Nationality of the spouse',
        ar: 'جنسية الزوجة أو الزوج',
      },
      phone: PHONE,
      mail: MAIL,
    },
  },
]

/** Said on every page of a wording: it is nobody's. */
const INVENTED: Names = {
  de: 'Das ist ein Beispiel. Personen, Betriebe und Fälle sind erfunden.',
  en: 'This is an example. People, companies and cases are invented.',
  ar: 'هذا مثال فقط. الأشخاص والشركات والحالات من الخيال.',
}
/** What the catalogue says of ending voluntary entries, in Arabic. */
const OWN_WITHDRAWAL: Readonly<Record<string, string>> = {
  'c.voluntary_entries': 'يمكنك أن تطلب حذف البيان.',
}

/** What a template says: the words of the catalogue in German and English, and our Arabic ones. */
export function contentOf(template: DemoTemplate, catalogue: Catalogue): Content {
  const { code, parts = {} } = template
  const kind = catalogue.consents.find((one) => one.code === code)
  const arabic = ARABIC[code]
  if (kind === undefined || arabic === undefined) throw new Error(`nobody can be asked for ${code}`)
  const first = firstContent(kind)
  const named = (language: keyof Names, words: Omit<Wording, 'parts' | 'reviewed'>): Wording => ({
    ...words,
    text: `${words.text} ${INVENTED[language]}`,
    parts: Object.fromEntries(
      Object.entries(parts).map(([part, names]) => [part, names[language]]),
    ),
    reviewed: language !== 'ar' || template.isUnread !== true,
  })
  const { de, en } = kind.wordings
  return {
    ...first,
    parts: Object.keys(parts),
    wordings: {
      de: named('de', de),
      en: named('en', en),
      ar: named('ar', { ...arabic, withdrawal: OWN_WITHDRAWAL[code] ?? WITHDRAWAL }),
    },
  }
}

/** The two members of staff of an office who write its wording and publish it. */
export interface Authors {
  readonly writer: string
  readonly publisher: string
}

/** Sign-ins: one more caseworker there would be somebody who confirms decisions of the other. */
const KNOWN_AUTHORS: Readonly<Record<string, Authors>> = {
  'i.pf.abh': { writer: 'caseworker', publisher: 'dpo' },
}

/** Who writes and publishes at an office; people of their own where no sign-in is there. */
export function authorsOf(office: string): Authors {
  return (
    KNOWN_AUTHORS[office] ?? { writer: `consents-1 ${office}`, publisher: `consents-2 ${office}` }
  )
}
