import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/**
 * What the rules of oversight found (GDPR Article 39 (1) (b)), what officers made of it, and how many accesses were
 * explained. A finding holds codes and numbers, no person, and dies with its entry; those about entries that are
 * withheld stand in tables of their own.
 */
export const oversightFlags: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    const parts = [
      findings('finding', 'Accesses that nothing explains and that a rule found'),
      findings('sealed_finding', 'The same of accesses that are withheld'),
      histories('finding_step'),
      histories('sealed_finding_step'),
      WATCH,
      TALLY,
      SWITCH,
    ]
    for (const part of parts) await sql.raw(part).execute(db)
    await sql.raw('reset role').execute(db)
  },
})

const guarded = (table: string) => `
  alter table oversight.${table} enable row level security;
  alter table oversight.${table} force row level security;
`

const comments = (table: string, columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([column, text]) => `comment on column oversight.${table}.${column} is '${text}';`)
    .join('\n  ')

const STATES = `('new', 'asked', 'explained', 'confirmed', 'dismissed')`

const findings = (table: string, purpose: string) => `
  create table oversight.${table} (
    leaf_index bigint not null,
    rule text not null,
    office int not null,
    weight smallint not null,
    evidence jsonb not null,
    log_size bigint not null,
    found_at timestamptz(3) not null,
    state text not null constraint ${table}_state_is_known check (state in ${STATES}),
    reason text,
    version int not null,
    changed_at timestamptz(3) not null,
    expires_on date not null,
    primary key (leaf_index, rule),
    constraint a_new_${table}_has_no_reason check ((state = 'new') = (reason is null))
  );
  comment on table oversight.${table} is '${purpose}';
  ${comments(table, {
    leaf_index: 'The entry: the latest one, where a rule looks at several',
    rule: 'Code of the rule',
    office: 'The office that acted (catalogue number)',
    weight: 'By what the list is ordered',
    evidence: 'Codes and numbers that the sentence of the rule names; no value and no person',
    log_size: 'Size of the log as of which it was found',
    found_at: 'When it was found',
    state: 'What the officer made of it, as the last of its steps says',
    reason: 'Why: a code of server/oversight/flags/states.ts; absent while it is new',
    version: 'Grows with every step, so that nobody answers what they have not seen',
    changed_at: 'When it last changed',
    expires_on: "The entry''s own expiry: the finding dies with it",
  })}
  create index ${table}s_of_an_office on oversight.${table} (office, weight desc, leaf_index desc, rule);
  create index ${table}s_by_expiry on oversight.${table} (expires_on);
  ${guarded(table)}
`

/** The steps of officers: who did it is the office, and no name stands anywhere. */
const histories = (history: string) => `
  create table oversight.${history} (
    leaf_index bigint not null,
    rule text not null,
    number int not null,
    office int not null,
    state text not null,
    reason text not null,
    made_at timestamptz(3) not null,
    expires_on date not null,
    primary key (leaf_index, rule, number)
  );
  comment on table oversight.${history} is 'What officers made of findings, step by step: append-only; who did it is the office, never a name';
  ${comments(history, {
    leaf_index: 'The entry',
    rule: 'Code of the rule',
    number: 'Place among the steps, from 1',
    office: 'The office whose officer did it (catalogue number)',
    state: 'What it became',
    reason: 'Why: a code',
    made_at: 'When',
    expires_on: "The entry''s own expiry",
  })}
  create index ${history}s_by_expiry on oversight.${history} (expires_on);
  ${unchanging(history, 'ledger.refuse_early_delete')}
  ${guarded(history)}
`

/** Rows that nobody changes; they go when a function says so. */
function unchanging(table: string, deletion: string): string {
  return `
  create trigger no_change before update on oversight.${table}
    for each row execute function ledger.refuse_change();
  create trigger no_early_delete before delete on oversight.${table}
    for each row execute function ${deletion}();
  create trigger no_truncate before truncate on oversight.${table}
    for each statement execute function ledger.refuse_change();
  alter table oversight.${table} enable always trigger no_change;
  alter table oversight.${table} enable always trigger no_early_delete;
  alter table oversight.${table} enable always trigger no_truncate;`
}

const WATCH = `
  create table oversight.watch (
    office int primary key,
    below bigint not null default 0,
    judged_day date,
    peers int,
    at timestamptz(3) not null
  );
  comment on table oversight.watch is 'How far the rules have read the log, by office';
  ${comments('watch', {
    office: 'The office (catalogue number)',
    below: 'Entries below this leaf index are judged',
    judged_day: 'Days up to this one, by the German calendar, are compared with other units',
    peers: 'With how many other units a unit of the office was compared on that day',
    at: 'Time of the checkpoint as of which that is so',
  })}
  ${guarded('watch')}
`

const TALLY = `
  create table oversight.tally (
    office int not null,
    unit int not null,
    day date not null,
    purpose int not null,
    kind text not null,
    duty int not null default 0,
    consent int not null default 0,
    open_case int not null default 0,
    correction int not null default 0,
    dealings int not null default 0,
    unexplained int not null default 0,
    last_leaf bigint not null,
    last_expires_on date not null,
    expires_on date not null,
    primary key (office, day, unit, purpose)
  );
  comment on table oversight.tally is 'How many visible accesses of a unit were explained by what, on each day; no person';
  ${comments('tally', {
    office: 'The office that acted (catalogue number)',
    unit: 'Kind of unit; 0 where none was reported',
    day: 'Day of the accesses, by the German calendar',
    purpose: 'Purpose',
    kind: 'Kind of the office: others of the same kind are its peers',
    duty: 'Explained by a duty of the law',
    consent: 'Explained by a consent that was valid',
    open_case: 'Explained by a case that was open',
    correction: 'Explained by a correction that the office had been told of',
    dealings: 'Explained by earlier dealings of the office with the person',
    unexplained: 'Explained by nothing',
    last_leaf: 'The latest of the unexplained, or of all where there is none',
    last_expires_on: 'When that one expires',
    expires_on: 'First day on which the row is gone',
  })}
  create index tallies_of_a_kind on oversight.tally (kind, day);
  create index tallies_by_expiry on oversight.tally (expires_on);
  ${guarded('tally')}
`

const SWITCH = `
  create table oversight.rule_switch (
    office int not null,
    rule text not null,
    number int not null,
    is_on boolean not null,
    made_at timestamptz(3) not null,
    primary key (office, rule, number)
  );
  comment on table oversight.rule_switch is 'When an office switched a rule on or off: append-only; who did it is the office, never a name';
  ${comments('rule_switch', {
    office: 'The office (catalogue number)',
    rule: 'Code of the rule',
    number: 'Place among the switches of the rule, from 1',
    is_on: 'Whether the rule works from then on',
    made_at: 'When',
  })}
  ${unchanging('rule_switch', 'ledger.refuse_change')}
  ${guarded('rule_switch')}
`
