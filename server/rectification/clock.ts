import type { Day } from './days.js'
import {
  dueDate,
  extended,
  mayExtend,
  MOST_EXTRA_MONTHS,
  type Deadline,
  type ExtensionNotice,
} from './deadline.js'
import type { Land } from './holidays.js'

/** What of a case moves its clock. Who keeps the case maps its events to these, in any order. */
export type ClockEvent =
  | Filed
  /** The signed letter arrived where the law wants writing (AZRG-DV § 17 (1)). */
  | { readonly kind: 'form-met'; readonly on: Day }
  /** The German translation of a filing that had no German text arrived (VwVfG § 23 (3)). */
  | { readonly kind: 'translated'; readonly on: Day }
  /** Handed to the right office: never restarts the clock, because the person has done their part. */
  | { readonly kind: 'passed-on'; readonly on: Day }
  | Extended

/** The request arrived. */
interface Filed {
  readonly kind: 'filed'
  readonly on: Day
  /** Whether it had the form that the law wants for it on arrival. */
  readonly formMet: boolean
  /** Whether what was asked stands there in German; an annex in another language does not count. */
  readonly german: boolean
}

/** The authority told that it takes longer. */
interface Extended extends Omit<ExtensionNotice, 'toldOn'> {
  readonly kind: 'extended'
  readonly on: Day
}

/** The clock of a case. */
export type CaseClock =
  | { readonly state: 'not-running'; readonly lacks: 'filing' | 'signature' | 'translation' }
  | {
      readonly state: 'running'
      readonly receivedOn: Day
      readonly due: Deadline
      /** The deadline before its extension, where there was one. */
      readonly extendedFrom?: Deadline
    }

/**
 * The clock of a case from its events alone. It starts on the day on which the last thing arrived that
 * the law waits for. Where signature and translation are lacking, the signature is named: the person
 * can mend it. A notice that does not extend (`mayExtend`) changes nothing, nor does one beyond two months.
 */
export function clockOf(events: readonly ClockEvent[], land: Land): CaseClock {
  const filing = first(events.filter(({ kind }) => kind === 'filed') as Filed[])
  if (filing === undefined) return { state: 'not-running', lacks: 'filing' }
  const signed = filing.formMet ? filing : first(events.filter(({ kind }) => kind === 'form-met'))
  if (signed === undefined) return { state: 'not-running', lacks: 'signature' }
  const german = filing.german ? filing : first(events.filter(({ kind }) => kind === 'translated'))
  if (german === undefined) return { state: 'not-running', lacks: 'translation' }
  const receivedOn = [filing.on, signed.on, german.on].sort().at(-1) ?? filing.on
  const due = dueDate({ receivedOn, land })
  const months = monthsGained(events, due)
  if (months === 0) return { state: 'running', receivedOn, due }
  return { state: 'running', receivedOn, due: extended(due, months), extendedFrom: due }
}

/** The further months of all notices that count, the earlier notice first. */
function monthsGained(events: readonly ClockEvent[], due: Deadline): number {
  const notices = byDay(events.filter((event): event is Extended => event.kind === 'extended'))
  return notices.reduce((sum, { on, months, hasReasons }) => {
    const counts = mayExtend(due, { toldOn: on, months, hasReasons }).ok
    return counts && sum + months <= MOST_EXTRA_MONTHS ? sum + months : sum
  }, 0)
}

function first<Event extends { readonly on: Day }>(events: readonly Event[]): Event | undefined {
  return byDay(events)[0]
}

function byDay<Event extends { readonly on: Day }>(events: readonly Event[]): Event[] {
  return [...events].sort((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)))
}
