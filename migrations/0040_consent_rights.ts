import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** Who may do what with consents: the person with own ones, the asking office with those it asked for. */
export const consentRights: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [residents, controllers, portal, citing]) {
      await sql.raw(part(roles)).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const SUBJECTS = `string_to_array(nullif(current_setting('mirat.subjects', true), ''), ',')::uuid[]`
const OFFICE = `nullif(current_setting('mirat.office', true), '')::int`
const STAFF = `nullif(current_setting('mirat.staff', true), '')::uuid`
const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const OWN = `subject = any (${SUBJECTS})`
const OF_THE_OFFICE = `office = ${OFFICE}`
const ANSWER_COLUMNS = `consent, reference, ask, subject, office, template, version, part, state, given_at,
  valid_until, step, expires_on`

/** What was published is no secret; what the person was asked and answered is theirs alone. */
const residents = ({ web_resident: resident }: Roles) => `
  grant usage on schema consent to ${resident};
  grant select on consent.template, consent.version to ${resident};
  create policy what_is_asked on consent.template for select to ${resident} using (true);
  create policy what_was_published on consent.version for select to ${resident}
    using (published_at is not null);

  grant select (ask, reference, subject, office, template, version, parts, channel, state, step, wish,
      asked_at, lapses_at, ended_at, expires_on), update (state, step, wish, ended_at, expires_on)
    on consent.ask to ${resident};
  create policy own_asks on consent.ask for select to ${resident} using (${OWN});
  create policy own_answers on consent.ask for update to ${resident}
    using (${OWN} and state = 'open') with check (${OWN} and state in ('open', 'answered'));

  grant select, insert (${ANSWER_COLUMNS}), update (state, ended_at, step, expires_on)
    on consent.consent to ${resident};
  create policy own_consents on consent.consent for select to ${resident} using (${OWN});
  create policy own_decisions on consent.consent for insert to ${resident}
    with check (${OWN} and state in ('given', 'refused') and exists (select from consent.ask a
      where a.ask = consent.ask and a.subject = consent.subject and a.office = consent.office
        and a.template = consent.template and a.version = consent.version and consent.part = any (a.parts)));
  create policy own_withdrawals on consent.consent for update to ${resident}
    using (${OWN} and state = 'given') with check (${OWN} and state in ('withdrawn', 'superseded'));

  grant select, insert on consent.entry to ${resident};
  create policy own_consent_entries on consent.entry for select to ${resident} using (${OWN});
  create policy own_consent_acts on consent.entry for insert to ${resident}
    with check (by = 'resident' and channel = 'session' and ${OWN}
      and exists (select from consent.consent own where own.consent = entry.consent));
`

/** An office sees what it asked and the answers; a refusal reaches nobody else (law.md). */
const controllers = ({ web_staff: staff }: Roles) => `
  grant usage on schema consent to ${staff};
  grant select, insert on consent.template to ${staff};
  create policy templates_of_the_office on consent.template to ${staff}
    using (${OF_THE_OFFICE}) with check (${OF_THE_OFFICE});

  grant select, insert (template, number, content, digest, drafted_by, drafted_at),
    update (content, digest, drafted_by, drafted_at, published_by, published_at, ended_at), delete
    on consent.version to ${staff};
  create policy versions_of_the_office on consent.version for select to ${staff}
    using (exists (select from consent.template own where own.template = version.template));
  create policy drafts_of_the_office on consent.version for insert to ${staff}
    with check (drafted_by = ${STAFF} and published_at is null
      and exists (select from consent.template own where own.template = version.template));
  create policy publishing_by_the_office on consent.version for update to ${staff}
    using (exists (select from consent.template own where own.template = version.template))
    with check ((published_by is not distinct from ${STAFF} or ended_at is not null
        or (published_at is null and drafted_by = ${STAFF}))
      and exists (select from consent.template own where own.template = version.template));
  create policy dropping_drafts on consent.version for delete to ${staff}
    using (published_at is null and exists (select from consent.template own where own.template = version.template));

  grant select, insert (ask, reference, subject, office, template, version, parts, channel, state, step,
      asked_by, asked_at, lapses_at, expires_on), update (state, step, ended_at, expires_on)
    on consent.ask to ${staff};
  create policy asks_of_the_office on consent.ask for select to ${staff} using (${OF_THE_OFFICE});
  create policy asking_by_the_office on consent.ask for insert to ${staff}
    with check (${OF_THE_OFFICE} and state = 'open' and exists (select from consent.version v
      where v.template = ask.template and v.number = ask.version
        and v.published_at is not null and v.ended_at is null));
  create policy ending_by_the_office on consent.ask for update to ${staff}
    using (${OF_THE_OFFICE} and state = 'open')
    with check (${OF_THE_OFFICE} and state in ('answered', 'called_off'));

  grant select, insert (${ANSWER_COLUMNS}), update (state, ended_at, step, expires_on)
    on consent.consent to ${staff};
  create policy consents_of_the_office on consent.consent for select to ${staff} using (${OF_THE_OFFICE});
  create policy answers_on_behalf on consent.consent for insert to ${staff}
    with check (${OF_THE_OFFICE} and state in ('given', 'refused') and exists (select from consent.ask a
      where a.ask = consent.ask and a.subject = consent.subject and a.office = consent.office
        and a.template = consent.template and a.version = consent.version and consent.part = any (a.parts)));
  create policy endings_on_behalf on consent.consent for update to ${staff}
    using (${OF_THE_OFFICE} and state = 'given')
    with check (${OF_THE_OFFICE} and state in ('withdrawn', 'superseded'));

  grant select, insert on consent.entry to ${staff};
  create policy consent_entries_of_the_office on consent.entry for select to ${staff}
    using (exists (select from consent.consent own where own.consent = entry.consent));
  create policy consent_acts_of_the_office on consent.entry for insert to ${staff}
    with check (by = 'office' and ${OF_THE_OFFICE} and channel in ('paper', 'counter')
      and exists (select from consent.consent own where own.consent = entry.consent));
`

const portal = ({ owner, worker, retention }: Roles) => `
  grant usage on schema consent to ${worker}, ${retention};
  grant select, update (state, ended_at, step, expires_on) on consent.consent to ${worker};
  create policy what_has_run_out on consent.consent for select to ${worker}
    using (state in ('given', 'expired'));
  create policy expiring on consent.consent for update to ${worker}
    using (state = 'given') with check (state = 'expired');
  grant select, insert on consent.entry to ${worker};
  create policy entries_before_the_end on consent.entry for select to ${worker} using (true);
  create policy expiry_entries on consent.entry for insert to ${worker}
    with check (by = 'portal' and kind = 'expired');

  create policy functions_of_the_room on consent.template for select to ${owner} using (true);
  create policy functions_of_the_room on consent.version for select to ${owner} using (true);
  create policy functions_of_the_room on consent.ask to ${owner} using (true) with check (true);
  create policy functions_of_the_room on consent.consent to ${owner} using (true) with check (true);
  create policy functions_of_the_room on consent.entry for select to ${owner} using (true);

  create function consent.lapse(at timestamptz, keep_until date) returns bigint
    language sql volatile ${HEAD}
    with lapsed as (
      update consent.ask a set state = 'lapsed', step = a.step + 1, ended_at = at, expires_on = keep_until
        where a.state = 'open' and a.lapses_at <= at returning 1
    )
    select count(*) from lapsed
  $$;
  comment on function consent.lapse(timestamptz, date) is 'Ends what nobody answered in time; returns how many';
  revoke all on function consent.lapse(timestamptz, date) from public;
  grant execute on function consent.lapse(timestamptz, date) to ${worker};

  create function consent.forget(today date) returns bigint
    language plpgsql ${HEAD}
  declare
    asks bigint;
    consents bigint;
  begin
    delete from consent.ask a where a.expires_on <= today and a.state <> 'open';
    get diagnostics asks = row_count;
    delete from consent.consent c where c.expires_on <= today and c.state <> 'given';
    get diagnostics consents = row_count;
    return asks + consents;
  end $$;
  comment on function consent.forget(date) is 'Deletes asks and consents whose time is over; returns how many';
  revoke all on function consent.forget(date) from public;
  grant execute on function consent.forget(date) to ${retention};

  grant select (expires_on), delete on consent.entry to ${retention};
  create policy what_is_due_seen on consent.entry for select to ${retention} using (expires_on <= current_date);
  create policy what_is_due on consent.entry for delete to ${retention} using (expires_on <= current_date);
`

/** Whoever records accesses learns of cited consents what judging the access needs, of no others anything. */
const citing = ({ ingest }: Roles) => `
  create function consent.cited(ids uuid[])
    returns table (consent uuid, subjects uuid[], office int, content text, given_at timestamptz, valid_until timestamptz, ended_at timestamptz)
    language sql stable ${HEAD}
    select c.consent,
        array(select c.subject union select other.subject from identity.account_subject own
          join identity.account_subject other on other.account = own.account where own.subject = c.subject),
        c.office, v.content, c.given_at, c.valid_until, c.ended_at
      from consent.consent c join consent.version v on v.template = c.template and v.number = c.version
      where c.consent = any (ids) and c.given_at is not null
  $$;
  comment on function consent.cited(uuid[]) is 'What judging accesses that cite these consents needs; refusals are in none of it';
  revoke all on function consent.cited(uuid[]) from public;
  grant usage on schema consent to ${ingest};
  grant execute on function consent.cited(uuid[]) to ${ingest};
`
