import { PAUSE_MINUTES } from '../pause.js'
import type { Standing } from '../figures.js'
import type { FigurePen } from './pen.js'

/** How the last check of the log ended, and the button for the next, where one may be asked for. */
export function checkView({ t, to }: FigurePen, { check }: Standing, now: Date): object {
  const isOpen = check?.state === 'waiting' || check?.state === 'working'
  const isSoon =
    check !== undefined && now.getTime() - check.askedAt.getTime() < PAUSE_MINUTES * 60_000
  return {
    result: check === undefined ? '' : resultOf(t, check),
    action: isOpen || isSoon ? '' : to('oversight.check'),
    wait: isOpen || isSoon ? t('oversight:check.wait', { minutes: PAUSE_MINUTES }) : '',
  }
}

function resultOf(t: FigurePen['t'], check: NonNullable<Standing['check']>): object {
  const { state, askedAt, endedAt, faults, firstLeaf, logSize } = check
  if (state !== 'done') {
    const kind = state === 'failed' ? 'attention' : 'info'
    return { kind, text: t(`oversight:check.${state}`), at: endedAt ?? askedAt }
  }
  const isWhole = firstLeaf === 0
  const part = isWhole
    ? t('oversight:check.whole', { amount: logSize ?? 0 })
    : t('oversight:check.part', { amount: (logSize ?? 0) - (firstLeaf ?? 0), whole: logSize ?? 0 })
  const found =
    faults === 0 ? t('oversight:check.sound') : t('oversight:check.faulty', { amount: faults ?? 0 })
  return {
    kind: faults === 0 ? 'good' : 'problem',
    text: `${found} ${part}`,
    at: endedAt ?? askedAt,
  }
}
