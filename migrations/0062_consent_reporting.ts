import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What a data protection officer reads of consents (GDPR Article 39 (1) (b)): figures of the own office, no person. */
export const consentReporting: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(readable(roles)).execute(db)
    await sql.raw(`reset role; set local role ${roles.reporting_owner}`).execute(db)
    await sql.raw(FIGURES).execute(db)
    await sql.raw(`grant select on reporting.consent_figure to ${roles.reporting}`).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/** No subject, and no refusal: what the owner of the view cannot read, no view shows. */
const readable = ({ reporting_owner: owner }: Roles) => `
  grant usage on schema consent to ${owner};
  grant select (consent, office, state) on consent.consent to ${owner};
  grant select (consent, office, state, made_at, sent_at, acknowledged_at) on consent.notice to ${owner};
  create policy for_reports on consent.consent for select to ${owner} using (state <> 'refused');
  create policy for_reports on consent.notice for select to ${owner} using (true);
`

/** What concerns fewer people than this is told to nobody. */
const FEWEST = 5

/**
 * A withdrawal is executed once everybody who is told has confirmed it, or a person has told them. Withheld
 * recipients are in no figure, because they are in no row that the owner of the view reads.
 */
const FIGURES = `
  create view reporting.consent_figure with (security_barrier) as
    with setting as (
      select nullif(current_setting('mirat.office', true), '')::int as office
    ), told as (
      select n.consent, min(n.made_at) as made_at,
          bool_and(n.state in ('acknowledged', 'printed')) as is_done,
          max(coalesce(n.acknowledged_at, n.sent_at)) as done_at
        from consent.notice n join setting s on s.office = n.office
        group by n.consent
    ), done as (
      select ceil(extract(epoch from done_at - made_at) / 3600)::int as hours
        from told where is_done and made_at >= now() - interval '1 year'
    ), found as (
      select c.state as figure, count(*)::int as people, count(*)::int as amount
        from consent.consent c join setting s on s.office = c.office group by c.state
      union all
      select 'waiting', count(*)::int, count(*)::int from told where not is_done
      union all
      select 'executed', count(*)::int, count(*)::int from done
      union all
      select 'median_hours', count(*)::int, percentile_disc(0.5) within group (order by hours) from done
      union all
      select 'p90_hours', count(*)::int, percentile_disc(0.9) within group (order by hours) from done
    )
    select figure, amount from found where people >= ${FEWEST};
  comment on view reporting.consent_figure is 'Consents of one office in figures, of the office in the setting mirat.office; none about fewer than ${FEWEST}';
  comment on column reporting.consent_figure.figure is 'given, withdrawn, expired, superseded: consents in this state; waiting, executed: withdrawals; median_hours, p90_hours: until all were told';
  comment on column reporting.consent_figure.amount is 'How many, or how many hours';
`
