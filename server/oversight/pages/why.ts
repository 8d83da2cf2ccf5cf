import { germanDay } from '../../platform/kernel/days.js'
import type { NamedReason, Why } from '../flags/explaining.js'
import type { Pen } from './pen.js'

/** A sentence by its key, with every value that one of them takes. */
interface Sentence {
  readonly key: string
  readonly day: string
  readonly told: string
  readonly until: string
  readonly unit: string
  /** Ground of a declared emergency, in words. */
  readonly ground: string
  /** Key of what became of it since, and on which day; empty where nothing did. */
  readonly since: string
  readonly changed: string
}

/** What explains an access, in sentences with days, and when the portal knew so. */
export function whyPart(pen: Pen, { at, reasons, nothing }: Why): object {
  return {
    at,
    reasons: reasons.map((reason) => sentenceOf(pen, reason, germanDay(at))),
    nothing: reasons.length > 0 ? '' : pen.t(`oversight:why.none.${nothing}`),
  }
}

function sentenceOf({ t, texts }: Pen, reason: NamedReason, today: string): Sentence {
  const days = { day: today, told: today, until: today, changed: today }
  const said = (key: string, more: Partial<Sentence> = {}): Sentence => ({
    ...{ key: `oversight:why.${key}`, ...days, unit: '', ground: '', since: '' },
    ...more,
  })
  switch (reason.kind) {
    case 'consent':
    case 'duty':
      return said(reason.kind)
    case 'correction':
    case 'dealings':
      return said(reason.kind, { day: germanDay(reason.at) })
    case 'open_case': {
      const day = germanDay(reason.from)
      if (reason.to === undefined) return said('openCase.open', { day })
      return said('openCase.over', { day, until: germanDay(reason.to) })
    }
    case 'emergency': {
      const { ground, noteToldAt = reason.declaredAt } = reason
      const told = germanDay(noteToldAt)
      return said('emergency', { ground: t(`emergencies:ground.${ground}`), told })
    }
    case 'appointment': {
      const { day, toldAt, unitCode, since } = reason
      return said(`appointment.${unitCode === undefined ? 'alone' : 'unit'}`, {
        ...{ day, told: germanDay(toldAt) },
        unit: unitCode === undefined ? '' : texts.unit(unitCode).label,
        ...(since && { since: `oversight:why.since.${since.what}`, changed: germanDay(since.at) }),
      })
    }
  }
}
