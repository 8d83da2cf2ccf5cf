/** A law of the schema: a query that names what breaks it, and statements that break it on purpose. */
export interface SchemaLaw {
  /** Answers rows with one column, `fault`. */
  readonly faults: string
  /** Run one by one in a transaction that is rolled back; the law must see each of them. */
  readonly planted: readonly string[]
}

const OURS = `('catalogue', 'ledger', 'overview', 'ingestion', 'identity', 'registers', 'notices', 'rectification',
  'inquiries', 'blocks', 'consent', 'appointments', 'emergencies', 'reports', 'tidings', 'oversight', 'reporting')`
const RELATION = `format('%s.%s', space.nspname, rel.relname)`
const RELATIONS = `pg_class rel join pg_namespace space on space.oid = rel.relnamespace
  where space.nspname in ${OURS}`
const ROUTINES = `pg_proc routine join pg_namespace space on space.oid = routine.pronamespace
  where space.nspname in ${OURS}`
const SIGNATURE = `routine.oid::regprocedure`
const TABLE = `create table overview.planted (one int)`

/** Tables without row-level security, each with the reason why its rows are no person's. */
export const NO_PERSONAL_ROWS: Readonly<Record<string, string>> = {
  'catalogue.version': 'versions of the public reference data',
  'catalogue.term': 'codes of the public reference data',
  'ledger.class': 'retention rules',
  'ledger.head': 'hashes; one row',
  'ledger.tile': 'hashes that anyone may read',
  'ledger.bundle': 'salted commitments that anyone may read',
  'ledger.checkpoint': 'sizes, roots and signatures',
  'ledger.fingerprint': 'fingerprints of keys; granted to nobody',
  'ledger.head_epoch': 'roots of heads trees',
  'ledger.head_tile': 'blinded hashes',
  'overview.holding_fold': 'how far the folding job has come; one row',
  'oversight.figure_fold': 'how far the counting job has come; one row',
  'ingestion.stream': 'offices that deliver',
  'ingestion.stream_key': 'public keys of offices',
  'registers.connector': 'addresses of offices',
  'ingestion.assertion': 'ids that offices gave to their requests',
  'rectification.partner': 'which office confirms for which',
  'rectification.transition': 'what may happen to a request in which state',
  'rectification.written': 'which columns an event of a request writes',
  'rectification.endpoint': 'addresses of offices',
}

const exempt = Object.keys(NO_PERSONAL_ROWS)
  .map((name) => `'${name}'`)
  .join(', ')

