import type { Trx } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { draftWords } from './drafting.js'
import { nextStep } from './questions.js'
import { StepRefused } from './error.js'
import { detailOf, MOST_OPEN, OTHERS } from './grounds.js'
import { expiryOf } from './journal.js'
import { standingOf, type DraftRow } from './model.js'
import { officeOf, sealedWords, writing, type BlockParts } from './parts.js'
import { after, wantsWriting } from './rules.js'
import { countApplied, moveBlock, readDraft, readFiled } from './store.js'

/** Fresh references that are tried before giving up. */
const MOST_TRIES = 3

/**
 * Files a draft: row and entry of the log in one transaction. A second click on "send" finds it filed and
 * gives its reference; StepRefused (TWICE) where the same application waits already.
 */
export async function fileDraft(
  parts: BlockParts,
  actor: ResidentActor,
  id: string,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await parts.inTransaction(writing(actor), (trx) => attempt(parts, trx, { actor, id }))
    } catch (error) {
      const constraint = constraintOf(error)
      if (constraint === 'one_application_of_each_kind') throw new StepRefused('TWICE')
      const filed = isStale(error) ? await filedAs(parts, actor, id) : undefined
      if (filed !== undefined) return filed
      if (constraint !== 'block_reference_is_unique' || tries === MOST_TRIES) throw error
    }
  }
}

async function attempt(
  parts: BlockParts,
  trx: Trx,
  { actor, id }: { actor: ResidentActor; id: string },
): Promise<string> {
  const row = await readDraft(trx, id)
  if (row !== undefined) return file(parts, trx, { row, actor })
  const filed = await readFiled(trx, id)
  if (filed === undefined) throw new DomainError('NOT_FOUND')
  return filed
}

async function file(
  parts: BlockParts,
  trx: Trx,
  { row, actor }: { row: DraftRow; actor: ResidentActor },
): Promise<string> {
  const { block, subject, kind, grounds } = row
  if (nextStep(row) !== 'check') throw new StepRefused('INCOMPLETE')
  if (row.office === undefined) throw new StepRefused('NO_OFFICE')
  const moved = after(standingOf(row), 'filed', 'resident')
  if (!moved.ok) throw new StepRefused(moved.refusal)
  const at = parts.clock.now()
  const reference = parts.references.fresh()
  // With an eID the portal's form takes the place of a signature (VwVfG § 3a (3)).
  const formMet = !wantsWriting(kind) || actor.assurance === 'high'
  const due = formMet ? parts.deadlineOf(at, officeOf(parts, row.office)).due : null
  const content = sealedWords(parts, row, { number: 1, words: draftWords(parts, row) })
  const done = await moveBlock(trx, row, {
    ...{ state: moved.value, reference, content: null, filed_at: at, saved_at: at, due_on: due },
    ...{ form_met_at: formMet ? at : null, expires_on: expiryOf(at) },
    protects_others: grounds.includes(OTHERS),
  })
  if (!done) throw new StepRefused('STALE')
  const detail = detailOf(grounds, [codeOf(parts, row.office)])
  const act = { block, reference, subject, what: kind, at, detail, content }
  await parts.write(trx, { ...act, event: 'filed', number: 1 })
  // The log is written by one after another: from here on nobody else's application can be unseen.
  if ((await countApplied(trx)) > MOST_OPEN) throw new StepRefused('TOO_MANY')
  return reference
}

function codeOf(parts: BlockParts, office: number): string {
  return officeOf(parts, office).code
}

function isStale(error: unknown): boolean {
  return error instanceof StepRefused && error.problem === 'STALE'
}

function constraintOf(error: unknown): unknown {
  return (error as { constraint?: unknown } | undefined)?.constraint
}

/** The reference under which another click has filed a draft. */
function filedAs(
  { inTransaction }: BlockParts,
  actor: ResidentActor,
  id: string,
): Promise<string | undefined> {
  return inTransaction(writing(actor), (trx) => readFiled(trx, id))
}
