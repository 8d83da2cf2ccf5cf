/** Where in an office something is done, and what its file numbers begin with. */
export interface Desk {
  /** Code of the kind of unit. */
  readonly unit: string
  /** Two capitals. */
  readonly prefix: string
}

const DESKS: Readonly<Record<string, Desk>> = {
  abh: { unit: 'residence_titles', prefix: 'AB' },
  aufnahmeeinrichtung: { unit: 'front_desk', prefix: 'AE' },
  bamf: { unit: 'asylum_team', prefix: 'AS' },
  jobcenter: { unit: 'placement', prefix: 'BG' },
  asylblg: { unit: 'benefits', prefix: 'AL' },
  jugendamt: { unit: 'youth_team', prefix: 'JU' },
  gesundheitsamt: { unit: 'health_team', prefix: 'GA' },
  familienkasse: { unit: 'benefits', prefix: 'KG' },
  ba: { unit: 'placement', prefix: 'VM' },
  staatsangehoerigkeit: { unit: 'nationality', prefix: 'EB' },
  meldebehoerde: { unit: 'registration_desk', prefix: 'MR' },
  standesamt: { unit: 'records', prefix: 'ST' },
  integrationsmanagement: { unit: 'counselling', prefix: 'IM' },
  sprachkurstraeger: { unit: 'course_admin', prefix: 'SK' },
  kammer: { unit: 'casework', prefix: 'AK' },
  auslandsvertretung: { unit: 'casework', prefix: 'VS' },
}

const ANY_DESK: Desk = { unit: 'casework', prefix: 'VG' }

/** What every file number of the demonstration looks like, for the registration of streams. */
export const CASE_REF_PATTERN = '^[A-Z]{2}-[0-9]{2}/[0-9]{5}$'

/** The desk at which a kind of authority acts. */
export function deskOf(kind: string): Desk {
  return DESKS[kind] ?? ANY_DESK
}
