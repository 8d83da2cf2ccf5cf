import type { RequestFacts } from './reading.js'

const CORRECTED: readonly string[] = ['corrected', 'corrected_in_part', 'deleted']

/**
 * Whether there is a correction to prove: decided in the person's favour, and taken over by the deciding office's
 * own register where a notice to it is kept.
 */
export function hasProof({
  request: { outcome, decidedAt },
  recipients,
}: Pick<RequestFacts, 'request' | 'recipients'>): boolean {
  const isDone = recipients.every(({ isOwn, state }) => !isOwn || DONE.includes(state))
  const isCorrected = outcome !== undefined && CORRECTED.includes(outcome)
  return decidedAt !== undefined && isCorrected && isDone
}

const DONE: readonly string[] = ['acknowledged', 'printed']
