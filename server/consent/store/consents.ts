import { sql, type Insertable, type Selectable } from 'kysely'
import type { Trx } from '../../database.js'
import type { ConsentRow } from '../model.js'
import type { State } from '../rules.js'
import type { ConsentTable } from '../tables.js'

const COLUMNS = [
  ...(['consent', 'reference', 'ask', 'subject', 'office', 'template', 'version', 'part'] as const),
  ...(['state', 'given_at', 'valid_until', 'ended_at', 'step', 'expires_on'] as const),
] as const

type Row = Pick<Selectable<ConsentTable>, (typeof COLUMNS)[number]>

function seen(trx: Trx) {
  return trx.selectFrom('consent.consent').select(COLUMNS)
}

/** Adds the answer to one part of an asking. */
export async function insertConsent(trx: Trx, row: Insertable<ConsentTable>): Promise<void> {
  await trx.insertInto('consent.consent').values(row).execute()
}

/** All that the scope may see, the latest first. */
export async function readConsents(trx: Trx): Promise<readonly ConsentRow[]> {
  const rows = await seen(trx)
    .orderBy(sql`coalesce(ended_at, given_at)`, (order) => order.desc().nullsLast())
    .orderBy('consent')
    .execute()
  return rows.map(consentOf)
}

/** One consent by its reference, as far as the scope may see it. */
export async function readConsent(trx: Trx, reference: string): Promise<ConsentRow | undefined> {
  const row = await seen(trx).where('reference', '=', reference).executeTakeFirst()
  return row && consentOf(row)
}

/** One consent by its id, as far as the scope may see it. */
export async function readConsentById(trx: Trx, id: string): Promise<ConsentRow | undefined> {
  const row = await seen(trx).where('consent', '=', id).executeTakeFirst()
  return row && consentOf(row)
}

/** The answers to one asking, in the order of its parts as they were written. */
export async function readAnswers(trx: Trx, ask: string): Promise<readonly ConsentRow[]> {
  const rows = await seen(trx).where('ask', '=', ask).orderBy('part').execute()
  return rows.map(consentOf)
}

/** The consent in force for one part of a template, of the one person. */
export async function readInForce(
  trx: Trx,
  wanted: { readonly subject: string; readonly template: string; readonly part: string },
): Promise<ConsentRow | undefined> {
  const row = await seen(trx)
    .where('subject', '=', wanted.subject)
    .where('template', '=', wanted.template)
    .where('part', '=', wanted.part)
    .where('state', '=', 'given')
    .executeTakeFirst()
  return row && consentOf(row)
}

/** Some of the consents whose time is over at an instant, for the job that records it. */
export async function readRunOut(
  trx: Trx,
  at: Date,
  limit: number,
): Promise<readonly ConsentRow[]> {
  const rows = await seen(trx)
    .where('state', '=', 'given')
    .where('valid_until', '<=', at)
    .orderBy('valid_until')
    .limit(limit)
    .execute()
  return rows.map(consentOf)
}

/** An end of a consent that was read at a step. */
export interface Ending {
  readonly consent: string
  readonly step: number
  readonly state: State
  readonly endedAt: Date
}

/** Ends a consent that is still in force as it was read: false where somebody was quicker. */
export async function endConsent(trx: Trx, ending: Ending): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('consent.consent')
    .set({ state: ending.state, ended_at: ending.endedAt, step: ending.step + 1 })
    .where('consent', '=', ending.consent)
    .where('state', '=', 'given')
    .where('step', '=', ending.step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function consentOf(row: Row): ConsentRow {
  return {
    ...{ consent: row.consent, reference: row.reference, ask: row.ask, subject: row.subject },
    ...{ office: row.office, template: row.template, version: row.version, part: row.part },
    ...{ state: row.state, step: row.step, expiresOn: row.expires_on },
    ...(row.given_at === null ? {} : { givenAt: row.given_at }),
    ...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  }
}
