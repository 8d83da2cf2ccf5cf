import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { NO_NUMBER, readLookupForm, type WantedLookup } from '../forms/lookups.js'
import type { Lookups, Oversight, Standings } from '../index.js'
import { lookAt } from '../looking.js'
import { lookupPage, lookupsPage } from '../pages/lookups.js'
import { officeOf } from '../service.js'
import { penOf } from './pen.js'

interface Parts {
  readonly lookups: Lookups
  readonly oversight: Oversight
  readonly standings: Standings
  readonly catalogue: Catalogue
  /** The keyed person of a number; nothing where it cannot be one. */
  readonly subjectOf: (number: WantedLookup['number']) => string | undefined
}

type Visit = Exchange<Actor>

const LIST = '/:lang/oversight/lookups'
/** Officers come from the list of accesses, supervisors from that of looks. */
const MARKS = { menuMarks: ['oversight.accesses', 'oversight.looks'] } as const

/** Accesses to one person, by the number that they name; opening what was found stands in their log. */
export function lookupRoutes(parts: Parts): RouteSpec<Actor>[] {
  return [
    {
      name: 'oversight.lookups',
      method: 'get',
      path: LIST,
      allow: ['dpo', 'supervisor'],
      disclosure: 'no-identity',
      ...MARKS,
      handle: (exchange) => showList(exchange, parts),
    },
    {
      // Never kept: the form holds the number of a person. Its answer is the same whether somebody was found or not.
      name: 'oversight.lookup-ask',
      method: 'post',
      path: LIST,
      allow: ['dpo'],
      disclosure: 'no-identity',
      ...MARKS,
      handle: (exchange) => ask(exchange, parts),
    },
    {
      name: 'oversight.lookup',
      method: 'get',
      path: `${LIST}/:lookup`,
      allow: ['dpo'],
      ...MARKS,
      disclosure: async (exchange) => {
        const access = await anchorOf(exchange, parts)
        return access === undefined ? [] : [lookAt(access)]
      },
      handle: (exchange) => showOne(exchange, parts),
    },
  ]
}

const staffOf = ({ actor }: Visit) => actor as StaffActor
const referenceOf = ({ params }: Visit) => params['lookup'] ?? ''

async function anchorOf(exchange: Visit, { lookups, oversight }: Parts) {
  const actor = staffOf(exchange)
  const entry = await lookups.entryOf(actor, referenceOf(exchange))
  return entry === undefined ? undefined : oversight.access(actor, entry)
}

interface Refusal {
  readonly errors: readonly FieldError[]
  readonly refused: string
  readonly status: number
}

async function showList(
  exchange: Visit,
  { lookups, catalogue }: Parts,
  { errors, refused, status }: Refusal = { errors: [], refused: '', status: 200 },
): Promise<Answer> {
  const pen = penOf(exchange, catalogue)
  const actor = staffOf(exchange)
  const named = (await lookups.list(actor)).map((lookup) => ({
    ...lookup,
    officeName: pen.texts.party(catalogue.parties.byId(lookup.office)?.code ?? '').name,
  }))
  const typed = { form: exchange.form, errors }
  const canAsk = actor.role === 'dpo'
  const model = lookupsPage(pen, { lookups: named, typed, refused, canAsk })
  return { kind: 'page', view: 'oversight/lookups', model, status }
}

async function ask(exchange: Visit, parts: Parts): Promise<Answer> {
  const { form, urls, t } = exchange
  const actor = staffOf(exchange)
  const wrong = (errors: readonly FieldError[]) =>
    showList(exchange, parts, { errors, refused: '', status: 400 })
  const wanted = readLookupForm(form, officeOf(actor, parts.catalogue).code)
  if (!wanted.ok) return wrong(wanted.refusal)
  const { number, reason } = wanted.value
  const subject = parts.subjectOf(number)
  if (subject === undefined) return wrong([NO_NUMBER])
  const lookup = await parts.lookups.ask(actor, { subject, reason })
  if (lookup === undefined) {
    const refused = t('oversight-lookups:tooMany')
    return showList(exchange, parts, { errors: [], refused, status: 409 })
  }
  return { kind: 'redirect', to: urls.to('oversight.lookup', { lookup }) }
}

async function showOne(exchange: Visit, parts: Parts): Promise<Answer> {
  const actor = staffOf(exchange)
  const found = await parts.lookups.open(actor, referenceOf(exchange))
  const anchor = await anchorOf(exchange, parts)
  const own = officeOf(actor, parts.catalogue)
  const indexes = found.accesses.map(({ index }) => index)
  const flagged = await parts.standings.foundAt(actor, indexes)
  const view = { found, flagged, own, isSeen: anchor?.shown === 'yes' }
  const model = lookupPage(penOf(exchange, parts.catalogue), view)
  return { kind: 'page', view: 'oversight/lookup', model }
}
