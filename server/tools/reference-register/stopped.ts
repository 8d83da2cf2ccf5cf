import type pg from 'pg'

/** A consent that ended: nothing may be used under it any more. */
export interface Withdrawal {
  /** The id of the signed message. */
  readonly jti: string
  readonly office: string
  readonly subject: string
  readonly consent: string
  readonly template: string
  readonly part: string
  readonly withdrawnAt: Date
}

/** What became of a withdrawal. */
export type Stopped = 'done' | 'known' | 'conflict'

/** Where ended consents stand. */
export const STOPPED_TABLE = `
  create table if not exists reference_register.stopped (
    office text not null,
    consent uuid not null,
    jti text not null,
    subject uuid not null,
    template text not null,
    part text not null,
    withdrawn_at timestamptz(3) not null,
    received_at timestamptz(3) not null,
    primary key (office, consent)
  );
  comment on table reference_register.stopped is 'Consents that were withdrawn: who cites one is given nothing';
`

/** Notes a withdrawal; the same again is known, and another about the same consent changes nothing. */
export async function stop(pool: pg.Pool, told: Withdrawal, at: Date): Promise<Stopped> {
  const { jti, office, subject, consent, template, part, withdrawnAt } = told
  const said = [office, consent, subject, template, part, withdrawnAt]
  const { rowCount: noted } = await pool.query(
    `insert into reference_register.stopped
      (office, consent, subject, template, part, withdrawn_at, jti, received_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [...said, jti, at],
  )
  if (noted === 1) return 'done'
  const { rowCount: same } = await pool.query(
    `select from reference_register.stopped where office = $1 and consent = $2 and subject = $3
      and template = $4 and part = $5 and withdrawn_at = $6`,
    said,
  )
  return same === 0 ? 'conflict' : 'known'
}

/** Whether an office may use nothing more under a consent. */
export async function isStopped(pool: pg.Pool, office: string, consent: string): Promise<boolean> {
  const text = 'select from reference_register.stopped where office = $1 and consent = $2'
  return (await pool.query(text, [office, consent])).rowCount === 1
}
