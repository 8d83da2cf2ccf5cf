import type { Party } from '../catalogue/index.js'
import type { Day } from './days.js'
import type { DecisionText, OpeningReason, Question, ReturnReason } from './decision.js'
import type { Outcome, RequestEvent } from './rules.js'
import { extensionDetail, type ExtensionReason } from './working.js'

/** A step of staff on a case, as a form asks for it. */
export type StaffStep =
  | { readonly event: 'claimed' }
  | { readonly event: 'released' }
  /** The reason is said where a case is taken from a colleague who is there. */
  | { readonly event: 'assigned'; readonly to: string; readonly reason?: OpeningReason }
  | { readonly event: 'opened'; readonly reason: OpeningReason }
  | { readonly event: 'form_met'; readonly on: Day }
  | { readonly event: 'asked'; readonly questions: readonly Question[] }
  | { readonly event: 'extended'; readonly months: number; readonly reason: ExtensionReason }
  | { readonly event: 'decided'; readonly outcome: Outcome; readonly text: DecisionText }
  | { readonly event: 'confirmed' }
  | { readonly event: 'sent_back'; readonly reason: ReturnReason }
  | { readonly event: 'passed_on'; readonly to: Party }
  | { readonly event: 'closed' }

/** The codes that an entry of the log holds of a step; free text is never among them. */
export function detailOf(step: StaffStep): string | undefined {
  switch (step.event) {
    case 'opened':
    case 'assigned':
    case 'sent_back':
      return step.reason
    case 'form_met':
      return step.on
    case 'asked':
      return step.questions.join(' ')
    case 'extended':
      return extensionDetail(step.months, step.reason)
    case 'decided':
      return step.outcome
    case 'passed_on':
      return step.to.code
    default:
      return undefined
  }
}

/** What a list of codes in an entry says. */
export function codesIn(detail: string | undefined): readonly string[] {
  return (detail ?? '').split(' ').filter((code) => code !== '')
}

/** Events whose content is the text of a decision. */
export const DECIDING: readonly RequestEvent[] = ['proposed', 'decided', 'confirmed']