/** The laws, by what they demand. */
export const SCHEMA_LAWS: Readonly<Record<string, SchemaLaw>> = {
  'comments every schema, table, view, column and function': {
    faults: `
      select 'schema ' || nspname as fault from pg_namespace space
        where nspname in ${OURS} and obj_description(oid, 'pg_namespace') is null
      union all select ${RELATION} from ${RELATIONS} and rel.relkind in ('r', 'p', 'v', 'm')
        and obj_description(rel.oid, 'pg_class') is null
      union all select ${RELATION} || '.' || att.attname from pg_attribute att
        join pg_class rel on rel.oid = att.attrelid
        join pg_namespace space on space.oid = rel.relnamespace
        where space.nspname in ${OURS} and rel.relkind in ('r', 'p', 'v', 'm')
          and not rel.relispartition and att.attnum > 0 and not att.attisdropped
          and col_description(rel.oid, att.attnum) is null
      union all select ${SIGNATURE}::text from ${ROUTINES}
        and obj_description(routine.oid, 'pg_proc') is null`,
    planted: [
      'comment on schema overview is null',
      TABLE,
      'comment on column ledger.head.edge is null',
      'comment on function ledger.refuse_change() is null',
      'comment on view reporting.access is null',
      'comment on table overview.access_event_c1 is null',
    ],
  },

  'belongs to the owner role, and reporting to its own': {
    faults: `
      select ${RELATION} || ' belongs to ' || rel.relowner::regrole as fault from ${RELATIONS}
        and rel.relkind in ('r', 'p', 'v', 'm', 'S') and rel.relowner <> case space.nspname
          when 'reporting' then 'mirat_test_reporting_owner'::regrole
          else 'mirat_test_owner'::regrole end
      union all select ${SIGNATURE} || ' belongs to ' || routine.proowner::regrole from ${ROUTINES}
        and routine.proowner <> 'mirat_test_owner'::regrole`,
    planted: [
      TABLE,
      'create sequence ledger.planted',
      'create view reporting.planted as select 1 as one',
      `create function ledger.planted() returns int language sql as 'select 1'`,
    ],
  },

  'forces row-level security on every table with rows of persons': {
    faults: `
      select ${RELATION} as fault from ${RELATIONS} and rel.relkind in ('r', 'p')
        and not (rel.relrowsecurity and rel.relforcerowsecurity) and ${RELATION} not in (${exempt})`,
    planted: [
      TABLE,
      'alter table overview.holding no force row level security',
      'alter table overview.access_event_c1 disable row level security',
      'alter table identity.session no force row level security',
    ],
  },

  'exempts no table from it that is protected, or gone': {
    faults: `
      select name as fault from unnest(array[${exempt}]) name
        left join pg_class rel on rel.oid = to_regclass(name)
        where rel.oid is null or rel.relrowsecurity`,
    planted: [
      'alter table ledger.head enable row level security',
      'drop table overview.holding_fold',
    ],
  },

  'fixes the search path of functions that run as their owner': {
    faults: `
      select ${SIGNATURE}::text as fault from ${ROUTINES}
        and (routine.prosecdef or routine.prorettype = 'trigger'::regtype)
        and routine.proconfig is distinct from '{"search_path=pg_catalog, pg_temp"}'`,
    planted: [
      `create function ledger.planted() returns int language sql security definer as 'select 1'`,
      'alter function ledger.lock_head() reset search_path',
      'alter function ledger.lock_head() set search_path = ledger, pg_temp',
    ],
  },

  'lets nobody execute a function who was not named': {
    faults: `
      select ${SIGNATURE}::text as fault
        from pg_proc routine join pg_namespace space on space.oid = routine.pronamespace
        cross join aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) acl
        where space.nspname in ${OURS} and acl.grantee = 0`,
    planted: [
      `create function ledger.planted() returns int language sql as 'select 1'`,
      'grant execute on function ledger.lock_head() to public',
    ],
  },

  'guards every partition of the log as the log itself': {
    faults: `
      select ${RELATION} || ' lacks ' || needed.name as fault
        from pg_class rel join pg_namespace space on space.oid = rel.relnamespace
        cross join (values ('no_truncate', 32), ('no_change', 16), ('no_early_delete', 8))
          needed (name, bit)
        where space.nspname in ${OURS} and rel.relkind in ('r', 'p') and (rel.relispartition
            or rel.oid in ('overview.access_event'::regclass, 'overview.sealed_event'::regclass,
              'rectification.request_event'::regclass, 'inquiries.inquiry_event'::regclass,
              'blocks.block_event'::regclass, 'appointments.appointment'::regclass,
              'emergencies.declaration'::regclass, 'emergencies.sealed_declaration'::regclass))
          and not exists (select from pg_trigger where tgrelid = rel.oid and tgname = needed.name
            and tgtype & needed.bit > 0 and tgtype & 2 > 0)
      union all select ${RELATION} || ' grants to ' || acl.grantee::regrole
        from pg_class rel join pg_namespace space on space.oid = rel.relnamespace
        cross join aclexplode(rel.relacl) acl
        where space.nspname in ${OURS} and rel.relispartition and acl.grantee <> rel.relowner`,
    planted: [
      'drop trigger no_truncate on overview.access_event_c1',
      'drop trigger no_truncate on overview.sealed_event',
      'grant select on overview.access_event_c1 to mirat_test_worker',
      `create table overview.planted partition of overview.access_event for values in (999)`,
    ],
  },

  'fires its triggers always, in replicas too': {
    faults: `
      select ${RELATION} || ' ' || tgname as fault from pg_trigger
        join pg_class rel on rel.oid = tgrelid
        join pg_namespace space on space.oid = rel.relnamespace
        where space.nspname in ${OURS} and not tgisinternal and tgenabled <> 'A'`,
    planted: [
      'alter table ledger.tile disable trigger no_change',
      'alter table overview.access_event_c1 enable trigger no_truncate',
      'alter table ledger.head enable replica trigger only_grows',
    ],
  },

  'grants reading, adding, changing and deleting, never more, and never on': {
    faults: `
      select ${RELATION} || ' grants ' || acl.privilege_type as fault
        from pg_class rel join pg_namespace space on space.oid = rel.relnamespace
        cross join aclexplode(rel.relacl) acl
        where space.nspname in ${OURS} and acl.grantee <> rel.relowner and (acl.is_grantable
          or acl.grantee = 0 or acl.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))`,
    planted: [
      'grant truncate on overview.holding to mirat_test_worker',
      'grant select on ledger.tile to public',
      'grant select on ledger.tile to mirat_test_worker with grant option',
      'grant references on ledger.class to mirat_test_worker',
    ],
  },

  'puts a barrier before the rows of reporting views; others use the rights of their reader': {
    faults: `
      select ${RELATION} as fault from ${RELATIONS} and rel.relkind = 'v'
        and not coalesce(rel.reloptions, '{}') && case space.nspname
          when 'reporting' then '{security_barrier=true}'::text[]
          else '{security_invoker=true}'::text[] end`,
    planted: [
      'alter view reporting.access reset (security_barrier)',
      'create view overview.planted as select 1 as one',
    ],
  },

  'says what a deletion does to rows that refer to it': {
    faults: `
      select conrelid::regclass || ' ' || conname as fault from pg_constraint
        join pg_class rel on rel.oid = conrelid
        join pg_namespace space on space.oid = rel.relnamespace
        where space.nspname in ${OURS} and contype = 'f' and confdeltype = 'a'`,
    planted: ['create table overview.planted (class smallint references ledger.class)'],
  },

  'knows the zone of every time': {
    faults: `
      select ${RELATION} || '.' || att.attname as fault from pg_attribute att
        join pg_class rel on rel.oid = att.attrelid
        join pg_namespace space on space.oid = rel.relnamespace
        where space.nspname in ${OURS} and att.atttypid in ('timestamp'::regtype, 'time'::regtype,
          'timestamp[]'::regtype)
      union all select ${SIGNATURE}::text from ${ROUTINES}
        and coalesce(routine.proallargtypes, routine.proargtypes::oid[])
          && array['timestamp'::regtype, 'time'::regtype]::oid[]`,
    planted: [
      'alter table overview.holding_fold add planted timestamp',
      `create function ledger.planted(at timestamp) returns int language sql as 'select 1'`,
    ],
  },

  'gives roles no power over others: only deliveries pass row-level security': {
    faults: `
      select rolname || ' is too powerful' as fault from pg_roles where rolname like 'mirat\\_test\\_%'
        and (rolsuper or rolcreaterole or rolcreatedb or rolreplication
          or rolbypassrls <> (rolname = 'mirat_test_ingest'))
      union all select member::regrole || ' may become ' || roleid::regrole from pg_auth_members
        where member::regrole::text like 'mirat\\_test\\_%' and member <> 'mirat_test_web'::regrole
      union all select 'mirat_test_web may become ' || roleid::regrole from pg_auth_members
        where member = 'mirat_test_web'::regrole
          and roleid::regrole::text not like 'mirat\\_test\\_web\\_%'
      union all select nspname || ' lets ' || acl.grantee::regrole || ' create' from pg_namespace
        cross join aclexplode(nspacl) acl where nspname in ('public', 'overview', 'ledger',
          'catalogue', 'ingestion', 'identity', 'registers', 'notices', 'rectification', 'inquiries',
          'blocks', 'consent', 'appointments', 'emergencies', 'reports', 'tidings', 'oversight', 'reporting')
          and acl.privilege_type = 'CREATE' and acl.grantee <> nspowner`,
    planted: [
      'grant mirat_test_web_staff to mirat_test_ingest',
      'grant mirat_test_owner to mirat_test_web',
      'alter role mirat_test_web bypassrls',
      'grant create on schema public to public',
      'grant create on schema overview to mirat_test_worker',
    ],
  },
}
