import type { AgreementStory } from './story.js'

const { asked, wished, answered, withdrawn, calledOff } = {
  asked: (day: number) => ({ day, act: 'asked' }) as const,
  wished: (day: number) => ({ day, act: 'wished' }) as const,
  answered: (day: number, language: string, allowed: readonly string[] = []) =>
    ({ day, act: 'answered', language, allowed }) as const,
  withdrawn: (day: number) => ({ day, act: 'withdrawn' }) as const,
  calledOff: (day: number) => ({ day, act: 'called_off' }) as const,
}
const WHOLE = ['all']

/**
 * What people of the demonstration were asked and what they answered; days count back from today. The twins are
 * asked nothing: they differ in nothing that is shown. A paper has come six days or more before it is recorded.
 */
export const AGREEMENTS: readonly AgreementStory[] = [
  {
    person: 'resident-ar',
    code: 'c.course_contact',
    acts: [asked(60), answered(58, 'ar', ['phone'])],
  },
  {
    person: 'resident-ar',
    code: 'c.cv_chamber',
    acts: [asked(72), answered(70, 'ar', ['diploma', 'reference']), withdrawn(45)],
  },
  {
    person: 'resident-ar',
    code: 'c.cv_employer',
    acts: [asked(32), answered(30, 'ar', ['bakery'])],
  },
  { person: 'resident-ar', code: 'c.newsletter', acts: [asked(22), answered(20, 'ar')] },
  {
    person: 'resident-ar',
    code: 'c.mentoring',
    acts: [asked(80), answered(78, 'ar', WHOLE), { ...withdrawn(20), receipt: 41 }],
  },
  { person: 'resident-ar', code: 'c.interpreter', acts: [asked(63), answered(61, 'ar', WHOLE)] },
  {
    person: 'resident-ar',
    code: 'c.case_management',
    acts: [
      asked(90),
      answered(88, 'ar', ['appointments', 'steps']),
      asked(27),
      answered(25, 'ar', ['appointments']),
    ],
  },
  {
    person: 'resident-ar',
    code: 'c.plan_to_counselling',
    acts: [asked(48), { ...answered(33, 'ar', WHOLE), receipt: 40, helper: 'interpreter' }],
  },
  { person: 'resident-ar', code: 'c.test_handover', acts: [asked(55)] },
  { person: 'resident-ar', code: 'c.naturalisation_advice', acts: [asked(8), wished(5)] },
  { person: 'resident-ar', code: 'c.voluntary_entries', acts: [asked(4)] },
  { person: 'resident-tr', code: 'c.pension', acts: [asked(29), answered(27, 'de', WHOLE)] },
  {
    person: 'resident-tr',
    code: 'c.private_placement',
    acts: [asked(40), answered(38, 'de', ['warehouse']), withdrawn(12)],
  },
  {
    person: 'resident-ru',
    code: 'c.naturalisation_advice',
    acts: [asked(36), answered(34, 'de', WHOLE)],
  },
  { person: 'resident-ru', code: 'c.mentoring', acts: [asked(16), calledOff(9)] },
  { person: 'resident-uk', code: 'c.birth_record', acts: [asked(20), answered(18, 'de', WHOLE)] },
  { person: 'resident-uk', code: 'c.medical_release', acts: [asked(7)] },
  { person: 'resident-fa', code: 'c.youth_confided', acts: [asked(26), answered(24, 'de')] },
  { person: 'resident-en', code: 'c.research', acts: [asked(14), answered(11, 'en')] },
]
