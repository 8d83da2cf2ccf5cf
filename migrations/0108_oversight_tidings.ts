import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Wishes to learn who acted tell staff of themselves, in the transaction in which they change. */
export const oversightTidings: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(WISHES).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const HEAD = `security definer set search_path = pg_catalog, pg_temp as $$`

/** A tiding of a wish names its reference alone: of which access it is stands on the pages of who may see it. */
const WISHES = `
  create function oversight.tell_of_wish() returns trigger
    language plpgsql ${HEAD}
  begin
    perform tidings.tell_releasers(new.office, new.staff, 'unmasking_waits', new.reference, new.asked_at);
    return null;
  end $$;
  comment on function oversight.tell_of_wish() is 'Tells second persons that a wish to learn who acted waits';

  create function oversight.tell_of_decision() returns trigger
    language plpgsql ${HEAD}
  declare
    wish oversight.unmasking;
  begin
    select u.* into wish from oversight.unmasking u where u.unmasking = new.unmasking;
    perform tidings.settle(array['unmasking_waits'], wish.reference);
    perform tidings.tell(wish.staff, 'unmasking_' || new.kind, wish.reference, new.at, null);
    return null;
  end $$;
  comment on function oversight.tell_of_decision() is 'Tells whoever wished to learn who acted what was decided';

  revoke all on function oversight.tell_of_wish(), oversight.tell_of_decision() from public;
  create trigger tell after insert on oversight.unmasking
    for each row execute function oversight.tell_of_wish();
  alter table oversight.unmasking enable always trigger tell;
  create trigger tell after insert on oversight.unmasking_event
    for each row when (new.kind in ('released', 'refused')) execute function oversight.tell_of_decision();
  alter table oversight.unmasking_event enable always trigger tell;
`
