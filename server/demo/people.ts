import type { StaffRole } from '../identity/index.js'
import {
  CHILD,
  RECOGNISED_ALONE,
  RECOGNISED_WITH_FAMILY,
  SEEKING_ASYLUM,
} from './courses/asylum.js'
import {
  CITIZENSHIP,
  FREE_MOVEMENT,
  MOVED_TO_PFORZHEIM,
  MOVED_TO_REUTLINGEN,
  SKILLED_WORKER,
  TEMPORARY_PROTECTION,
} from './courses/arrivals.js'
import { HELD_BACK, WITHHELD } from './courses/withheld.js'
import type { Place } from './places.js'
import { on, type Course } from './step.js'

/** A person of the demonstration. */
export interface Resident {
  /** The sign-in. */
  readonly name: string
  /** Makes the numbers of this person; no two have the same. */
  readonly ordinal: number
  readonly language: string
  /** Where the person lives, first home first; `since` counts days back from today. */
  readonly homes: readonly [Home, ...Home[]]
  readonly course: Course
  /** Accesses of this person that are not shown; drawn apart, so that they move nothing else. */
  readonly withheld?: Course
  /** A citizen of the Union with free movement: few data (AZRG § 3 (4)). */
  readonly freeMovement?: true
  /** People with the same draws have the same times and file numbers. */
  readonly draws: string
  /** One of many: their accesses may share a delivery with others of the same person. */
  readonly crowd?: true
}

/** A home and since when. */
export interface Home {
  readonly place: Place
  readonly since: number
}

/** A member of staff of the demonstration. */
export interface StaffMember {
  readonly name: string
  readonly role: StaffRole
  /** Office code; none for supervisors and operators. */
  readonly office?: string
  /** Further offices that a data protection officer serves. */
  readonly further?: readonly string[]
  readonly unit?: string
  readonly assurance: 'counter' | 'high'
}

const EVER = 10_000
const at = (place: Place): readonly [Home] => [{ place, since: EVER }]

const TWINS = {
  language: 'de',
  homes: at('kalletal'),
  course: RECOGNISED_ALONE,
  draws: 'twins',
} as const

type Told = Omit<Resident, 'ordinal' | 'draws'> & { readonly draws?: string }

const TOLD: readonly Told[] = [
  {
    name: 'resident-ar',
    language: 'ar',
    homes: at('pforzheim'),
    course: [
      ...RECOGNISED_WITH_FAMILY,
      on(23, 'jobcenter.status', { beyond: 'azr.religion' }),
      on(48, 'jobcenter.course-contact', { cites: { code: 'c.course_contact', part: 'phone' } }),
      on(60, 'integration.chamber', { cites: { code: 'c.cv_chamber', part: 'diploma' } }),
      on(34, 'integration.chamber', { cites: { code: 'c.cv_chamber', part: 'diploma' } }),
      on(18, 'integration.cv', {
        cites: { code: 'c.cv_employer', part: 'bakery' },
        beyond: 'vol.case_notes',
      }),
      on(30, 'integration.mentor', { cites: { code: 'c.mentoring', part: 'all' } }),
      on(50, 'integration.interpreter', { cites: { code: 'c.interpreter', part: 'all' } }),
    ],
  },
  {
    name: 'resident-fa',
    language: 'fa',
    homes: at('kalletal'),
    course: [...CHILD, on(34, 'school.reports')],
  },
  {
    name: 'resident-uk',
    language: 'uk',
    homes: [
      { place: 'burgenland', since: EVER },
      { place: 'reutlingen', since: 95 },
    ],
    course: [
      ...TEMPORARY_PROTECTION,
      ...MOVED_TO_REUTLINGEN,
      on(120, 'integration.cv', { consent: true }),
    ],
  },
  {
    name: 'resident-tr',
    language: 'tr',
    homes: [
      { place: 'stralsund', since: EVER },
      { place: 'pforzheim', since: 75 },
    ],
    course: [...SKILLED_WORKER, ...MOVED_TO_PFORZHEIM, on(6, 'search.asks')],
    // The officer of Pforzheim has something to review.
    withheld: HELD_BACK,
  },
  {
    name: 'resident-ru',
    language: 'ru',
    homes: at('pforzheim'),
    course: [
      ...CITIZENSHIP,
      on(22, 'nationality.advice', { cites: { code: 'c.naturalisation_advice', part: 'all' } }),
    ],
  },
  {
    name: 'resident-en',
    language: 'en',
    homes: at('bielefeld'),
    course: FREE_MOVEMENT,
    freeMovement: true,
  },
  { name: 'resident-letter', language: 'en', homes: at('reutlingen'), course: SEEKING_ASYLUM },
  { name: 'resident-withheld', ...TWINS, withheld: WITHHELD },
  { name: 'resident-plain', ...TWINS },
]

/** The residents who can be signed in as, in the order in which `/demo` lists them. */
export const RESIDENTS: readonly Resident[] = TOLD.map((person, place) => ({
  draws: person.name,
  ...person,
  ordinal: place + 1,
}))

/** The members of staff who can be signed in as. */
export const STAFF: readonly StaffMember[] = [
  {
    name: 'caseworker',
    role: 'caseworker',
    office: 'i.pf.abh',
    unit: 'residence_titles',
    assurance: 'high',
  },
  {
    name: 'caseworker-2',
    role: 'caseworker',
    office: 'i.rt.abh',
    unit: 'residence_titles',
    assurance: 'high',
  },
  {
    name: 'dpo',
    role: 'dpo',
    office: 'i.pf.abh',
    further: ['i.pf.jobcenter'],
    unit: 'data_protection',
    assurance: 'high',
  },
  {
    name: 'dpo-2',
    role: 'dpo',
    office: 'i.rt.abh',
    unit: 'data_protection',
    assurance: 'high',
  },
  { name: 'supervisor', role: 'supervisor', assurance: 'high' },
  { name: 'operator', role: 'operator', assurance: 'high' },
  { name: 'operator-2', role: 'operator', assurance: 'high' },
]

/** All demonstration sign-ins by name (api.md). */
export const SIGN_INS: readonly string[] = [...RESIDENTS, ...STAFF].map(({ name }) => name)
