import type pg from 'pg'

/** The SQLSTATE of a missing right (insufficient_privilege), which the log's triggers raise as well. */
export const REFUSED = '42501'

/**
 * What the database says to each statement: `0 rows`, `3 rows`, or the SQLSTATE of its refusal. Each is
 * undone before the next; all go in one block, because there are some thousands of them.
 */
export async function answersTo(
  client: pg.ClientBase,
  statements: readonly string[],
): Promise<string[]> {
  await client.query(`
    do $tried$
    declare
      statement text;
      hit bigint;
      answers text[] := '{}';
    begin
      for statement in select jsonb_array_elements_text($list$${JSON.stringify(statements)}$list$) loop
        begin
          execute statement;
          get diagnostics hit = row_count;
          raise exception '% rows', hit using errcode = 'P0002';
        exception when others then
          answers := answers || case sqlstate when 'P0002' then sqlerrm else sqlstate end;
        end;
      end loop;
      perform set_config('planted.answers', array_to_json(answers)::text, false);
    end $tried$`)
  const { rows } = await client.query<{ answers: string }>(
    `select current_setting('planted.answers') as answers`,
  )
  return JSON.parse(rows[0]?.answers ?? '') as string[]
}

/** The statements that were not refused for want of a right, each with its answer. */
export async function notRefused(
  client: pg.ClientBase,
  statements: readonly string[],
): Promise<string[]> {
  const answers = await answersTo(client, statements)
  return statements.flatMap((statement, at) =>
    answers[at] === REFUSED ? [] : [`${statement}: ${answers[at]}`],
  )
}
