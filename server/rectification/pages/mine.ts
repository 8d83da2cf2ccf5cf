import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { OPENING_REASONS } from '../decision.js'
import { daysLeft } from '../deadline.js'
import type { Holder, ListedCase } from '../queue.js'
import { caseCard, colleagueOptions } from './cards.js'
import type { Pen } from './pen.js'
import { optionsOf } from './wanted.js'

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
        .map((one) => caseCard(pen, one, { staff, today })),
    })).filter((group) => group.cases.length > 0),
  }
}

const WEEK = 7
const GROUPS = ['today', 'week', 'second', 'later', 'waiting'] as const

/** Everything of one colleague goes to another, in one step: people leave, and cases stay. */
export function handOverPage(
  pen: Pen,
  {
    holders,
    unitCode,
    ...typed
  }: Typed & {
    readonly holders: readonly Holder[]
    readonly unitCode: (unit: number) => string | undefined
  },
): object {
  const { t, urls } = pen
  const { choice, problems, radios } = inputsOf(t, typed, (name) =>
    name === 'reason' ? 'rectification:handOver.reason' : `rectification:work.${name}`,
  )
  const from = holders.map((holder) => {
    const [{ value, text } = { value: '', text: '' }] = colleagueOptions(pen, [holder], unitCode)
    return { value, text: holder.isGone ? t('rectification:handOver.gone', { who: text }) : text }
  })
  const present = holders.filter(({ isGone }) => !isGone)
  return {
    title: t('rectification:handOver.title'),
    lead: t('rectification:handOver.lead'),
    back: { href: urls.to('rectification.mine'), text: t('rectification:mine.title') },
    problems,
    action: urls.to('rectification.hands-over'),
    controls: [
      choice('from', from),
      choice('to', colleagueOptions(pen, present, unitCode)),
      radios(
        'reason',
        optionsOf(pen, 'openings', OPENING_REASONS),
        t('rectification:handOver.reasonHint'),
      ),
    ],
    submit: t('rectification:handOver.submit'),
    progress: '',
    field: '',
    version: '',
    free: '',
  }
}
