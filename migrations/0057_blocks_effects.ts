import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'
import type { Roles } from '../server/platform/db/roles.js'

/** What blocks do elsewhere, what the portal does about them by itself, and how they are forgotten. */
export const blocksEffects: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [effects(roles), DUE, hidden(roles), upkeep(roles)]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`
const IN_FORCE = `('in_force', 'hearing', 'heard', 'lifting')`
/** Offices know a person by any of several numbers: a block under one of them holds under all. */
const KNOWN = `
    with asked as (
      select distinct subject from unnest(subjects) asked (subject)
    ), known as (
      select asked.subject, asked.subject as other from asked
      union select asked.subject, other.subject from asked
        join identity.account_subject own on own.subject = asked.subject
        join identity.account_subject other on other.account = own.account
    )`

const effects = ({ ingest, web_resident: resident, web_staff: web }: Roles) => `
  create function blocks.in_force(subjects uuid[])
    returns table (subject uuid, from_at timestamptz, to_at timestamptz)
    language sql stable ${HEAD}
    ${KNOWN}
    select known.subject, b.from_at,
        least(b.ended_at, ((b.until + 1)::text || ' 00:00 Europe/Berlin')::timestamptz)
      from known join blocks.block b on b.subject = known.other
      where b.kind = 'transmission' and b.from_at is not null
  $$;
  comment on function blocks.in_force(uuid[]) is 'When transmission blocks of some persons were in force: deliveries tell of the past (AZRG § 4)';

  create function blocks.restricted(subjects uuid[]) returns table (subject uuid, field int)
    language sql stable ${HEAD}
    ${KNOWN}
    select distinct known.subject, b.field::int
      from known join blocks.block b on b.subject = known.other
      where b.kind = 'restriction' and b.state in ${IN_FORCE} and b.field is not null
        and (b.until is null or b.until >= (now() at time zone 'Europe/Berlin')::date)
  $$;
  comment on function blocks.restricted(uuid[]) is 'Fields whose use is restricted (GDPR Article 18 (2)), under any number of the person';

  create function blocks.is_blocked(subjects uuid[], at timestamptz) returns boolean
    language sql stable ${HEAD}
    select exists (select from blocks.in_force(subjects) f
      where f.from_at <= at and (f.to_at is null or at < f.to_at))
  $$;
  comment on function blocks.is_blocked(uuid[], timestamptz) is 'Whether a transmission block is in force, for an office that is about to write to a private or foreign party';

  revoke all on function blocks.in_force(uuid[]), blocks.restricted(uuid[]),
    blocks.is_blocked(uuid[], timestamptz) from public;
  grant usage on schema blocks to ${ingest};
  grant execute on function blocks.in_force(uuid[]) to ${ingest};
  grant execute on function blocks.restricted(uuid[]) to ${ingest}, ${resident};
  grant execute on function blocks.is_blocked(uuid[], timestamptz) to ${web};
`

const DUE = `
  create function blocks.due(today date)
    returns table (block uuid, reference text, subject uuid, what text, office int, version int, event text)
    language sql stable ${HEAD}
    select b.block, b.reference, b.subject, b.kind, b.office, b.version,
        case when b.until < today then 'expired' else 'hearing_over' end
      from blocks.block b
      where b.state in ${IN_FORCE} and b.until < today or b.state = 'hearing' and b.hearing_until < today
      order by b.block limit 500
  $$;
  comment on function blocks.due(date) is 'Blocks whose period is over, and hearings in which nobody answered in time';

  create function blocks.take_due(block uuid, version int, event text, at timestamptz, expires date) returns boolean
    language plpgsql ${HEAD}
  begin
    update blocks.block b set version = b.version + 1, saved_at = at, expires_on = expires,
        state = case event when 'expired' then 'expired' else 'heard' end,
        ended_at = case event when 'expired' then at end,
        hearing = case event when 'expired' then null else b.hearing end,
        hearing_until = case event when 'expired' then null else b.hearing_until end
      where b.block = take_due.block and b.version = take_due.version
        and (event = 'expired' and b.state in ${IN_FORCE} and b.until < (at at time zone 'Europe/Berlin')::date
          or event = 'hearing_over' and b.state = 'hearing'
            and b.hearing_until < (at at time zone 'Europe/Berlin')::date);
    return found;
  end $$;
  comment on function blocks.take_due(uuid, int, text, timestamptz, date) is 'Ends a block or a hearing whose time is over; false where it has changed meanwhile';

  create function blocks.ending(today date, days int)
    returns table (reference text, subject uuid, office int, until date)
    language sql stable ${HEAD}
    select b.reference, b.subject, b.office, b.until from blocks.block b
      where b.state in ${IN_FORCE} and not b.is_guarded and b.until between today and today + days
  $$;
  comment on function blocks.ending(date, int) is 'Blocks whose period ends within some days, for a reminder; none that guards a witness';
