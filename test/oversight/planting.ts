import type { Party } from '../../server/catalogue/index.js'
import type { RuleCode } from '../../server/oversight/flags/rules.js'
import { randomBelow } from '../../server/platform/kernel/random.js'
import { must } from '../bench/events.js'
import { consentsOf } from './cited-consents.js'
import { sowerOf, type Ground } from './sower.js'

/** How much is planted. */
export interface Amounts {
  /** Accesses that something explains. */
  readonly explained: number
  /** People who walk in: nothing in the portal explains them, and they are no misuse. */
  readonly walkIns: number
  /** People who come with an appointment that the office told of before. */
  readonly visitors: number
  /** Looked up, and an appointment is told afterwards. */
  readonly invented: number
  /** Walk-ins on a Saturday, by offices that open then. */
  readonly saturdays: number
  /** People looked up again and again, six times each. */
  readonly neighbours: number
  /** Those of them who are customers of the office as well: nothing can tell. */
  readonly known: number
  /** Exports: so many days, and so many people on each. */
  readonly exports: number
  readonly exportSize: number
  readonly nights: number
  /** Looked up at night, and customers of the office. */
  readonly knownNights: number
  readonly withdrawn: number
  readonly prohibited: number
}

/** What was planted: the leaves of each misuse, grouped as a rule should find it. */
export interface Planted {
  readonly office: Party
  readonly truth: ReadonlyMap<RuleCode, readonly (readonly number[])[]>
  readonly total: number
}

/** Looks at one person without a case before somebody should ask. */
const LOOKS_EACH = 6

/** Plants misuse among explained accesses, through the recorder. */
export async function plantMisuse(ground: Ground, amounts: Amounts): Promise<Planted> {
  const sower = await sowerOf(ground)
  const { explained } = amounts
  const customers = Math.max(1, Math.floor(explained * 0.25))
  const automated = Math.floor(explained * 0.35)
  await sower.sow(customers, (at) => sower.store(at))
  await sower.sow(automated, () => ({ ...sower.lookup(sower.stranger()), channel: 'automated' }))
  await sower.sow(explained - customers - automated, () =>
    sower.lookupOf(randomBelow(sower.random, customers)),
  )
  await sower.sow(amounts.walkIns, () => sower.lookup(sower.stranger()))
  await sower.sow(amounts.saturdays, () => sower.lookup(sower.stranger(), 'weekend'))
  const visitors = Array.from({ length: amounts.visitors }, () => sower.stranger())
  await sower.book(visitors, 'before')
  await sower.sow(visitors.length, (at) => sower.visit(must(visitors[at])))
  const invented = Array.from({ length: amounts.invented }, () => sower.stranger())
  const looked = await sower.sow(invented.length, (at) => sower.visit(must(invented[at])))
  await sower.book(invented, 'afterwards')
  const truth = new Map<RuleCode, (readonly number[])[]>()
  const note = (rule: RuleCode, groups: readonly (readonly number[])[]) =>
    truth.set(rule, [...(truth.get(rule) ?? []), ...groups])
  const groups: number[][] = []
  for (let at = 0; at < amounts.neighbours; at++) {
    const isKnown = at < amounts.known
    const who = sower.stranger()
    groups.push(
      await sower.sow(LOOKS_EACH, () =>
        isKnown ? sower.lookupOf(at % customers) : sower.neighbour(who),
      ),
    )
  }
  note('repeated', groups)
  const bulks: number[][] = []
  for (let at = 0; at < amounts.exports; at++) {
    bulks.push(await sower.sow(amounts.exportSize, () => sower.exported(at)))
  }
  note('volume', bulks)
  const nights = await sower.sow(amounts.nights, (at) =>
    at < amounts.knownNights
      ? sower.lookupOf(at % customers, 'night')
      : sower.lookup(sower.stranger(), 'night'),
  )
  note('off_hours', each(nights))
  note('no_case', each([...groups.flat(), ...bulks.flat(), ...nights, ...looked]))
  const consents = await consentsOf(ground, amounts.withdrawn * 2)
  const cited = await sower.sow(consents.length, (at) => sower.citing(must(consents[at]), at))
  note('consent_not_valid', each(cited.filter((_, at) => must(consents[at]).isWithdrawn)))
  const prohibited = each(await sower.sow(amounts.prohibited, () => sower.prohibited()))
  note('prohibited', prohibited)
  // No flow of the catalogue leads from a school to an immigration office, either.
  note('unknown_flow', prohibited)
  await ground.superuser.query('vacuum analyze')
  return { office: sower.office, truth, total: sower.total() }
}

const each = (indices: readonly number[]) => indices.map((index) => [index])
