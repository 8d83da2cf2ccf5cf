import type { ToldEvent } from '../reading.js'
import { codesIn } from '../steps.js'
import { readExtension } from '../working.js'
import { listOf, officeName, type Pen } from './pen.js'

/** Who reads a timeline: to the person "you" is somebody else than to the office. */
export type Audience = 'person' | 'office'

/** Events in words, the newest first. */
export function timelineOf(
  pen: Pen,
  events: readonly ToldEvent[],
  audience: Audience,
): readonly object[] {
  return [...events].reverse().map((event) => ({
    at: event.at,
    title: pen.t(`rectification:event.${titleOf(event)}`),
    who: whoOf(pen, event, audience),
    note: noteOf(pen, event),
    words: event.words ?? '',
  }))
}

function whoOf(pen: Pen, { by, office, unit }: ToldEvent, audience: Audience): string {
  const { t, texts } = pen
  if (by === 'resident') {
    return t(audience === 'person' ? 'rectification:by.resident' : 'rectification:by.person')
  }
  if (by === 'supervision') return t('rectification:by.supervision')
  if (office === undefined) return t('rectification:by.portal')
  const name = officeName(pen, office)
  return unit === undefined ? name : `${name}, ${texts.unit(unit.code).label}`
}

function titleOf({ event, by }: ToldEvent): string {
  return by === 'supervision' ? 'stopped' : event
}

function noteOf(pen: Pen, { event, detail, by }: ToldEvent): string {
  const { t } = pen
  switch (event) {
    case 'asked':
      return codesIn(detail)
        .map((code) => t(`rectification:questions.${code}`))
        .join(' ')
    case 'opened':
      return t(`rectification:openings.${detail ?? 'stand_in'}`)
    case 'assigned':
      return detail === undefined ? '' : t(`rectification:openings.${detail}`)
    case 'sent_back':
      return by === 'supervision' ? `${t(`rectification:returns.${detail ?? 'reasons'}`)}.` : ''
    case 'extended': {
      const { months, reason } = readExtension(detail)
      return t(`rectification:extended.${reason ?? 'complex'}`, { count: months })
    }
    case 'passed_on':
      return t('rectification:passedTo', { office: pen.texts.party(detail ?? '').name })
    default:
      return ''
  }
}

/** The questions that wait for an answer, in words. */
export function openQuestions(pen: Pen, events: readonly ToldEvent[]): readonly string[] {
  const asked = events.findLast(({ event }) => event === 'asked')
  return codesIn(asked?.detail).map((code) => pen.t(`rectification:questions.${code}`))
}

/** Reasons of a decision in words. */
export function reasonsIn(pen: Pen, codes: readonly string[]): string {
  return listOf(
    pen,
    codes.map((code) => pen.t(`rectification:reasons.${code}`)),
  )
}
