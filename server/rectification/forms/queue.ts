import type { Catalogue } from '../../catalogue/index.js'
import { daysAfter, type Day } from '../days.js'
import { categoriesOf, fieldsOf } from '../kinds.js'
import {
  DUE,
  EVIDENCE_NAMED,
  ORDERS,
  WHO,
  type Order,
  type QueuePlace,
  type QueueQuery,
} from '../filters.js'
import { OPEN_STATES, type State } from '../rules.js'
import { isDay } from '../values/partial-date.js'

/** What a query of the queue is read with. */
export interface QueueTerms {
  readonly catalogue: Pick<Catalogue, 'fields'>
  readonly staff: string
  readonly today: Day
  readonly languages: readonly string[]
}

const WEEK_DAYS = 7
const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
const DAY = '(\\d{4}-\\d{2}-\\d{2})'
const PLACES = {
  due: new RegExp(`^${DAY}\\.${UUID}$`),
  filed: new RegExp(`^(\\d{1,14})\\.${UUID}$`),
  kind: new RegExp(`^(\\d{1,6})\\.${DAY}\\.${UUID}$`),
} as const

/** Reads filter and order of the queue; a choice that there is not counts as none. */
export function readQueueQuery(query: URLSearchParams, terms: QueueTerms): QueueQuery {
  const { catalogue, staff, today, languages } = terms
  const state = OPEN_STATES.find((one) => one === query.get('state'))
  const category = categoriesOf(catalogue).find((one) => one === query.get('category'))
  const language = languages.find((one) => one === query.get('language'))
  const who = WHO.find((one) => one === query.get('who'))
  const due = DUE.find((one) => one === query.get('due'))
  const evidence = EVIDENCE_NAMED.find((one) => one === query.get('evidence'))
  const order = ORDERS.find((one) => one === query.get('order')) ?? 'due'
  const after = readPlace(order, query.get('after') ?? '')
  return {
    given: present({ state, category, language, who, due, evidence }),
    filter: present({
      states: state && ([state] as readonly State[]),
      fields: category === undefined ? undefined : fieldsOf(catalogue, category),
      language,
      assignee: who === 'me' ? { staff } : who,
      dueBefore: due && (due === 'over' ? today : daysAfter(today, WEEK_DAYS)),
      hasEvidence: evidence && evidence === 'with',
    }),
    order,
    ...(after === undefined ? {} : { after }),
  }
}

/** The place of a page in an order; one that there cannot be counts as the beginning. */
function readPlace(order: Order, raw: string): QueuePlace | undefined {
  const [, first = '', second = '', third = ''] = PLACES[order].exec(raw) ?? []
  switch (order) {
    case 'due':
      return isDay(first) ? { order, dueOn: first, request: second } : undefined
    case 'filed': {
      const filedAt = new Date(first === '' ? Number.NaN : Number(first))
      return Number.isNaN(filedAt.getTime()) ? undefined : { order, filedAt, request: second }
    }
    case 'kind':
      return isDay(second)
        ? { order, field: Number(first), dueOn: second, request: third }
        : undefined
  }
}

type Present<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

function present<Values extends object>(values: Values): Present<Values> {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs) as Present<Values>
}
