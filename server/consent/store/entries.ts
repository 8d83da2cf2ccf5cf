import type { Insertable, Selectable } from 'kysely'
import type { Db, Trx } from '../../database.js'
import type { Facts } from '../../journal/index.js'
import type { ToldEntry } from '../model.js'
import type { EntryTable } from '../tables.js'

/** The row of an entry, for the audit. */
export type EntryRow = Selectable<EntryTable>

/** Adds an entry. */
export async function insertEntry(trx: Trx, row: Insertable<EntryTable>): Promise<void> {
  await trx.insertInto('consent.entry').values(row).execute()
}

/** The entries of a consent in their order, as far as the role may see them. */
export async function readEntries(trx: Trx, consent: string): Promise<readonly ToldEntry[]> {
  const rows = await trx
    .selectFrom('consent.entry')
    .select(['leaf_index', 'recorded_at', 'number', 'kind', 'by', 'channel', 'language'])
    .select(['wording', 'effective_at', 'valid_until', 'helper', 'other'])
    .where('consent', '=', consent)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    ...{ index: row.leaf_index, number: row.number, event: row.kind, by: row.by },
    ...{ recordedAt: row.recorded_at, effectiveAt: row.effective_at, channel: row.channel },
    ...{ language: row.language, wording: row.wording, helper: row.helper },
    ...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
    ...(row.other === null ? {} : { other: row.other }),
  }))
}

/** A stretch of all entries for the audit, in order of their leaves. */
export async function readEntryRows(
  db: Db,
  after: number | undefined,
  limit: number,
): Promise<readonly EntryRow[]> {
  const rows = db.selectFrom('consent.entry').selectAll().orderBy('leaf_index')
  const rest = after === undefined ? rows : rows.where('leaf_index', '>', after)
  return rest.limit(limit).execute()
}

/** What an entry commits beside what every act commits. */
export function entryFacts(
  row: Pick<
    Insertable<EntryTable>,
    'consent' | 'template' | 'version' | 'part' | 'channel' | 'language' | 'wording' | 'helper'
  > & { readonly effective_at: Date; readonly valid_until?: Date | null | undefined } & {
    readonly other?: string | null | undefined
  },
): Facts {
  return {
    channel: row.channel,
    consent: row.consent,
    effectiveAt: row.effective_at.toISOString(),
    helper: row.helper,
    language: row.language,
    other: row.other ?? undefined,
    part: row.part,
    template: row.template,
    validUntil: row.valid_until?.toISOString(),
    version: row.version,
    wording: Buffer.from(row.wording).toString('hex'),
  }
}
