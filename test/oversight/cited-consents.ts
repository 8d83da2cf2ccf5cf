import { firstContent } from '../../server/consent/index.js'
import type { StaffActor, StaffRole, SubjectId } from '../../server/identity/index.js'
import { must, personOf } from '../bench/events.js'
import type { Ground } from './sower.js'

const DAY = 86_400_000

/** A consent that an access cites. */
export interface Consent {
  readonly consent: string
  readonly subject: SubjectId
  readonly isWithdrawn: boolean
}

/** Consents of an office: every other one was withdrawn ten days ago. Made by SQL, but for their wording. */
export async function consentsOf(
  { installation, rooms, superuser }: Ground,
  count: number,
): Promise<readonly Consent[]> {
  const { catalogue } = installation
  const office = must(catalogue.parties.byCode('i.pf.integrationsmanagement')).id
  const kind = must(catalogue.consents.find(({ code }) => code === 'c.cv_chamber'))
  const clerk = (name: string) =>
    staffOf({ installation, rooms }, { name, role: 'caseworker', office })
  const [writer, publisher] = [await clerk('writer'), await clerk('publisher')]
  const at = await rooms.templating.draft(writer, firstContent(kind))
  const { digest } = await rooms.templating.version(publisher, at)
  await rooms.templating.publish(publisher, { ...at, digest })
  const consents = Array.from({ length: count }, (_, place) => ({
    consent: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    subject: personOf(9_000_000 + place),
    isWithdrawn: place % 2 === 1,
  }))
  const now = installation.clock.now().getTime()
  await superuser.query(
    `insert into consent.consent (consent, reference, ask, subject, office, template, version, part, state,
        given_at, valid_until, ended_at, step, expires_on)
      select c.consent, upper(lpad(to_hex(row_number() over ()), 8, '0')), gen_random_uuid(), c.subject, $1, $2, 1,
        'all', case when c.gone then 'withdrawn' else 'given' end, $3::timestamptz, $3::timestamptz + interval '2 years',
        case when c.gone then $4::timestamptz end, 1, current_date + 1500
      from unnest($5::uuid[], $6::uuid[], $7::bool[]) c (consent, subject, gone)`,
    [
      ...[office, at.template, new Date(now - 300 * DAY), new Date(now - 10 * DAY)],
      consents.map(({ consent }) => consent),
      consents.map(({ subject }) => subject),
      consents.map(({ isWithdrawn }) => isWithdrawn),
    ],
  )
  return consents
}

/** A member of staff of the demonstration, made and signed in. */
export async function staffOf(
  { installation: { clock }, rooms }: Pick<Ground, 'installation' | 'rooms'>,
  post: { readonly name: string; readonly role: StaffRole; readonly office: number },
): Promise<StaffActor> {
  const { enrolment, identity } = rooms
  const { name } = post
  await enrolment.createDemoStaff({ ...post, assurance: 'high' })
  const session = await identity.signInDemo(name)
  const open = await identity.sessions.open(session?.token ?? '', clock.now())
  return must(open).actor as StaffActor
}
