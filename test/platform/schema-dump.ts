import type pg from 'pg'

/** Roles without the prefix of the tests' installation. */
const PREFIX = 'mirat_test_'

interface Line {
  /** The relation that the line belongs to; empty for lines of the schema itself. */
  readonly of: string
  readonly line: string
}

const RELATIONS = `
    select rel.relname as of, format('%s %s%s%s%s',
        case rel.relkind when 'v' then 'view' else 'table' end, rel.relname,
        ' partitioned by ' || pg_get_partkeydef(rel.oid),
        case when rel.relforcerowsecurity then ', row-level security forced' else '' end,
        ', ' || array_to_string(rel.reloptions, ', ')) as line
    from rel order by 1`

/** What is said of each relation, in this order; rows come in an order that every server keeps. */
const PARTS = {
  columns: `
    select rel.relname as of, format('  column %s %s%s%s%s', att.attname,
        format_type(att.atttypid, att.atttypmod),
        case when att.attnotnull then ' not null' else '' end,
        case att.attidentity when 'a' then ' generated always as identity' else '' end,
        ' default ' || pg_get_expr(def.adbin, def.adrelid)) as line
    from rel join pg_attribute att on att.attrelid = rel.oid
    left join pg_attrdef def on def.adrelid = rel.oid and def.adnum = att.attnum
    where att.attnum > 0 and not att.attisdropped order by rel.relname, att.attnum`,
  constraints: `
    select rel.relname as of,
      format('  constraint %s %s', con.conname, pg_get_constraintdef(con.oid)) as line
    from rel join pg_constraint con on con.conrelid = rel.oid
    where con.contype in ('c', 'f', 'p', 'u', 'x') order by rel.relname, con.conname`,
  indexes: `
    select rel.relname as of, '  ' || pg_get_indexdef(idx.indexrelid) as line
    from rel join pg_index idx on idx.indrelid = rel.oid
    join pg_class named on named.oid = idx.indexrelid
    where not exists (select from pg_constraint where conindid = idx.indexrelid)
    order by rel.relname, named.relname`,
  triggers: `
    select rel.relname as of, format('  %s, %s', pg_get_triggerdef(trg.oid),
      case trg.tgenabled when 'A' then 'always' else trg.tgenabled::text end) as line
    from rel join pg_trigger trg on trg.tgrelid = rel.oid
    where not trg.tgisinternal order by rel.relname, trg.tgname`,
  policies: `
    select rel.relname as of, format('  policy %s for %s to %s%s%s', pol.polname,
      case pol.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
        when 'd' then 'delete' else 'all' end,
      (select string_agg(pg_get_userbyid(role), ', ' order by pg_get_userbyid(role))
        from unnest(pol.polroles) role),
      ' using ' || pg_get_expr(pol.polqual, rel.oid),
      ' with check ' || pg_get_expr(pol.polwithcheck, rel.oid)) as line
    from rel join pg_policy pol on pol.polrelid = rel.oid order by rel.relname, pol.polname`,
  grants: `
    , granted as (
      select rel.relname as of, acl.grantee::regrole::text collate "C" as grantee,
        lower(acl.privilege_type) as what
      from rel cross join aclexplode(rel.relacl) acl where acl.grantee <> rel.relowner
      union all
      select rel.relname, acl.grantee::regrole::text collate "C", format('%s (%s)', lower(acl.privilege_type),
        string_agg(att.attname, ', ' order by att.attnum))
      from rel join pg_attribute att on att.attrelid = rel.oid
      cross join aclexplode(att.attacl) acl where acl.grantee <> rel.relowner
      group by rel.relname, acl.grantee, acl.privilege_type
    ), by_role as (
      select of, grantee, string_agg(what, ', ' order by what) as what from granted
      group by of, grantee
    )
    select of, format('  grant %s to %s', what, string_agg(grantee, ', ' order by grantee)) as line
    from by_role group by of, what order by of, min(grantee)`,
} as const

const OF_SCHEMA = {
  usage: `
    select '' as of, format('schema %s: usage to %s', nspname,
      string_agg(acl.grantee::regrole::text, ', ' order by acl.grantee::regrole::text collate "C")) as line
    from pg_namespace cross join aclexplode(nspacl) acl
    where nspname = $1 and acl.grantee <> nspowner and acl.privilege_type = 'USAGE'
    group by nspname`,
  functions: `
    select '' as of, format('function %s(%s) returns %s, %s, %s%s, to %s', routine.proname,
      pg_get_function_identity_arguments(routine.oid), pg_get_function_result(routine.oid), lanname,
      case routine.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end,
      case when routine.prosecdef then ', security definer' else '' end,
      coalesce((select string_agg(acl.grantee::regrole::text, ', ' order by acl.grantee::regrole::text collate "C")
        from aclexplode(routine.proacl) acl where acl.grantee <> routine.proowner), 'nobody')) as line
    from pg_proc routine join pg_language lang on lang.oid = routine.prolang
    where routine.pronamespace = to_regnamespace($1)
    order by routine.proname collate "C", pg_get_function_identity_arguments(routine.oid)`,
} as const

/** The relations of one schema; partitions say nothing that their parent does not. */
const WITH_RELATIONS = `
  with rel as (
    select oid, relname::text collate "C" as relname, relkind, relowner, relacl, reloptions,
      relforcerowsecurity
    from pg_class where relnamespace = to_regnamespace($1) and relkind in ('r', 'p', 'v', 'm')
      and not relispartition
  )`

/** Everything of a schema that a reviewer should see change, as text; the same on every server. */
export async function dumpSchema(client: pg.Client, schema: string): Promise<string> {
  const ask = async (statement: string): Promise<Line[]> =>
    (await client.query<Line>(statement, [schema])).rows
  const usage = await ask(OF_SCHEMA.usage)
  const relations = await ask(WITH_RELATIONS + RELATIONS)
  const below: Line[] = []
  for (const part of Object.values(PARTS)) below.push(...(await ask(WITH_RELATIONS + part)))
  const functions = await ask(OF_SCHEMA.functions)
  const lines = [
    ...usage,
    ...relations.flatMap((head) => [head, ...below.filter(({ of }) => of === head.of)]),
    ...functions,
  ]
  return lines.map(({ line }) => line.replaceAll(PREFIX, '')).join('\n')
}
