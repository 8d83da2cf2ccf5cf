import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { csvOf, jsonOf } from '../files.js'
import { readListQuery } from '../forms.js'
import type { Oversight, Taking } from '../index.js'
import { officeOf } from '../service.js'

interface Parts {
  readonly oversight: Oversight
  readonly taking: Taking
  readonly catalogue: Catalogue
}

/**
 * The accesses of the own office as files. They name no person, so they are no export of persons; that they were
 * taken out stands in the log of each person all the same, before the first of their accesses leaves.
 */
export function accessFileRoutes(deps: Parts): RouteSpec<Actor>[] {
  const own = { method: 'get', allow: ['dpo'], disclosure: 'no-identity' } as const
  return [
    {
      ...own,
      name: 'oversight.csv',
      path: '/:lang/oversight/accesses.csv',
      handle: (exchange) => csvFile(exchange, deps),
    },
    {
      ...own,
      name: 'oversight.json',
      path: '/:lang/oversight/accesses.json',
      handle: (exchange) => jsonFile(exchange, deps),
    },
  ]
}

async function csvFile(exchange: Exchange<Actor>, deps: Parts): Promise<Answer> {
  const { taken } = await takenBy(exchange, deps)
  const pen = { texts: deps.catalogue.texts(exchange.language.tag), t: exchange.t }
  return {
    kind: 'stream',
    type: 'text/csv; charset=utf-8',
    file: `${nameOf(exchange)}.csv`,
    body: csvOf(pen, taken),
  }
}

async function jsonFile(exchange: Exchange<Actor>, deps: Parts): Promise<Answer> {
  const { taken, actor, chosen } = await takenBy(exchange, deps)
  const office = officeOf(actor, deps.catalogue).code
  return {
    kind: 'stream',
    type: 'application/json; charset=utf-8',
    file: `${nameOf(exchange)}.json`,
    body: jsonOf({ office, chosen }, taken),
  }
}

async function takenBy(exchange: Exchange<Actor>, { oversight, taking }: Parts) {
  const actor = exchange.actor as StaffActor
  const { chosen } = readListQuery(exchange.query, oversight.choices(actor))
  return { actor, chosen, taken: await taking.take(actor, chosen) }
}

function nameOf({ now }: Exchange<Actor>): string {
  return `mirat-accesses-${now.toISOString().slice(0, 'YYYY-MM-DD'.length)}`
}