`

const hidden = ({ worker }: Roles) => `
  create function blocks.to_show(today date)
    returns table (unheard uuid, block uuid, reference text, subject uuid, what text, version int, office int,
      unit int, operator_digest bytea, detail text)
    language sql stable ${HEAD}
    select u.unheard, b.block, b.reference, b.subject, b.kind, b.version, u.office, u.unit, u.operator_digest, u.detail
      from blocks.unheard_transfer u join blocks.block b on b.block = u.block
      where u.shown_at is null and u.shown_on <= today order by u.recorded_at limit 500
  $$;
  comment on function blocks.to_show(date) is 'Transfers without a hearing of which the person may know by now';

  create function blocks.show(unheard uuid, version int, at timestamptz) returns boolean
    language plpgsql ${HEAD}
  begin
    update blocks.block b set version = b.version + 1, saved_at = at from blocks.unheard_transfer u
      where u.unheard = show.unheard and u.shown_at is null and b.block = u.block
        and u.shown_on <= (at at time zone 'Europe/Berlin')::date and b.version = show.version;
    if not found then return false; end if;
    update blocks.unheard_transfer u set shown_at = at where u.unheard = show.unheard;
    return true;
  end $$;
  comment on function blocks.show(uuid, int, timestamptz) is 'Marks a transfer without a hearing as shown to its person; false where the block has changed meanwhile';

  revoke all on function blocks.due(date), blocks.take_due(uuid, int, text, timestamptz, date),
    blocks.ending(date, int), blocks.to_show(date), blocks.show(uuid, int, timestamptz) from public;
  grant usage on schema blocks to ${worker};
  grant execute on function blocks.due(date), blocks.take_due(uuid, int, text, timestamptz, date),
    blocks.ending(date, int), blocks.to_show(date), blocks.show(uuid, int, timestamptz) to ${worker};
  grant insert on blocks.block_event to ${worker};
  create policy acts_of_the_portal on blocks.block_event for insert to ${worker}
    with check (by = 'portal' or by = 'office' and kind = 'transfer_unheard');
`

const upkeep = ({ retention }: Roles) => `
  create function blocks.forget(at timestamptz) returns bigint
    language plpgsql ${HEAD}
  declare
    keys bigint;
    rows bigint;
  begin
    update blocks.block b set case_key = null
      where b.case_key is not null
        and b.ended_at <= at - case b.state when 'withdrawn' then interval '3 months' else interval '2 years' end;
    get diagnostics keys = row_count;
    delete from blocks.block b
      where b.expires_on <= (at at time zone 'Europe/Berlin')::date and b.state not in ${IN_FORCE};
    get diagnostics rows = row_count;
    return keys + rows;
  end $$;
  comment on function blocks.forget(timestamptz) is 'Deletes drafts nobody filed, keys of blocks long over, and rows whose time is over; nothing in force';
  revoke all on function blocks.forget(timestamptz) from public;
  grant usage on schema blocks to ${retention};
  grant execute on function blocks.forget(timestamptz) to ${retention};

  grant select (expires_on), delete on blocks.block_event to ${retention};
  create policy what_is_due_seen on blocks.block_event for select to ${retention}
    using (expires_on <= current_date);
  create policy what_is_due on blocks.block_event for delete to ${retention}
    using (expires_on <= current_date);
`
