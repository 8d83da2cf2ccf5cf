import type { Catalogue } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { Tell } from '../notices/index.js'
import type { Clock } from '../platform/kernel/clock.js'
import { readToTell } from './store/warning.js'

/** The register whose every request the person learns of while an information block stands (BMG § 51). */
const REGISTER = 'mr'
/** Entries that were sealed for a while become visible with the time of their recording. */
const LOOKS_BACK_DAYS = 60
const DAY_MS = 86_400_000

/** What warning is made of. */
export interface WarningParts {
  readonly clock: Clock
  readonly catalogue: Pick<Catalogue, 'parties' | 'fields'>
  readonly dayOf: (instant: Date) => string
  readonly tell: Tell
}

/**
 * Tells people at once, and once each, of every request to the residents' register under an information block
 * (BMG §§ 34 (5), 34a (5), 51 (2)) and of everything that was passed on in spite of a transmission block.
 */
export async function warn(parts: WarningParts, trx: Trx): Promise<number> {
  const { clock, catalogue, dayOf, tell } = parts
  const fields = catalogue.fields.all.flatMap(({ id, register }) =>
    register === REGISTER ? [id] : [],
  )
  const since = new Date(clock.now().getTime() - LOOKS_BACK_DAYS * DAY_MS)
  const found = await readToTell(trx, fields, since)
  for (const { reference, subject, entry, recipient, occurredAt, what } of found) {
    const party = catalogue.parties.byId(recipient)
    if (party === undefined) continue
    await tell(trx, {
      ...{ subject, code: what === 'requested' ? 'block_requested' : 'block_in_spite' },
      params: { reference, office: party.code, day: dayOf(occurredAt) },
      once: `${reference}.${what}.${entry}`,
    })
  }
  return found.length
}
