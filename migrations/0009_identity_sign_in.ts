import { sql, type Kysely } from 'kysely'
import type { RoledMigration } from '../server/platform/db/migrate.js'

/** Activation codes, passkeys, wrong guesses; sessions that know their key and their last step-up. */
export const identitySignIn: RoledMigration = (roles) => ({
  up: async (db: Kysely<unknown>) => {
    await sql.raw(`set local role ${roles.owner}`).execute(db)
    for (const part of [codes, passkeys, sessions]) {
      await sql.raw(part).execute(db)
    }
    await sql.raw('reset role').execute(db)
  },
})

const codes = `
  create table identity.activation_code (
    code uuid primary key,
    code_hash bytea not null constraint code_hash_is_unique unique
      constraint code_hash_has_32_bytes check (octet_length(code_hash) = 32),
    account uuid not null references identity.account on delete cascade,
    assurance text not null constraint code_assurance_is_known check (assurance in ('letter', 'counter')),
    recovery boolean not null,
    birth_year_hash bytea,
    issued_by uuid references identity.staff on delete set null,
    issued_at timestamptz(3) not null,
    valid_from timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    tries_left smallint not null,
    used_at timestamptz(3),
    cancelled_at timestamptz(3),
    sheet bytea
  );
  comment on table identity.activation_code is 'Codes with which residents sign in for the first time, or again after a loss';
  comment on column identity.activation_code.code is 'Random id, for the address of the sheet to print';
  comment on column identity.activation_code.code_hash is 'Keyed hash (HMAC-SHA256) of the code; the code itself is never stored';
  comment on column identity.activation_code.account is 'Whom it lets in';
  comment on column identity.activation_code.assurance is 'letter: sent by post; counter: handed over with a look at a photo document';
  comment on column identity.activation_code.recovery is 'Whether using it ends all other sessions and passkeys';
  comment on column identity.activation_code.birth_year_hash is 'Keyed hash of code and birth year, which a letter asks for; no year is stored';
  comment on column identity.activation_code.issued_by is 'The member of staff; nothing for the operator''s command';
  comment on column identity.activation_code.issued_at is 'When it was issued';
  comment on column identity.activation_code.valid_from is 'First instant at which it counts: later than issued where a loss was reported by post';
  comment on column identity.activation_code.expires_at is 'Instant from which it no longer counts';
  comment on column identity.activation_code.tries_left is 'Wrong birth years that are still forgiven';
  comment on column identity.activation_code.used_at is 'When it was used; a code works once';
  comment on column identity.activation_code.cancelled_at is 'When the resident stopped it, or a newer code took its place';
  comment on column identity.activation_code.sheet is 'The code for the sheet to print, encrypted; emptied once printed, at the latest after an hour';
  create index codes_of_an_account on identity.activation_code (account);
  create index codes_by_expiry on identity.activation_code (expires_at);

  create table identity.guess (
    client bytea primary key,
    since timestamptz(3) not null,
    wrong int not null
  );
  comment on table identity.guess is 'Wrong codes by client, so that guessing ends soon';
  comment on column identity.guess.client is 'Keyed hash of the network address; deleted within two hours';
  comment on column identity.guess.since is 'When counting began';
  comment on column identity.guess.wrong is 'Wrong codes since then';
  create index guesses_by_time on identity.guess (since);
`

const passkeys = `
  create table identity.passkey (
    credential bytea primary key,
    account uuid references identity.account on delete cascade,
    staff uuid references identity.staff on delete cascade,
    public_key bytea not null,
    counter bigint not null,
    transports text[] not null,
    device_type text not null,
    backed_up boolean not null,
    aaguid uuid not null,
    assurance text not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    removed_at timestamptz(3),
    constraint passkey_is_of_one_person check ((account is null) <> (staff is null))
  );
  comment on table identity.passkey is 'Passkeys (WebAuthn); all that were ever bound, removed ones without their public key in use';
  comment on column identity.passkey.credential is 'Credential id';
  comment on column identity.passkey.account is 'The resident, or';
  comment on column identity.passkey.staff is 'the member of staff';
  comment on column identity.passkey.public_key is 'COSE public key';
  comment on column identity.passkey.counter is 'Signature counter; 0 where the authenticator has none';
  comment on column identity.passkey.transports is 'How browsers may reach the authenticator';
  comment on column identity.passkey.device_type is 'singleDevice or multiDevice (synchronised)';
  comment on column identity.passkey.backed_up is 'Whether it is synchronised';
  comment on column identity.passkey.aaguid is 'Make of the authenticator, zero where it does not say';
  comment on column identity.passkey.assurance is 'Assurance of the sign-in that bound it';
  comment on column identity.passkey.created_at is 'When it was bound';
  comment on column identity.passkey.last_used_at is 'When it was last used';
  comment on column identity.passkey.removed_at is 'When it was removed; from then on it opens nothing';
  create index passkeys_of_an_account on identity.passkey (account) where account is not null;
  create index passkeys_of_staff on identity.passkey (staff) where staff is not null;

  create table identity.used_challenge (
    challenge bytea primary key,
    expires_at timestamptz(3) not null
  );
  comment on table identity.used_challenge is 'Challenges of passkey ceremonies that were answered: each is answered once';
  comment on column identity.used_challenge.challenge is 'SHA-256 of the challenge';
  comment on column identity.used_challenge.expires_at is 'When the challenge itself is over, and this row with it';
  create index challenges_by_expiry on identity.used_challenge (expires_at);
`

const sessions = `
  alter table identity.session add column stepped_up_at timestamptz(3);
  alter table identity.session add column passkey bytea references identity.passkey on delete cascade;
  alter table identity.session add column shared boolean not null default false;
  comment on column identity.session.stepped_up_at is 'When the person last proved again that it is them';
  comment on column identity.session.passkey is 'The passkey that opened it; removing the key ends the session';
  comment on column identity.session.shared is 'Whether the device is shared: no passkey is offered';
  create index sessions_of_a_passkey on identity.session (passkey) where passkey is not null;
`
