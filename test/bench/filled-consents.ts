import type { StaffActor } from '../../server/identity/index.js'
import { makeRooms, type Rooms } from '../../server/compose/rooms.js'
import { firstContent } from '../../server/consent/first-wording.js'
import { must } from './events.js'
import { ask, type Place } from './place.js'

/** Three of five consents have ended, so that there are 1.6 entries to each. */
const ENTRIES_PER_CONSENT = 1.6
/** Consents of one person, each of a template of its own. */
export const EACH = 5
/** Rows that one statement writes. */
const STRETCH = 250_000
/** Behind every leaf that the figures will append. */
const FIRST_LEAF = 1_000_000_000

/** The rooms over many consents of one office, and how many there are. */
export interface FilledConsents {
  readonly rooms: Rooms
  readonly office: number
  readonly consents: number
  readonly entries: number
}

/** SQL for the id of the consent of a number; every fourth and fifth is in force. */
export const consentId = (number: string) => `md5('consent ' || ${number})::uuid`
/** SQL for whom it belongs to. */
export const subjectId = (number: string) => `md5('person ' || ${number} / ${EACH})::uuid`

/**
 * Fills the tables by SQL, because answering a million askings takes hours; the templates alone are made by the use
 * cases. The generated entries are in no tree, and nothing that is measured reads one.
 */
export async function fillConsents(place: Place, wanted: number): Promise<FilledConsents> {
  const rooms = makeRooms(place.installation)
  await rooms.ledger.tick()
  const office = must(place.installation.catalogue.parties.byCode('i.pf.integrationsmanagement')).id
  const templates = await publish(place, rooms, office)
  const consents = Math.floor(wanted / ENTRIES_PER_CONSENT / EACH) * EACH
  const indexes = await ask<{ drop: string; create: string }>(place.adminUrl, SECONDARY)
  await ask(place.adminUrl, indexes.map(({ drop }) => drop).join(';'))
  for (let from = 0; from < consents; from += STRETCH) {
    const to = Math.min(from + STRETCH, consents) - 1
    await ask(place.adminUrl, fillStretch({ from, to, office, templates }))
  }
  for (const { create } of indexes) await ask(place.adminUrl, create)
  await ask(place.adminUrl, 'vacuum analyze consent.consent, consent.entry')
  return { rooms, office, consents, entries: Math.round(consents * ENTRIES_PER_CONSENT) }
}

async function publish(
  { installation }: Place,
  { enrolment, identity, templating }: Rooms,
  office: number,
): Promise<readonly string[]> {
  const [writer, publisher] = await Promise.all(
    ['clerk', 'colleague'].map(async (name) => {
      const post = { role: 'caseworker', office, assurance: 'high' } as const
      await enrolment.createDemoStaff({ ...post, name })
      const token = (await identity.signInDemo(name))?.token ?? ''
      const open = await identity.sessions.open(token, installation.clock.now())
      return must(open).actor as StaffActor
    }),
  )
  const templates: string[] = []
  for (const kind of installation.catalogue.consents.slice(0, EACH)) {
    const at = await templating.draft(must(writer), firstContent(kind))
    const { digest } = await templating.version(must(publisher), at)
    await templating.publish(must(publisher), { ...at, digest })
    templates.push(at.template)
  }
  return templates
}

/** What is not needed while filling: indexes that no key needs are built once, behind it. */
const SECONDARY = `select 'drop index ' || i.indexrelid::regclass as drop, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as create
  from pg_index i join pg_class t on t.oid = i.indrelid
  where t.oid in ('consent.consent'::regclass, 'consent.entry'::regclass)
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`

interface Stretch {
  readonly from: number
  readonly to: number
  readonly office: number
  readonly templates: readonly string[]
}

/** Triggers of keys are left out: what they would look up is what was just made. */
const fillStretch = ({ from, to, office, templates }: Stretch) => `
  begin;
  set local session_replication_role = replica;
  create temporary table made on commit drop as
    select number, ${consentId('number')} as consent, ${subjectId('number')} as subject,
      (array['${templates.join(`','`)}'])[1 + number % ${EACH}]::uuid as template,
      now() - (number % 900 + 30) * interval '1 day' as given_at,
      case when number % ${EACH} < 3 then now() - (number % 29 + 1) * interval '1 day' end as ended_at
    from generate_series(${from}, ${to}) number;
  insert into consent.consent (consent, reference, ask, subject, office, template, version, part, state,
      given_at, valid_until, ended_at, step, expires_on)
    select consent, upper(lpad(to_hex(number), 8, '0')), md5('ask ' || number)::uuid, subject, ${office},
      template, 1, 'all', case when ended_at is null then 'given' else 'withdrawn' end, given_at,
      given_at + interval '5 years', ended_at, case when ended_at is null then 1 else 2 end,
      current_date + 1500
    from made;
  insert into consent.entry (class, expires_on, leaf_index, recorded_at, subject, consent, template, version,
      part, number, kind, by, channel, language, wording, effective_at, valid_until, helper, salt)
    select 40, current_date + 1500, ${FIRST_LEAF} + 2 * made.number + act.place, act.at, subject, consent,
      template, 1, 'all', act.place, act.kind, 'resident', 'session', 'de', sha256('wording'), act.at,
      act.until, 'none', sha256(made.number::text::bytea)
    from made cross join lateral (
      select 1 as place, 'given' as kind, given_at as at, given_at + interval '5 years' as until
      union all select 2, 'withdrawn', ended_at, null where ended_at is not null) act;
  commit`
