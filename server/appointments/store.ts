import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Trx } from '../database.js'
import type { Facts } from '../journal/index.js'
import type { Crowd, LastSaid, SaidAppointment } from './model.js'
import type { Status } from './rules.js'
import type { AppointmentTable } from './tables.js'

const TABLE = 'appointments.appointment'

/** The row of an entry, for the audit. */
export type AppointmentRow = Selectable<AppointmentTable>

/** What was last said of some appointments, by the hash of each reference in hexadecimal. */
export async function readLast(
  trx: Trx,
  refs: readonly Buffer[],
): Promise<ReadonlyMap<string, LastSaid>> {
  const { rows } = await sql<LastRow>`
    select ref, number as version, kind as status, subject, day, unit, expires_on as "expiresOn"
    from appointments.last_said(${[...refs]}::bytea[])`.execute(trx)
  return new Map(
    rows.map(({ ref, unit, ...said }) => [
      ref.toString('hex'),
      { ...said, ...(unit === null ? {} : { unit }) },
    ]),
  )
}

interface LastRow extends Omit<LastSaid, 'unit'> {
  readonly ref: Buffer
  readonly unit: number | null
}

/** How many appointments of each person stand on each day at an office, and how many entries there are, in order. */
export async function readCrowd(
  trx: Trx,
  office: number,
  asked: readonly { readonly subject: string; readonly day: string }[],
): Promise<readonly Crowd[]> {
  const subjects = asked.map(({ subject }) => subject)
  const days = asked.map(({ day }) => day)
  const { rows } = await sql<Crowd>`select on_day as "onDay", told
    from appointments.crowd(${office}, ${subjects}::uuid[], ${days}::date[]) order by place`.execute(
    trx,
  )
  return rows
}

/** Adds what was said. */
export async function insertAppointments(
  trx: Trx,
  rows: readonly Insertable<AppointmentTable>[],
): Promise<void> {
  await trx
    .insertInto(TABLE)
    .values([...rows])
    .execute()
}

/** Of one office a page needs the latest entries: nobody's page grows with what an office tells. */
const MOST_OF_AN_OFFICE = 500

/**
 * What was said of the appointments of the subjects in the scope, in the order of the log: everything, or the latest
 * entries of one office.
 */
export async function readSaid(trx: Trx, office?: number): Promise<readonly SaidAppointment[]> {
  const all = trx
    .selectFrom(TABLE)
    .select(['ref', 'kind', 'office', 'unit', 'day', 'leaf_index', 'recorded_at', 'expires_on'])
    .orderBy('leaf_index', 'desc')
  const latest =
    office === undefined ? all : all.where('office', '=', office).limit(MOST_OF_AN_OFFICE)
  const rows = await latest.execute()
  const next = new Map<string, SaidAppointment>()
  // From the latest entry back: what says otherwise after an entry of the same reference ended it.
  return rows
    .map((row): SaidAppointment => {
      const ref = row.ref.toString('hex')
      const said: SaidAppointment = {
        ...{ ref, office: row.office ?? 0, status: row.kind as Status, day: row.day },
        ...{ toldAt: row.recorded_at, from: row.leaf_index, expiresOn: row.expires_on },
        ...(row.unit === null ? {} : { unit: row.unit }),
        ...endOf({ status: row.kind, day: row.day, unit: row.unit ?? undefined }, next.get(ref)),
      }
      next.set(ref, said)
      return said
    })
    .reverse()
}

/** How an entry ended, by the one of its reference that follows it; that it was called off outweighs the rest. */
function endOf(
  said: { readonly status: string; readonly day: string; readonly unit: number | undefined },
  next: SaidAppointment | undefined,
): Pick<SaidAppointment, 'isLast' | 'to' | 'since'> {
  if (next === undefined) return { isLast: true }
  const { status, day, unit, to, since, from, toldAt: at } = next
  if (said.status === status && said.day === day && said.unit === unit) {
    return { isLast: false, ...(to === undefined ? {} : { to }), ...(since && { since }) }
  }
  if (status === 'cancelled') return { isLast: false, to: from, since: { what: 'cancelled', at } }
  return { isLast: false, to: from, since: since ?? { what: 'changed', at } }
}

/** A stretch of all entries for the audit, in order of their leaves. */
export async function readRows(
  db: Db,
  after: number | undefined,
  limit: number,
): Promise<readonly AppointmentRow[]> {
  const rows = db.selectFrom(TABLE).selectAll().orderBy('leaf_index')
  const rest = after === undefined ? rows : rows.where('leaf_index', '>', after)
  return rest.limit(limit).execute()
}

/** What an entry commits beside what every act commits: its day, and which appointment it is about. */
export function factsOf({ day, ref }: Pick<AppointmentRow, 'day' | 'ref'>): Facts {
  return { day, ref: ref.toString('hex') }
}

/** Deletes what is due, as the retention role; gives how much it was. */
export async function deleteDue(trx: Trx): Promise<number> {
  const { numDeletedRows } = await trx
    .deleteFrom(TABLE)
    .where('expires_on', '<=', sql<string>`current_date`)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
