import type { DecisionText } from '../decision.js'
import type { LetterText } from '../../platform/kernel/letter.js'
import type { RequestFacts } from '../reading.js'
import type { Outcome } from '../rules.js'
import { decisionLetter } from './letters.js'
import type { Pen } from './pen.js'

/** A decision that a form holds and that nobody has made. */
export interface Intended {
  readonly outcome: Outcome
  readonly text: DecisionText
  readonly now: Date
}

/** The letter as the person would read it, marked as a draft in both languages; nothing of it is stored. */
export function previewLetter(
  pen: Pen,
  facts: RequestFacts,
  { outcome, text, now }: Intended,
): LetterText {
  const event = { event: 'decided', at: now, by: 'office', decision: text } as const
  const letter = decisionLetter(pen, {
    ...facts,
    request: { ...facts.request, outcome, decidedAt: now },
    events: [...facts.events, { ...event, index: 0, number: facts.events.length + 1 }],
  })
  const words = [pen.german, pen].map(({ t }) => t('rectification:letter.draft'))
  const [german = '', other = ''] = [...new Set(words)]
  return {
    ...letter,
    parts: [
      { kind: 'paragraph', said: other === '' ? [german] : [german, other] },
      ...letter.parts,
    ],
  }
}
