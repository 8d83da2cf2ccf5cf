import type { Translate } from '../platform/http/texts.js'
import type { OwnEmergency } from './model.js'
import { NOTE_DAYS, noteDue, noteState } from './rules.js'

/** An access in an emergency as it stands on the page of the access. */
export interface EmergencyNote {
  readonly title: string
  readonly declared: Date
  readonly ground: string
  /** Text of the note, and its values; those that it does not name stand idle. */
  readonly key: string
  readonly noted: Date
  readonly due: string
  readonly by: string
  readonly how: string
}

/** What the page of an access says of it. */
export function emergencyNote(
  t: Translate,
  { occurredAt, declaredAt, ground, note }: OwnEmergency,
  now: Date,
): EmergencyNote {
  const state = noteState({ occurredAt, noteToldAt: note?.toldAt }, now)
  return {
    title: t('emergencies:access.title'),
    declared: declaredAt,
    ground: t(`emergencies:ground.${ground}`),
    key: `emergencies:access.${state}`,
    noted: note?.at ?? declaredAt,
    due: noteDue(occurredAt),
    by: note === undefined ? '' : t(`emergencies:by.${note.by}`),
    how: t('emergencies:access.how', { days: NOTE_DAYS }),
  }
}
