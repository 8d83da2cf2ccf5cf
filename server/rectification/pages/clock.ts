import type { CaseClock } from '../clock.js'
import { daysLeft, type Step } from '../deadline.js'
import { dayName, type Pen } from './pen.js'

/** When an answer is due, and how that day was found; or what the clock waits for. */
export function clockOf(pen: Pen, clock: CaseClock, today: string): object {
  const { t } = pen
  if (clock.state === 'not-running') {
    return { due: '', lacks: t(`rectification:clock.lacks.${clock.lacks}`), steps: [], left: '' }
  }
  const { due, steps } = clock.due
  return {
    due: t('rectification:clock.due', { day: dayName(pen, due) }),
    lacks: '',
    left: leftOf(pen, daysLeft(due, today)),
    steps: steps.map((step) => stepOf(pen, step)),
  }
}

/** Days to a deadline in words. */
export function leftOf({ t }: Pick<Pen, 't'>, left: number): string {
  if (left < 0) return t('rectification:clock.over', { count: -left })
  return left === 0
    ? t('rectification:clock.today')
    : t('rectification:clock.left', { count: left })
}

function stepOf(pen: Pen, step: Step): string {
  const { t } = pen
  const day = dayName(pen, step.day)
  switch (step.step) {
    case 'extended':
    case 'extended-month-end':
      return t(`rectification:clock.step.${step.step}`, { day, count: step.months })
    case 'not-working':
      return t('rectification:clock.step.not-working', {
        day,
        why: t(`rectification:clock.why.${step.why}`),
      })
    default:
      return t(`rectification:clock.step.${step.step}`, { day })
  }
}
