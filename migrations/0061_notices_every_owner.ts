import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Two accounts may own one number: each is told, in a message of its own. */
export const noticesEveryOwner: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    await sql.raw(TELLING).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

/**
 * One number twice is a person with two accounts, or two people of whom one got a code that was not theirs: the other
 * must hear of what happens. The first message keeps the id that it was given; others get one of their own.
 */
const TELLING = `
  create or replace function notices.tell(message uuid, subject uuid, code text, params jsonb, at timestamptz, expires date, once_for text) returns void
    language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
    with owners as (
      select o.account, row_number() over (order by o.account) as place
        from identity.account_subject o where o.subject = tell.subject
    ), told as (
      insert into notices.message (message, account, code, params, told_at, once_for, expires_on)
        select case when owners.place = 1 then tell.message else gen_random_uuid() end, owners.account,
            tell.code, tell.params, tell.at, tell.once_for, tell.expires
          from owners
        on conflict on constraint message_is_told_once do nothing
        returning account
    )
    insert into notices.mail as m (account, kind, state, wanted, next_at)
      select c.account, 'news', 'waiting', 1, notices.mail_due(c.choice, tell.at, before.sent_at)
        from told join notices.channel c on c.account = told.account
          left join notices.mail before on before.account = c.account and before.kind = 'news'
        where c.choice <> 'none' and c.address is not null and c.failing_since is null
      on conflict on constraint mail_of_a_kind_is_one do update set wanted = m.wanted + 1,
        state = 'waiting', tries = case when m.state = 'waiting' then m.tries else 0 end,
        next_at = case when m.state = 'waiting' then m.next_at else excluded.next_at end
  $$;
  comment on function notices.tell(uuid, uuid, text, jsonb, timestamptz, date, text) is 'Tells everybody who owns a subject something, and lets a neutral mail follow where they want one; whoever tells learns of neither';
`
