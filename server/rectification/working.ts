import type { Party, Terms } from '../catalogue/index.js'
import { clockOf, type CaseClock, type ClockEvent } from './clock.js'
import { berlinDay } from './days.js'
import { landOf } from './routing.js'
import type { RequestEvent } from './rules.js'

/** Reasons for taking longer that the law knows (GDPR Article 12 (3) sentence 2). */
export const EXTENSION_REASONS = ['complex', 'many'] as const
export type ExtensionReason = (typeof EXTENSION_REASONS)[number]

/** What of an event moves the clock. */
export interface TimedEvent {
  readonly event: RequestEvent
  readonly at: Date
  readonly detail?: string
}

/** The detail of a filing: whether the form was met at once, and which office was responsible then. */
export function filingDetail({ formMet, office }: { formMet: boolean; office: Party }): string {
  return `${formMet ? 'met' : 'lacking'} ${office.code}`
}

/** The detail of an extension. */
export function extensionDetail(months: number, reason: ExtensionReason): string {
  return `${months} ${reason}`
}

/** Months and reason of an extension, as its detail tells. */
export function readExtension(detail: string | undefined): {
  months: number
  reason: ExtensionReason | undefined
} {
  const [months = '', reason] = (detail ?? '').split(' ')
  return { months: Number(months), reason: EXTENSION_REASONS.find((one) => one === reason) }
}

/**
 * The clock of a request from its events alone. The holidays are those of the office that was
 * responsible at the filing: passing a request on neither restarts nor moves its clock.
 */
export function clockOfEvents(events: readonly TimedEvent[], parties: Terms<Party>): CaseClock {
  const filing = events.find(({ event }) => event === 'filed')
  const [, office = ''] = (filing?.detail ?? '').split(' ')
  return clockOf(events.flatMap(timed), landOf(parties.byCode(office) ?? {}))
}

function timed({ event, at, detail }: TimedEvent): readonly ClockEvent[] {
  const on = berlinDay(at)
  switch (event) {
    case 'filed':
      return [{ kind: 'filed', on, formMet: detail?.startsWith('met ') ?? false, german: true }]
    case 'form_met':
      return [{ kind: 'form-met', on: detail ?? on }]
    case 'passed_on':
      return [{ kind: 'passed-on', on }]
    case 'extended': {
      const { months, reason } = readExtension(detail)
      return [{ kind: 'extended', on, months, hasReasons: reason !== undefined }]
    }
    default:
      return []
  }
}
