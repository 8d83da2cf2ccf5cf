import { DomainError } from '../platform/kernel/errors.js'

/** Why a step on a block was refused: the page says so and shows what is there now. */
export const STEP_REFUSALS = [
  'STALE',
  'NOT_NOW',
  'NOT_YOURS',
  'TOO_MANY',
  'TWICE',
  'ERASED',
  'INCOMPLETE',
  'NO_OFFICE',
] as const
export type StepProblem = (typeof STEP_REFUSALS)[number]

/** A step that did not happen; nothing was written. */
export class StepRefused extends DomainError<'CONFLICT'> {
  constructor(readonly problem: StepProblem) {
    super('CONFLICT', { detail: problem })
  }
}
