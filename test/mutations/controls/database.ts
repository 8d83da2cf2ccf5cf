import type { Control } from '../control.js'

const EVENTS = 'migrations/0005_overview_events.ts'
const RIGHTS = 'migrations/0006_overview_rights.ts'
const GUARDS = 'migrations/0004_ledger_functions.ts'
const TRANSACTION = 'server/platform/db/transaction.ts'
const RIGHTS_TEST = 'test/platform/rights.test.ts'
const ROWS_TEST = 'test/platform/row-security.test.ts'
const SCHEMA_TEST = 'test/platform/schema.test.ts'

/** What the database itself refuses, past every check of the application. */
export const DATABASE: readonly Control[] = [
  {
    id: 'own-entries',
    prevents: 'A resident reads the entries of another one by a fault of the application.',
    edits: [
      {
        file: RIGHTS,
        find: 'create policy own_entries on overview.access_event for select to ${roles.web_resident} using (${OWN});',
        replace:
          'create policy own_entries on overview.access_event for select to ${roles.web_resident} using (true);',
      },
    ],
    killedBy: { file: ROWS_TEST, test: 'the own rows and no other' },
  },
  {
    id: 'own-subjects',
    prevents: 'A session is told the subjects of another account.',
    edits: [
      {
        file: 'migrations/0008_identity_sessions.ts',
        find: "create policy own_subjects on identity.account_subject for select to ${roles.web_resident}\n    using (account = nullif(current_setting('mirat.account', true), '')::uuid);",
        replace:
          'create policy own_subjects on identity.account_subject for select to ${roles.web_resident}\n    using (true);',
      },
    ],
    killedBy: { file: ROWS_TEST, test: 'the own rows and no other' },
  },
  {
    id: 'subjects-of-the-session',
    prevents: 'The database is told nobody’s subjects, or those of whoever asked before.',
    edits: [
      {
        file: TRANSACTION,
        find: '${literal(value)}, true)`',
        replace: '${literal(value)}, false)`',
      },
    ],
    killedBy: { file: ROWS_TEST, test: 'forgets whose request it was with its transaction' },
  },
  {
    id: 'role-of-the-transaction',
    prevents:
      'A request works with the rights of the role that asked before on the same connection.',
    edits: [{ file: TRANSACTION, find: '`set local role ', replace: '`set role ' }],
    killedBy: { file: ROWS_TEST, test: 'forgets whose request it was with its transaction' },
  },
  {
    id: 'withheld-rows',
    prevents: 'Somebody learns of an investigation because its query stands in their log.',
    edits: [
      {
        file: 'server/overview/classify.ts',
        find: "if (disclosure !== 'open') return due ? { rule, releaseDue: due } : { rule }",
        replace: '',
      },
    ],
    killedBy: { file: 'test/overview/store.test.ts', test: 'never holds what is withheld' },
  },
  {
    id: 'withheld-table',
    prevents: 'A resident reads what is withheld from them by a fault of the application.',
    edits: [
      {
        file: RIGHTS,
        find: 'grant select (${SHOWN}) on overview.access_event to ${roles.web_resident};',
        replace:
          'grant select (${SHOWN}) on overview.access_event, overview.sealed_event to ${roles.web_resident};',
      },
    ],
    killedBy: { file: ROWS_TEST, test: 'a resident past every check of the application' },
  },
  {
    id: 'expired-entries',
    prevents: 'An entry is shown after the day on which the law has it erased.',
    edits: [
      {
        file: 'server/overview/store/entries.ts',
        find: "          .where('expires_on', '>', today)\n          .select(SHOWN)",
        replace: '          .select(SHOWN)',
      },
    ],
    killedBy: {
      file: 'test/overview/store.test.ts',
      test: 'does not show an entry from the day on which it expires',
    },
  },
  {
    id: 'forced-row-security',
    prevents: 'A function that runs as the owner of the tables sees and changes every row.',
    edits: [
      {
        file: EVENTS,
        find: 'alter table overview.${table} force row level security;\n`\n\nconst COLUMNS',
        replace: '`\n\nconst COLUMNS',
      },
    ],
    killedBy: { file: SCHEMA_TEST, test: 'the migrated schema' },
  },
  {
    id: 'functions-for-callers',
    prevents: 'Every role of the database may begin a session.',
    edits: [
      {
        file: 'migrations/0012_identity_passkeys.ts',
        find: 'revoke all on function identity.${signature} from public;',
        replace: '',
      },
    ],
    killedBy: { file: SCHEMA_TEST, test: 'the migrated schema' },
  },
  {
    id: 'fixed-search-path',
    prevents: 'Somebody plants a table of the same name for a function that runs as the owner.',
    edits: [
      {
        file: 'migrations/0012_identity_passkeys.ts',
        find: "'security definer set search_path = pg_catalog, pg_temp as $$'",
        replace: "'security definer as $$'",
      },
    ],
    killedBy: { file: SCHEMA_TEST, test: 'the migrated schema' },
  },
  {
    id: 'append-only-tree',
    prevents: 'Whoever owns the database alters the tree without turning off a trigger first.',
    edits: [
      {
        file: GUARDS,
        find: "begin\n    raise exception 'append-only",
        replace: "begin\n    return new;\n    raise exception 'append-only",
      },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'refuse even the superuser in the tree' },
  },
  {
    id: 'append-only-log',
    prevents: 'An entry of the log is changed after it was recorded.',
    edits: [
      {
        file: EVENTS,
        find: 'create trigger no_change before update on overview.${table}\n    for each row execute function ledger.refuse_change();\n  create trigger no_early_delete before delete on overview.${table}',
        replace:
          'create trigger no_change before update on overview.${table}\n    for each row when (false) execute function ledger.refuse_change();\n  create trigger no_early_delete before delete on overview.${table}',
      },
    ],
    killedBy: {
      file: RIGHTS_TEST,
      test: 'refuse even the superuser, in the log and every partition',
    },
  },
  {
    id: 'triggers-in-replicas',
    prevents: 'The log is altered in a session that calls itself a replica.',
    edits: [
      // A partition takes over what its parent says, so that both must go.
      {
        file: EVENTS,
        find: 'alter table overview.${table} enable always trigger no_change;',
        replace: '',
      },
      {
        file: GUARDS,
        find: "execute format('alter table %s enable always trigger no_change', part);",
        replace: '',
      },
    ],
    killedBy: {
      file: RIGHTS_TEST,
      test: 'refuse even the superuser, in the log and every partition',
    },
  },
  {
    id: 'early-deletion',
    prevents: 'The job that erases what is due erases what is not.',
    edits: [{ file: GUARDS, find: 'and old.expires_on <= current_date then', replace: 'then' }],
    killedBy: { file: RIGHTS_TEST, test: 'is stopped by the trigger where a policy is missing' },
  },
  {
    id: 'due-rows-only',
    prevents: 'A deletion without a condition reaches entries that must stay.',
    edits: [
      {
        file: RIGHTS,
        find: 'for select to ${roles.retention}\n    using (expires_on <= current_date);',
        replace: 'for select to ${roles.retention}\n    using (true);',
      },
      {
        file: RIGHTS,
        find: 'for delete to ${roles.retention}\n    using (expires_on <= current_date);`',
        replace: 'for delete to ${roles.retention}\n    using (true);`',
      },
      { file: GUARDS, find: 'and old.expires_on <= current_date then', replace: 'then' },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'what is due and nothing else' },
  },
  {
    id: 'no-update-of-the-log',
    prevents: 'A role of the portal may change entries, and only a trigger is in its way.',
    edits: [
      {
        file: RIGHTS,
        find: 'grant select on overview.access_event to ${roles.worker};',
        replace: 'grant select, update on overview.access_event to ${roles.worker};',
      },
    ],
    killedBy: { file: SCHEMA_TEST, test: 'is the one that was reviewed' },
  },
  {
    id: 'head-only-grows',
    prevents: 'The newest entries are cut off the tree.',
    edits: [{ file: GUARDS, find: 'if new.size <= old.size then', replace: 'if false then' }],
    killedBy: { file: RIGHTS_TEST, test: 'in the tree, whose head may grow alone' },
  },
  {
    id: 'look-of-the-own-office',
    prevents: 'An office writes looks into the log in the name of another one.',
    edits: [
      {
        file: RIGHTS,
        find: "with check (stream is null and recipient = nullif(current_setting('mirat.office', true), '')::int);",
        replace: 'with check (true);',
      },
    ],
    killedBy: { file: RIGHTS_TEST, test: 'is written for the own office, and for no other' },
  },
  {
    id: 'reports-of-the-own-office',
    prevents: 'A data protection officer reads the accesses of another office.',
    edits: [
      {
        file: RIGHTS,
        find: "where nullif(current_setting('mirat.office', true), '')::int in (event.source, event.recipient);",
        replace: 'where true;',
      },
    ],
    killedBy: { file: ROWS_TEST, test: 'shows the accesses of the own office' },
  },
  {
    id: 'barrier-of-reports',
    prevents: 'A condition that fails on purpose tells of rows of another office.',
    edits: [{ file: RIGHTS, find: ' with (security_barrier)', replace: '' }],
    killedBy: { file: ROWS_TEST, test: 'lets no condition of the asker see a row' },
  },
  {
    id: 'receipt-of-the-own-stream',
    prevents: 'An authority opens what another one delivered.',
    edits: [
      {
        file: RIGHTS,
        find: 'overview.access_event event\n      where leaf_index = at_index and stream = of_stream and',
        replace: 'overview.access_event event\n      where leaf_index = at_index and',
      },
    ],
    killedBy: { file: ROWS_TEST, test: 'to the stream that delivered it alone' },
  },
  {
    id: 'silent-database',
    prevents: 'Requests wait without end for a database that says nothing.',
    edits: [{ file: TRANSACTION, find: '{ query_timeout: 2_000 }', replace: '{}' }],
    killedBy: {
      file: 'test/faults/database.test.ts',
      test: 'is answered 503 within three seconds',
    },
  },
  {
    id: 'dying-connections',
    prevents: 'One connection that dies while it is in use ends the whole portal.',
    edits: [
      {
        file: 'server/platform/db/connect.ts',
        find: "pool.on('connect', (client) => client.on('error', ignore))",
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/platform/connect.test.ts',
      test: 'does not end the program when its connection dies',
    },
  },
]
