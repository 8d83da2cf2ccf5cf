import type { Trx } from '../database.js'
import type { Desk } from '../journal/index.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import { refusalUntil } from './journal.js'
import type { AskRow } from './model.js'
import { foundOr, officeOf, type ConsentParts } from './parts.js'
import { ASK_PERIOD } from './rules.js'
import { insertAsk, readAsk, readOpenAsk } from './store/asks.js'
import { readAsked } from './store/templates.js'
import { partsOf } from './template.js'
import { later } from './term.js'

/** What an office asks one person. */
export interface Asking {
  /** Id of the asking, where its sender knows it; a fresh one else. */
  readonly ask?: string | undefined
  /** Keyed subject; the number that it was made from is kept nowhere. */
  readonly subject: string
  readonly template: string
  /** Parts that are asked; all of them where nothing is said. */
  readonly parts?: readonly string[] | undefined
  readonly channel: 'counter' | 'api'
  readonly desk: Desk
}

/** Fresh references that are tried before giving up. */
const MOST_TRIES = 3

/**
 * Asks one person with the version that is published now; the reference. Asked again while it is open, the same
 * reference. NOT_FOUND for a template of another office, StepRefused (FAULTY) for a part that it does not have.
 */
export async function ask(parts: ConsentParts, trx: Trx, asking: Asking): Promise<AskRow> {
  const version = foundOr(await readAsked(trx, asking.template))
  const offered = partsOf(version.content)
  const wanted = asking.parts ?? offered
  const asked = offered.filter((part) => wanted.includes(part))
  if (asked.length === 0 || wanted.some((part) => !offered.includes(part))) {
    throw new StepRefused('FAULTY')
  }
  const { subject, template, channel, desk } = asking
  const at = parts.clock.now()
  const lapsesAt = later(at, ASK_PERIOD)
  for (let tries = 1; tries <= MOST_TRIES; tries++) {
    const open = await readOpenAsk(trx, { subject, template })
    if (open !== undefined) return open
    const reference = parts.references.fresh()
    const isNew = await insertAsk(trx, {
      ...{
        ask: asking.ask ?? uuidOf(parts.random.bytes(16)),
        reference,
        subject,
        office: desk.office,
        template,
      },
      ...{ version: version.version, parts: asked, channel, state: 'open', step: 1 },
      ...{ asked_by: desk.staff ?? null, asked_at: at, lapses_at: lapsesAt },
      expires_on: refusalUntil(lapsesAt),
    })
    if (!isNew) continue
    const office = officeOf(parts, desk.office).code
    await parts.tell(trx, { subject, code: 'consent_asked', params: { reference, office } })
    return foundOr(await readAsk(trx, reference))
  }
  throw new StepRefused('STALE')
}
