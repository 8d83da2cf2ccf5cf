import { inputsOf, type Option, type Typed } from '../../platform/kernel/inputs.js'
import {
  askedAgain,
  DUE,
  EVIDENCE_NAMED,
  ORDERS,
  placeText,
  QUEUE_FIELDS,
  WHO,
  type QueueQuery,
} from '../filters.js'
import type { ListedCase, Queue } from '../queue.js'
import { OPEN_STATES } from '../rules.js'
import { GIVEN_NAMES, type SavedView } from '../views.js'
import { caseCard, colleagueOptions, type Reader } from './cards.js'
import type { Pen } from './pen.js'
import { optionsOf } from './wanted.js'

/** What the queue is shown with; what was typed into its forms is shown again. */
export interface QueueView extends Reader, Typed {
  readonly queue: Queue
  readonly query: QueueQuery
  readonly categories: readonly string[]
  readonly languages: readonly { readonly tag: string; readonly ownName: string }[]
  readonly unitCode: (unit: number) => string | undefined
}

/** The queue of an office: no name, no number, no stable pseudonym of a person. */
export function queuePage(pen: Pen, view: QueueView): object {
  const { t, urls } = pen
  const { queue, query } = view
  const { given } = query
  const again = askedAgain(query)
  return {
    title: t('rectification:queue.title'),
    passedOn: urls.to('rectification.passed-on'),
    lead: t('rectification:queue.count', { count: queue.count }),
    problems: inputsOf(t, view, (name) => `rectification:queue.${name}`).problems,
    stranded: strandedOf(pen, queue),
    views: queue.views.map((one) => viewOf(pen, one)),
    filters: filtersOf(pen, view),
    action: urls.to('rectification.queue'),
    order: query.order === 'due' ? '' : query.order,
    tags: QUEUE_FIELDS.flatMap((name) => {
      const value = given[name]
      if (value === undefined) return []
      const { [name]: _gone, ...rest } = again
      const text = t('rectification:queue.without', { what: tagText(pen, view, name) })
      return [{ href: urls.to('rectification.queue', rest), text }]
    }),
    orders: ORDERS.map((order) => ({
      text: t(`rectification:queue.orders.${order}`),
      href: urls.to('rectification.queue', askedAgain({ given, order })),
      isChosen: order === query.order,
    })),
    cases: queue.cases.map((one) =>
      caseCard(pen, one, { ...view, picked: view.form.getAll('case') }),
    ),
    giving: givingOf(pen, view),
    saving: savingOf(pen, view),
    pager: {
      newer: null,
      older:
        queue.next === undefined
          ? null
          : urls.to('rectification.queue', { ...again, after: placeText(queue.next) }),
    },
  }
}

/** Cases that nobody works on although somebody has them: no other page would say so. */
function strandedOf({ t, urls }: Pen, { stranded }: Queue): object | '' {
  if (stranded === 0) return ''
  return {
    text: t('rectification:queue.stranded', { count: stranded }),
    link: {
      href: urls.to('rectification.queue', { who: 'gone' }),
      text: t('rectification:queue.showStranded'),
    },
  }
}

function viewOf(pen: Pen, { place, name, query }: SavedView): object {
  const asked = Object.fromEntries(new URLSearchParams(query))
  return {
    text: 'given' in name ? pen.t(`rectification:views.names.${name.given}`) : name.own,
    href: pen.urls.to('rectification.queue', asked),
    place: String(place),
  }
}

/** One form over the list: what is ticked is taken over, or given to a colleague. */
function givingOf(pen: Pen, view: QueueView): object {
  const { t, urls } = pen
  const { choice } = inputsOf(t, view, (name) => `rectification:queue.${name}`)
  const others = view.queue.colleagues.filter(({ staff }) => staff !== view.staff)
  return {
    action: urls.to('rectification.gives'),
    query: new URLSearchParams(askedAgain(view.query)).toString(),
    colleagues:
      others.length === 0 ? '' : choice('to', colleagueOptions(pen, others, view.unitCode)),
  }
}

/** Keeps the present filter and order under a name. */
function savingOf(pen: Pen, view: QueueView): object {
  const { t, urls } = pen
  const { choice, input } = inputsOf(t, view, (name) => `rectification:views.${name}`)
  return {
    action: urls.to('rectification.save-view'),
    drop: urls.to('rectification.drop-view'),
    controls: [
      choice('name', [
        { value: '', text: t('rectification:views.ownName') },
        ...optionsOf(pen, 'views.names', GIVEN_NAMES),
      ]),
      input('label', { hint: t('rectification:views.labelHint'), optional: true }),
    ],
  }
}

function filtersOf(pen: Pen, { query, categories, languages }: QueueView): readonly object[] {
  const { t } = pen
  const form = new URLSearchParams(query.given)
  const { choice } = inputsOf(t, { form, errors: [] }, (name) => `rectification:queue.by.${name}`)
  const all = { value: '', text: t('rectification:queue.all') }
  const from = (name: (typeof QUEUE_FIELDS)[number], options: readonly Option[]) =>
    choice(name, [all, ...options])
  return [
    from('state', optionsOf(pen, 'staffStatus', OPEN_STATES)),
    from(
      'category',
      categories.map((value) => ({ value, text: kindName(pen, value) })),
    ),
    from(
      'language',
      languages.map(({ tag, ownName }) => ({ value: tag, text: ownName, lang: tag })),
    ),
    from('who', optionsOf(pen, 'queue.whose', WHO)),
    from('due', optionsOf(pen, 'queue.dues', DUE)),
    from('evidence', optionsOf(pen, 'queue.proofs', EVIDENCE_NAMED)),
  ]
}

function tagText(pen: Pen, view: QueueView, name: (typeof QUEUE_FIELDS)[number]): string {
  const value = view.query.given[name] ?? ''
  switch (name) {
    case 'state':
      return pen.t(`rectification:staffStatus.${value}`)
    case 'category':
      return kindName(pen, value)
    case 'language':
      return view.languages.find(({ tag }) => tag === value)?.ownName ?? value
    case 'who':
      return pen.t(`rectification:queue.whose.${value}`)
    case 'due':
      return pen.t(`rectification:queue.dues.${value}`)
    case 'evidence':
      return pen.t(`rectification:queue.proofs.${value}`)
  }
}

/** The name of a kind of data. */
export function kindName({ t }: Pick<Pen, 't'>, category: string): string {
  return t(`overview:kind.${category.replace(/[^a-z]+/g, '_')}`)
}

/** What became of the cases that were given, as they stand now: the address alone proves nothing. */
export function givenPage(
  pen: Pen,
  {
    done,
    missed,
    ...reader
  }: Reader & { readonly done: readonly ListedCase[]; readonly missed: readonly ListedCase[] },
): object {
  const { t, urls } = pen
  const group = (name: string, cases: readonly ListedCase[]) => ({
    heading: t(`rectification:given.${name}`, { count: cases.length }),
    cases: cases.map((one) => caseCard(pen, one, reader)),
  })
  return {
    title: t('rectification:given.title'),
    back: { href: urls.to('rectification.queue'), text: t('rectification:queue.title') },
    groups: [group('done', done), group('missed', missed)].filter(({ cases }) => cases.length > 0),
    mine: { href: urls.to('rectification.mine'), text: t('rectification:mine.title') },
  }
}
