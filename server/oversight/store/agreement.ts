import { sql } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { Agreement } from '../agreement.js'
import type { OwnFinding } from '../flags/concerned.js'
import type { ConcernedRow } from './acting.js'

/** An agreement of an office by its number. */
export interface OfficeAgreement extends Agreement {
  readonly office: number
}

/** Notes what the configuration names, and what it no longer does; what stands so already gets no further row. */
export async function noteAgreements(
  db: Db,
  named: readonly OfficeAgreement[],
  at: Date,
): Promise<void> {
  await sql`with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(named)}::jsonb)
        w (office int, reference text, since date)
    ), last as (
      select distinct on (office) office, reference, since, state from oversight.service_agreement
        order by office, number desc
    )
    insert into oversight.service_agreement (office, reference, since, state, noted_at)
    select w.office, w.reference, w.since, 'named', ${at}::timestamptz from wanted w
      left join last l using (office)
      where l.state is distinct from 'named' or (l.reference, l.since) is distinct from (w.reference, w.since)
    union all
    select l.office, l.reference, l.since, 'ended', ${at}::timestamptz from last l
      where l.state = 'named' and not exists (select from wanted w where w.office = l.office)`.execute(
    db,
  )
}

/** The agreement that stands at the office in the setting. */
export async function readAgreement(trx: Trx): Promise<Agreement | undefined> {
  const { rows } = await sql<Agreement & { readonly state: string }>`
    select reference, since, state from oversight.service_agreement order by number desc limit 1`.execute(
    trx,
  )
  const [last] = rows
  return last?.state === 'named' ? { reference: last.reference, since: last.since } : undefined
}

/** The finding of a mark, for whoever knows the mark; none where it has gone with its entry. */
export async function readOwnFinding(
  trx: Trx,
  { index, rule, mark }: Pick<ConcernedRow, 'index' | 'rule' | 'mark'>,
): Promise<readonly OwnFinding[]> {
  const { rows } = await sql<Omit<OwnFinding, 'rule'>>`
    select evidence, found_at as "foundAt", state, changed_at as "changedAt"
    from oversight.own_finding(${index}, ${rule}, ${mark})`.execute(trx)
  return rows.map((row) => ({ rule, ...row }))
}
