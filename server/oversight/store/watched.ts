import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { Ground } from '../../emergencies/index.js'
import type { Appointment, Around, CaseSpan, WatchedAccess } from '../flags/access.js'

interface Row extends Omit<WatchedAccess, 'broken' | 'emergency'> {
  readonly broken: Readonly<Record<string, number>> | null
  readonly ground: Ground | null
  readonly declaredAt: Date
  readonly noteToldAt: Date | null
}

const COLUMNS = sql`leaf_index as "index", expires_on as "expiresOn", occurred_at as "occurredAt", subject,
  operation = 2 as "isQuery", channel = 2 as "isManual", coalesce(unit, 0) as unit, purpose,
  of_the_portal as "ofThePortal", cites_consent as "citesConsent", broken, sealed as "isSealed",
  ground, declared_at as "declaredAt", noted_at as "noteToldAt"`
/** Accesses with what their office declared of them. */
const ACCESSES = sql`reporting.watched_access left join reporting.emergency using (leaf_index)`

/** A stretch of the log: from a leaf index on, below another. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** The accesses of a stretch in which the office in the setting acted, in the order of the log. */
export async function readWatched(
  trx: Trx,
  { from, to }: Stretch,
  days: { readonly today: string; readonly since?: Date; readonly until?: Date },
): Promise<readonly WatchedAccess[]> {
  const { today, since, until } = days
  const within = [
    sql`leaf_index >= ${from} and leaf_index < ${to} and expires_on > ${today}`,
    ...(since === undefined ? [] : [sql`occurred_at >= ${since}`]),
    ...(until === undefined ? [] : [sql`occurred_at < ${until}`]),
  ]
  const { rows } = await sql<Row>`select ${COLUMNS} from ${ACCESSES}
    where ${sql.join(within, sql` and `)} order by leaf_index`.execute(trx)
  return rows.map(accessOf)
}

function accessOf({ broken, ground, declaredAt, noteToldAt, ...row }: Row): WatchedAccess {
  const note = noteToldAt === null ? {} : { noteToldAt }
  const emergency = ground === null ? {} : { emergency: { ground, declaredAt, ...note } }
  return { ...row, ...emergency, broken: broken ?? {} }
}

/** Accesses of the office in the setting that were declared to be in an emergency and happened on some days, in Germany. */
export async function readEmergencies(
  trx: Trx,
  { from, until }: { readonly from?: string; readonly until: string },
  today: string,
): Promise<readonly WatchedAccess[]> {
  const day = sql`(occurred_at at time zone 'Europe/Berlin')::date`
  const since = from === undefined ? sql`true` : sql`${day} >= ${from}::date`
  const { rows } = await sql<Row>`select ${COLUMNS}
    from reporting.emergency join reporting.watched_access using (leaf_index)
    where expires_on > ${today} and ${day} <= ${until}::date and ${since} order by leaf_index`.execute(
    trx,
  )
  return rows.map(accessOf)
}

/** What is known around some persons: their accesses since an instant and below a leaf index, and cases. */
export async function readAround(
  trx: Trx,
  subjects: readonly string[],
  { since, below, today }: { readonly since: Date; readonly below: number; readonly today: string },
): Promise<ReadonlyMap<string, Around>> {
  const around = new Map<string, Gathered>()
  for (const subject of subjects)
    around.set(subject, { accesses: [], cases: [], told: [], appointments: [] })
  const wanted = sql`subject = any(${[...subjects]}::uuid[])`
  const { rows } = await sql<Row>`select ${COLUMNS} from ${ACCESSES}
    where ${wanted} and leaf_index < ${below} and occurred_at >= ${since} and expires_on > ${today}
    order by leaf_index`.execute(trx)
  for (const row of rows) around.get(row.subject)?.accesses.push(accessOf(row))
  const cases = await sql<{ subject: string; from: Date; to: Date | null }>`
    select subject, from_at as "from", to_at as "to" from (
      select * from reporting.rectification_case union all select * from reporting.inquiry_case
      union all select * from reporting.consent_case union all select * from reporting.block_case
    ) one where ${wanted} order by from_at, to_at`.execute(trx)
  for (const { subject, from, to } of cases.rows) {
    around.get(subject)?.cases.push({ from, ...(to === null ? {} : { to }) })
  }
  const told = await sql<{ subject: string; told_at: Date }>`
    select subject, told_at from reporting.correction_told where ${wanted}
    order by told_at`.execute(trx)
  for (const row of told.rows) around.get(row.subject)?.told.push(row.told_at)
  const booked = await sql<Booked>`
    select subject, day, unit, told_at as "toldAt", from_leaf as "from", to_leaf as "to",
      cancelled_at as "cancelledAt", moved_at as "movedAt"
    from reporting.appointment where ${wanted} order by from_leaf`.execute(trx)
  for (const row of booked.rows) around.get(row.subject)?.appointments.push(appointmentOf(row))
  return around
}

function appointmentOf({ day, unit, toldAt, from, to, cancelledAt, movedAt }: Booked): Appointment {
  const at = cancelledAt ?? movedAt
  const what = cancelledAt === null ? 'moved' : 'cancelled'
  return {
    ...{ day, toldAt, from },
    ...(unit === null ? {} : { unit }),
    ...(to === null ? {} : { to }),
    ...(at === null ? {} : { since: { what, at } }),
  }
}

interface Booked {
  readonly subject: string
  readonly day: string
  readonly unit: number | null
  readonly toldAt: Date
  readonly from: number
  readonly to: number | null
  readonly cancelledAt: Date | null
  readonly movedAt: Date | null
}

interface Gathered {
  readonly accesses: WatchedAccess[]
  readonly cases: CaseSpan[]
  readonly told: Date[]
  readonly appointments: Appointment[]
}
