import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { CONSENT_FIGURES } from '../consent-figures.js'
import type { OutcomeCount, RequestFigures, Unconfirmed, UnconfirmedDecision } from '../requests.js'
import { daysBetween } from '../../platform/kernel/days.js'
import type { Pen } from './pen.js'

/** How the requests of the own office stand: figures, outcomes, and what is overdue; no person. */
export function figuresPage(pen: Pen, figures: RequestFigures): object {
  const { t, to } = pen
  const { counts, outcomes, overdue } = figures
  const line = (name: string, value: object) => ({
    term: t(`oversight:requests.${name}`),
    ...value,
  })
  const days = (count: number | null) =>
    count === null
      ? { text: t('oversight:requests.nothingDecided') }
      : { text: t('oversight:requests.days', { count }) }
  return {
    title: t('oversight:requests.title'),
    lead: t('oversight:requests.lead'),
    rows: [
      line('open', { amount: counts.open }),
      line('dueSoon', { amount: counts.dueSoon }),
      line('overdue', { amount: counts.overdue }),
      line('notRunning', { amount: counts.notRunning }),
      line('decided', { amount: counts.decided }),
      line('median', days(counts.medianDays)),
      line('p90', days(counts.p90Days)),
    ],
    consents: CONSENT_FIGURES.map((figure) => ({
      term: t(`oversight:consents.${figure}`),
      ...countOf(pen, figure, figures.consents.get(figure)),
    })),
    outcomes: outcomes.length === 0 ? '' : outcomesTable(pen, outcomes),
    more: { href: to('oversight.outcomes'), text: t('oversight-outcomes:title') },
    overdue: overdue.items.length === 0 ? '' : overdueTable(pen, figures),
    pager: {
      newer: null,
      older: overdue.next === undefined ? null : to('oversight.requests', { after: overdue.next }),
    },
  }
}

/** Nobody is singled out: what concerns too few people has no number, and hours of too few are none. */
function countOf(
  { t }: Pen,
  figure: (typeof CONSENT_FIGURES)[number],
  amount: number | undefined,
): object {
  if (amount !== undefined) return { amount }
  return { text: t(`oversight:consents.${figure.endsWith('_hours') ? 'unknown' : 'few'}`) }
}

function columnsOf({ t }: Pen, names: readonly string[], numeric: readonly string[] = []) {
  return names.map((name) => ({
    text: t(`oversight:requests.columns.${name}`),
    numeric: numeric.includes(name),
  }))
}

function outcomesTable(pen: Pen, outcomes: readonly OutcomeCount[]): object {
  const { t } = pen
  return {
    caption: t('oversight:requests.outcomes'),
    columns: columnsOf(pen, ['kind', 'outcome', 'count'], ['count']),
    rows: outcomes.map(({ category, outcome, count }) => ({
      cells: [
        { text: t(`overview:kind.${category.replace(/[^a-z]+/g, '_')}`) },
        { text: t(`rectification:outcomes.${outcome}.title`) },
        { amount: count },
      ],
    })),
  }
}

function overdueTable(pen: Pen, { overdue, today }: RequestFigures): object {
  const { t, texts } = pen
  return {
    caption: t('oversight:requests.overdueList'),
    columns: columnsOf(pen, ['reference', 'field', 'state', 'over']),
    rows: overdue.items.map(({ reference, field, state, dueOn }) => ({
      cells: [
        { code: reference },
        { text: texts.field(field.code).label },
        { text: t(`rectification:staffStatus.${state}`) },
        { text: t('oversight:requests.days', { count: daysBetween(dueOn, today) }) },
      ],
    })),
  }
}

/** Decisions that nobody but their author has seen, those that wait first: what waits can still be asked about. */
export function confirmationsPage(
  pen: Pen,
  { waiting, made }: Unconfirmed,
  {
    refused,
    reasons,
    ...typed
  }: Typed & { readonly refused: string; readonly reasons: readonly string[] },
): object {
  const { t, to } = pen
  const { choice, radios, problems } = inputsOf(
    t,
    typed,
    (name) => `oversight:confirmations.${name}`,
  )
  const options = waiting.flatMap(({ reference, effectiveAt }) =>
    effectiveAt === null
      ? []
      : [{ value: `${reference}.${effectiveAt.getTime()}`, text: reference }],
  )
  const why = reasons.map((value) => ({
    value,
    text: t(`rectification:returns.${value}`),
  }))
  return {
    title: t('oversight:confirmations.title'),
    lead: t('oversight:confirmations.lead'),
    ...{ refused, problems },
    stop:
      options.length === 0
        ? ''
        : {
            action: to('oversight.stop'),
            controls: [choice('proposal', options), radios('reason', why)],
          },
    groups: [groupOf(pen, 'waiting', waiting), groupOf(pen, 'made', made.items)],
    pager: {
      newer: null,
      older: made.next === undefined ? null : to('oversight.confirmations', { after: made.next }),
    },
  }
}

function groupOf(
  pen: Pen,
  name: 'waiting' | 'made',
  decisions: readonly UnconfirmedDecision[],
): object {
  const { t, texts } = pen
  const time = (at: Date | null) => (at === null ? { text: '' } : { at })
  return {
    heading: t(`oversight:confirmations.${name}`),
    none: t(`oversight:confirmations.none.${name}`),
    table:
      decisions.length === 0
        ? ''
        : {
            caption: t(`oversight:confirmations.${name}`),
            columns: columnsOf(pen, [
              ...['reference', 'office', 'field', 'outcome', 'proposed'],
              name === 'waiting' ? 'takesEffect' : 'tookEffect',
            ]),
            rows: decisions.map((one) => ({
              cells: [
                { code: one.reference },
                { text: texts.party(one.office.code).name },
                { text: texts.field(one.field.code).label },
                { text: t(`rectification:outcomes.${one.outcome}.title`) },
                time(one.proposedAt),
                time(name === 'waiting' ? one.effectiveAt : one.decidedAt),
              ],
            })),
          },
  }
}
