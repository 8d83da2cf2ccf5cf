import type { Party } from '../../server/catalogue/index.js'
import { createEnrolment } from '../../server/identity/index.js'
import { must } from './events.js'
import { ask, type Place } from './place.js'

/** How many cases are open, and how they lie over the offices. */
export const CASES = { all: 100_000, large: 60_000, small: 100 } as const
const CLERKS = 40
const LANGUAGES = ['ar', 'ar', 'ar', 'en', 'en', 'de']

/** Two offices: one with most of the cases, and one with a hundred. */
export interface Offices {
  readonly large: Party
  readonly small: Party
}

/** Caseworkers of both offices, by the names of the demonstration. */
export const READERS = ['clerk-large', 'clerk-small'] as const

/** Enters people and cases; the cases are rows alone, as no page of the list reads what belongs to them. */
export async function fillQueues(place: Place): Promise<Offices> {
  const offices = await enterOffices(place)
  const { parties } = place.installation.catalogue
  const others = parties.all
    .filter((party) => party.kind === 'office' && party.id !== offices.large.id)
    .filter((party) => party.id !== offices.small.id)
    .map(({ id }) => id)
  const rest = CASES.all - CASES.large - CASES.small
  await insertCases(place, { count: CASES.large, offices: [offices.large.id] })
  await insertCases(place, { count: CASES.small, offices: [offices.small.id] })
  await insertCases(place, { count: rest, offices: others })
  // What autovacuum does within its minute.
  await ask(place.adminUrl, 'vacuum analyze rectification.request')
  return offices
}

async function enterOffices({ installation, adminUrl }: Place): Promise<Offices> {
  const { admin, catalogue, clock, random, secrets } = installation
  const { subjectKey: subjectSecret, accountKey } = secrets
  const enrolment = createEnrolment({ db: admin, subjectSecret, accountKey, clock, random })
  const large = must(catalogue.parties.byCode('i.de.bamf'))
  const small = must(catalogue.parties.byCode('i.rt.abh'))
  for (const [at, { id: office }] of [large, small].entries()) {
    const post = { role: 'caseworker', office, assurance: 'high' } as const
    await enrolment.createDemoStaff({ ...post, name: READERS[at] ?? '' })
  }
  await ask(
    adminUrl,
    `insert into identity.staff (staff, role, office, assurance)
      select gen_random_uuid(), 'caseworker', ${large.id}, 'high' from generate_series(2, ${CLERKS})`,
  )
  return { large, small }
}

/** A third is claimed, a tenth waits for its signed letter, half names evidence; ages of 60 days. */
async function insertCases(
  { adminUrl, installation }: Place,
  { count, offices }: { count: number; offices: readonly number[] },
): Promise<void> {
  const { fields } = installation.catalogue
  const about = fields.all.filter(({ register }) => register !== 'portal').map(({ id }) => id)
  await ask(
    adminUrl,
    `insert into rectification.request (request, state, subject, field, language, case_key, content,
        version, saved_at, reference, kind, filed_at, office, assignee, due_on, has_evidence,
        second_office, proposed_by, expires_on)
      with clerk as (
        select array_agg(staff) as all_of from identity.staff where office = ${offices[0]}
      ), made as (
        select number, random() as luck, now() - random() * interval '60 days' as filed_at,
          (array[${offices.join()}])[1 + number % ${offices.length}] as office,
          clerk.all_of[1 + number % greatest(cardinality(clerk.all_of), 1)] as somebody
        from generate_series(1, ${count}) number cross join clerk
      )
      select gen_random_uuid(),
        case when luck < 0.6 then 'received' when luck < 0.63 then 'passed_on'
          when luck < 0.9 then 'in_review' when luck < 0.97 then 'question' else 'proposed' end,
        gen_random_uuid(), (array[${about.join()}])[1 + floor(random() * ${about.length})::int],
        (array['${LANGUAGES.join(`','`)}'])[1 + number % ${LANGUAGES.length}],
        decode(repeat('00', 60), 'hex'), decode(repeat('00', 600), 'hex'), 2, filed_at,
        upper(substr(md5('${offices[0]}/' || number), 1, 12)), 'wrong', filed_at, office,
        case when luck >= 0.63 then somebody end,
        case when random() > 0.1 then (filed_at + interval '1 month')::date end, random() > 0.5,
        case when luck >= 0.97 then office end, case when luck >= 0.97 then gen_random_uuid() end,
        current_date + 1000
      from made`,
  )
}
