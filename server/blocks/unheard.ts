import type { Trx } from '../database.js'
import type { Desk } from '../journal/index.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import type { BlockRow } from './model.js'
import type { BlockParts } from './parts.js'
import { detailOfStep, type DeskStep } from './steps.js'
import { insertUnheard } from './store/unheard.js'

type Unheard = Extract<DeskStep, { readonly event: 'transfer_unheard' }>

/**
 * Records that nobody was heard before a transfer, and why (AZRG § 4 (4)). An event at once would defeat the
 * very purpose: it becomes one, with its entry of the log, on the day that the office names.
 */
export async function recordUnheard(
  { operatorDigest, random }: Pick<BlockParts, 'operatorDigest' | 'random'>,
  trx: Trx,
  {
    row,
    step,
    desk,
    at,
  }: {
    readonly row: BlockRow
    readonly step: Unheard
    readonly desk: Desk & { readonly staff: string }
    readonly at: Date
  },
): Promise<void> {
  const unheard = uuidOf(random.bytes(16))
  const detail = detailOfStep(step)
  if (detail === undefined) throw new StepRefused('INCOMPLETE')
  await insertUnheard(trx, {
    ...{ unheard, block: row.block, office: desk.office, unit: desk.unit ?? null, detail },
    operator_digest: operatorDigest({ staff: desk.staff, thing: unheard, number: 1 }),
    ...{ recorded_at: at, shown_on: step.shownOn },
  })
}
