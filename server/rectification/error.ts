import { DomainError } from '../platform/kernel/errors.js'

/** Why a step on a request was refused: the page says so and shows what is there now. */
export const STEP_REFUSALS = [
  'STALE',
  'NOT_NOW',
  'NOT_YOURS',
  'TOO_LATE',
  'INCOMPLETE',
  'REASON',
  'NO_OFFICE',
  'OUTCOME',
  'ERASED',
  'TOO_MANY',
  'TOO_MANY_OPEN',
  'TOO_MANY_TODAY',
  'ENOUGH_STATED',
] as const
export type StepProblem = (typeof STEP_REFUSALS)[number]

/** A step that did not happen; nothing was written. */
export class StepRefused extends DomainError<'CONFLICT'> {
  /** @param params What the page says besides, as numbers of its text. */
  constructor(
    readonly problem: StepProblem,
    readonly params: Readonly<Record<string, number>> = {},
  ) {
    super('CONFLICT', { detail: problem })
  }
}
