import type { Trx } from '../../database.js'

/** Figures of the office in the setting, by what is counted; what concerns too few people is absent. */
export async function readConsentFigures(trx: Trx): Promise<ReadonlyMap<string, number>> {
  const rows = await trx
    .selectFrom('reporting.consent_figure')
    .select(['figure', 'amount'])
    .execute()
  return new Map(rows.map(({ figure, amount }) => [figure, amount]))
}
