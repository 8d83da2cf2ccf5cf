import type { Catalogue } from '../../catalogue/index.js'
import { daysAfter, type Day } from '../days.js'
import { OPEN_STATES, type State } from '../rules.js'
import { isDay } from '../values/partial-date.js'
import { DUE, WHO, type QueueField, type QueueFilter, type QueuePlace } from '../filters.js'

/** The queue as an address asks for it: what was understood, for the form, and what it means. */
export interface QueueQuery {
  readonly given: Readonly<Partial<Record<QueueField, string>>>
  readonly filter: QueueFilter
  readonly after?: QueuePlace
}

const WEEK_DAYS = 7
const PLACE = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Reads the filter of the queue; a choice that there is not counts as none. */
export function readQueueQuery(
  query: URLSearchParams,
  terms: { catalogue: Catalogue; staff: string; today: Day; languages: readonly string[] },
): QueueQuery {
  const { catalogue, staff, today, languages } = terms
  const state = OPEN_STATES.find((one) => one === query.get('state'))
  const category = categoriesOf(catalogue).find((one) => one === query.get('category'))
  const language = languages.find((one) => one === query.get('language'))
  const who = WHO.find((one) => one === query.get('who'))
  const due = DUE.find((one) => one === query.get('due'))
  const [, dueOn, request] = PLACE.exec(query.get('after') ?? '') ?? []
  return {
    given: present({ state, category, language, who, due }),
    filter: present({
      states: state && ([state] as readonly State[]),
      fields: category === undefined ? undefined : fieldsOf(catalogue, category),
      language,
      assignee: who && (who === 'nobody' ? ('nobody' as const) : { staff }),
      dueBefore: due && (due === 'over' ? today : daysAfter(today, WEEK_DAYS)),
    }),
    ...(dueOn === undefined || request === undefined || !isDay(dueOn)
      ? {}
      : { after: { dueOn, request } }),
  }
}

/** Kinds of data that a request may be about, in the order of the catalogue. */
export function categoriesOf({ fields }: Pick<Catalogue, 'fields'>): readonly string[] {
  return [
    ...new Set(
      fields.all.filter(({ register }) => register !== 'portal').map((one) => one.category),
    ),
  ]
}

function fieldsOf({ fields }: Pick<Catalogue, 'fields'>, category: string): readonly number[] {
  return fields.all.filter((field) => field.category === category).map(({ id }) => id)
}

type Present<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> }

function present<Values extends object>(values: Values): Present<Values> {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(pairs) as Present<Values>
}
