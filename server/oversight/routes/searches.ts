import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { chosenOf } from '../choosing.js'
import { readLatestDays, readSearchName } from '../forms/searches.js'
import type { Oversight, Searches } from '../index.js'
import { newSearchPage, searchesPage, searchPage } from '../pages/searches.js'
import { penOf } from './pen.js'

interface Parts {
  readonly searches: Searches
  readonly oversight: Pick<Oversight, 'choices'>
  readonly catalogue: Catalogue
}

type Visit = Exchange<Actor>
type Handle = (exchange: Visit, parts: Parts) => Promise<Answer>

const LIST = '/:lang/oversight/searches'

/** Searches that an officer keeps: filters of the explorer, which name nobody. */
export function searchRoutes(parts: Parts): RouteSpec<Actor>[] {
  const route = (
    method: 'get' | 'post',
    [name, path]: readonly [string, string],
    handle: Handle,
  ): RouteSpec<Actor> => ({
    ...{ name: `oversight.${name}`, method, path: `${LIST}${path}` },
    ...{ allow: ['dpo'], disclosure: 'no-identity' },
    handle: (exchange) => handle(exchange, parts),
  })
  return [
    {
      ...route('get', ['searches', ''], showList),
      ...{ menu: 'oversight-searches:menu', menuUnder: 'oversight.accesses' },
    },
    route('get', ['search-new', '/new'], (exchange) => showNew(exchange, parts)),
    route('post', ['search-save', ''], save),
    route('get', ['search', '/:search'], (exchange) => showOne(exchange, parts)),
    route('post', ['search-name', '/:search/name'], rename),
    route('post', ['search-drop', '/:search/drop'], drop),
  ]
}

const staffOf = ({ actor }: Visit) => actor as StaffActor
const searchOf = ({ params }: Visit) => params['search'] ?? ''

async function showList(exchange: Visit, { searches, catalogue }: Parts): Promise<Answer> {
  const model = searchesPage(penOf(exchange, catalogue), await searches.list(staffOf(exchange)))
  return { kind: 'page', view: 'oversight/searches', model }
}

/** What is chosen in the address, or in the form that was refused. */
function chosenIn(exchange: Visit, { oversight }: Parts) {
  const asked = exchange.form.get('query')
  const query = asked === null ? exchange.query : new URLSearchParams(asked)
  return chosenOf(query, oversight.choices(staffOf(exchange)))
}

interface Refusal {
  readonly errors: readonly FieldError[]
  readonly refused: string
  readonly status: number
}

async function showNew(
  exchange: Visit,
  parts: Parts,
  { errors, refused, status }: Refusal = { errors: [], refused: '', status: 200 },
): Promise<Answer> {
  const typed = { form: exchange.form, errors }
  const shown = { chosen: chosenIn(exchange, parts), typed, refused }
  const model = newSearchPage(penOf(exchange, parts.catalogue), shown)
  return { kind: 'page', view: 'oversight/search-new', model, status }
}

async function save(exchange: Visit, parts: Parts): Promise<Answer> {
  const { form, urls, t } = exchange
  const name = readSearchName(form)
  if (!name.ok) return showNew(exchange, parts, { errors: name.refusal, refused: '', status: 400 })
  const search = { name: name.value, days: readLatestDays(form), chosen: chosenIn(exchange, parts) }
  if (!(await parts.searches.save(staffOf(exchange), search))) {
    const refused = t('oversight-searches:full')
    return showNew(exchange, parts, { errors: [], refused, status: 409 })
  }
  return { kind: 'redirect', to: urls.to('oversight.searches') }
}

async function showOne(
  exchange: Visit,
  { searches, catalogue }: Parts,
  errors: readonly FieldError[] = [],
): Promise<Answer> {
  const search = await searches.one(staffOf(exchange), searchOf(exchange))
  const typed = { form: exchange.form, errors }
  const model = searchPage(penOf(exchange, catalogue), search, typed)
  const status = errors.length > 0 ? 400 : 200
  return { kind: 'page', view: 'oversight/search', model, status }
}

async function rename(exchange: Visit, parts: Parts): Promise<Answer> {
  const name = readSearchName(exchange.form)
  if (!name.ok) return showOne(exchange, parts, name.refusal)
  await parts.searches.rename(staffOf(exchange), searchOf(exchange), name.value)
  return { kind: 'redirect', to: exchange.urls.to('oversight.searches') }
}

async function drop(exchange: Visit, { searches }: Parts): Promise<Answer> {
  await searches.drop(staffOf(exchange), searchOf(exchange))
  return { kind: 'redirect', to: exchange.urls.to('oversight.searches') }
}
