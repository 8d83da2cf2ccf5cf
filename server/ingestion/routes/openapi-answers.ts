import { PROBLEM_TYPE, PROBLEMS } from './problems.js'

/** Statuses that a refusal can have, each with the sentences of its reasons. */
export function problemsOf(statuses: readonly number[]): Record<string, object> {
  return Object.fromEntries(statuses.map((status) => [String(status), problemAnswer(status)]))
}

function problemAnswer(status: number): object {
  const reasons = Object.entries(PROBLEMS).filter(([, [own]]) => own === status)
  const words = reasons.map(([code, [, title]]) => `\`${code.replaceAll('_', '-')}\`: ${title}`)
  return {
    description: words.join(' ') || 'The server failed; nothing was recorded.',
    ...(RETRIED.has(status) ? { headers: RETRY_AFTER } : {}),
    content: { [PROBLEM_TYPE]: { schema: { $ref: `#/components/schemas/${schemaOf(status)}` } } },
  }
}

const RETRIED = new Set([429, 503])
const RETRY_AFTER = {
  'Retry-After': { schema: { type: 'integer' }, description: 'Seconds to wait' },
}

function schemaOf(status: number): string {
  if (status === 409) return 'SequenceProblem'
  return status === 422 ? 'EventsProblem' : 'Problem'
}

/** An answer in JSON of a named schema. */
export function jsonAnswer(description: string, schema: string): object {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } }
  return { description, content }
}

/** Statuses of signed reads. */
export const READ_FAULTS = [400, 401, 403, 429, 503]
