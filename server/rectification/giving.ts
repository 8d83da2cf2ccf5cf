import type { Trx } from '../database.js'
import { staffScope } from '../identity/index.js'
import type { StaffActor } from '../identity/actor.js'
import { DomainError } from '../platform/kernel/errors.js'
import { StepRefused } from './error.js'
import type { CaseRow } from './model.js'
import { found, mayOpen } from './opening.js'
import type { CaseworkParts } from './parts.js'
import { takeStep } from './stepping.js'
import type { StaffStep } from './steps.js'

/** A case as a list showed it. */
export interface ChosenCase {
  readonly reference: string
  readonly version: number
}

/** References of the cases that were given, and of those that had moved on. */
export interface Given {
  readonly done: readonly string[]
  readonly missed: readonly string[]
}

/** Several cases of a list at once. */
export interface Giving {
  /** Takes cases over, or gives them to an active colleague: each in a transaction of its own. */
  give(actor: StaffActor, cases: readonly ChosenCase[], to: string): Promise<Given>
}

/** Makes the giving of cases. */
export function createGiving(parts: CaseworkParts): Giving {
  const { inTransaction } = parts
  return {
    give: async (actor, cases, to) => {
      const done: string[] = []
      const missed: string[] = []
      for (const one of cases) {
        const isDone = await succeeds(() =>
          inTransaction(staffScope(actor), (trx) => giveOne(parts, trx, { actor, one, to })),
        )
        const list = isDone ? done : missed
        list.push(one.reference)
      }
      return { done, missed }
    },
  }
}

/** One that somebody was quicker with stops none of the others; a database that is away stops all. */
async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    const isMoved =
      error instanceof StepRefused || (error instanceof DomainError && error.code === 'NOT_FOUND')
    if (!isMoved) throw error
    return false
  }
}

async function giveOne(
  parts: CaseworkParts,
  trx: Trx,
  { actor, one, to }: { actor: StaffActor; one: ChosenCase; to: string },
): Promise<void> {
  const row = await found(trx, one.reference)
  // Sent twice, a form finds its own work done.
  if (row.assignee === to) return
  if (row.version !== one.version) throw new StepRefused('STALE')
  if (!(await mayOpen(parts, trx, { actor, row }))) throw new StepRefused('NOT_YOURS')
  await takeStep(parts, trx, { actor, row, step: stepOf(row, { actor, to }) })
}

/** Whoever takes what nobody has begun claims it; what somebody left behind is given on. */
function stepOf({ state }: CaseRow, { actor, to }: { actor: StaffActor; to: string }): StaffStep {
  const isNew = state === 'received' || state === 'passed_on'
  return isNew && to === actor.staff ? { event: 'claimed' } : { event: 'assigned', to }
}
