import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { daysLeft } from '../deadline.js'
import type { Casework, ListedCase, Queue } from '../casework.js'
import { DUE, QUEUE_FIELDS, WHO } from '../filters.js'
import type { QueueQuery } from '../forms/queue.js'
import { OPEN_STATES } from '../rules.js'
import { leftOf } from './clock.js'
import type { Pen } from './pen.js'
import { optionsOf } from './wanted.js'

/** What the queue is shown with. */
export interface QueueView {
  readonly queue: Queue
  readonly query: QueueQuery
  readonly categories: readonly string[]
  readonly languages: readonly { readonly tag: string; readonly ownName: string }[]
  readonly staff: string
  readonly today: string
}

/** The queue of an office: no name, no number, no stable pseudonym of a person. */
export function queuePage(pen: Pen, view: QueueView): object {
  const { t, urls } = pen
  const { queue, query } = view
  const { next } = queue.page
  return {
    title: t('rectification:queue.title'),
    lead: t('rectification:queue.count', { count: queue.count }),
    filters: filtersOf(pen, view),
    action: urls.to('rectification.queue'),
    submit: t('rectification:queue.filter'),
    tags: QUEUE_FIELDS.flatMap((name) => {
      const value = query.given[name]
      if (value === undefined) return []
      const { [name]: _gone, ...rest } = query.given
      const text = t('rectification:queue.without', { what: tagText(pen, view, name) })
      return [{ href: urls.to('rectification.queue', rest), text }]
    }),
    cases: queue.page.items.map((one) => caseOf(pen, one, view)),
    pager: {
      newer: null,
      older:
        next === undefined ? null : urls.to('rectification.queue', { ...query.given, after: next }),
    },
  }
}

/** What one member of staff works on: due today, this week, waiting for the person. */
export function minePage(
  pen: Pen,
  { cases, staff, today }: { cases: readonly ListedCase[]; staff: string; today: string },
): object {
  const { t, urls } = pen
  const groupOf = ({ row }: ListedCase) => {
    if (row.state === 'question') return 'waiting'
    if (row.state === 'proposed') return 'second'
    const left = row.dueOn === undefined ? Number.POSITIVE_INFINITY : daysLeft(row.dueOn, today)
    return left <= 0 ? 'today' : left <= WEEK ? 'week' : 'later'
  }
  return {
    title: t('rectification:mine.title'),
    queue: { href: urls.to('rectification.queue'), text: t('rectification:queue.title') },
    handOver: urls.to('rectification.hand-over'),
    empty: cases.length === 0,
    groups: GROUPS.map((name) => ({
      heading: t(`rectification:mine.${name}`),
      cases: cases
        .filter((one) => groupOf(one) === name)
        .map((one) => caseOf(pen, one, { staff, today })),
    })).filter((group) => group.cases.length > 0),
  }
}

const WEEK = 7
const GROUPS = ['today', 'week', 'second', 'later', 'waiting'] as const

function filtersOf(pen: Pen, { query, categories, languages }: QueueView): readonly object[] {
  const { t } = pen
  const form = new URLSearchParams(query.given)
  const { choice } = inputsOf(t, { form, errors: [] }, (name) => `rectification:queue.by.${name}`)
  const all = { value: '', text: t('rectification:queue.all') }
  return [
    choice('state', [all, ...optionsOf(pen, 'staffStatus', OPEN_STATES)]),
    choice('category', [
      all,
      ...categories.map((value) => ({ value, text: kindName(pen, value) })),
    ]),
    choice('language', [
      all,
      ...languages.map(({ tag, ownName }) => ({ value: tag, text: ownName, lang: tag })),
    ]),
    choice('who', [all, ...optionsOf(pen, 'queue.whose', WHO)]),
    choice('due', [all, ...optionsOf(pen, 'queue.dues', DUE)]),
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
  }
}

function kindName({ t }: Pen, category: string): string {
  return t(`overview:kind.${category.replace(/[^a-z]+/g, '_')}`)
}

function caseOf(
  pen: Pen,
  { row, field }: ListedCase,
  { staff, today }: { staff: string; today: string },
): object {
  const { t, texts, urls } = pen
  const { reference, dueOn, assignee, state, language, hasEvidence } = row
  const who = assignee === undefined ? 'nobody' : assignee === staff ? 'me' : 'colleague'
  return {
    href: urls.to('rectification.case', { reference }),
    reference,
    field: texts.field(field.code).label,
    status: t(`rectification:staffStatus.${state}`),
    due: dueOn ?? '',
    left:
      dueOn === undefined
        ? t('rectification:clock.notRunning')
        : leftOf(pen, daysLeft(dueOn, today)),
    isOver: dueOn !== undefined && dueOn < today,
    language:
      new Intl.DisplayNames(pen.language.intl, { type: 'language' }).of(language) ?? language,
    evidence: t(hasEvidence ? 'rectification:queue.evidence' : 'rectification:queue.noEvidence'),
    who: t(`rectification:queue.who.${who}`),
    filedAt: row.filedAt,
  }
}

/** Colleagues to whom cases can be given, by their short codes. */
export function colleagueOptions(
  { texts }: Pick<Pen, 'texts'>,
  colleagues: Awaited<ReturnType<Casework['colleagues']>>,
  unitCode: (unit: number) => string | undefined,
): readonly { value: string; text: string }[] {
  return colleagues.map(({ staff, code, unit }) => {
    const kind = unit === undefined ? undefined : unitCode(unit)
    return { value: staff, text: kind === undefined ? code : `${code} · ${texts.unit(kind).label}` }
  })
}

/** Everything of one colleague goes to another, in one step: people leave, and cases stay. */
export function handOverPage(
  pen: Pen,
  {
    colleagues,
    unitCode,
    ...typed
  }: Typed & {
    readonly colleagues: Awaited<ReturnType<Casework['colleagues']>>
    readonly unitCode: (unit: number) => string | undefined
  },
): object {
  const { t, urls } = pen
  const { choice, problems } = inputsOf(t, typed, (name) => `rectification:work.${name}`)
  const options = colleagueOptions(pen, colleagues, unitCode)
  return {
    title: t('rectification:handOver.title'),
    lead: t('rectification:handOver.lead'),
    back: { href: urls.to('rectification.mine'), text: t('rectification:mine.title') },
    problems,
    action: urls.to('rectification.hands-over'),
    controls: [choice('from', options), choice('to', options)],
    submit: t('rectification:handOver.submit'),
    progress: '',
    field: '',
    version: '',
    free: '',
  }
}
