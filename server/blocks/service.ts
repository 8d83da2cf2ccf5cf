import type { Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { begin, drop, openDraft, saveStep, type DraftFacts } from './drafting.js'
import type { Change } from './questions.js'
import { endWhatCame } from './ending.js'
import { StepRefused } from './error.js'
import { fileDraft } from './filing.js'
import type { HearingAnswer } from './grounds.js'
import { expiryOf } from './journal.js'
import { standingOf, type BlockFacts, type BlockRow } from './model.js'
import { factsOf, officeOf, sealedWords, writing, type BlockParts } from './parts.js'
import { after, isInForce, isOver, type Kind } from './rules.js'
import { hasClerk, moveBlock, readBlock, readOwn } from './store.js'

/** What a person does about a block of theirs. */
export type OwnStep =
  | { readonly event: 'withdrawn' | 'lifted' | 'lift_asked' }
  | { readonly event: 'answered'; readonly answer: HearingAnswer; readonly words?: string }

/** A block as its person reads it. */
export interface OwnBlock extends BlockFacts {
  /** Whether somebody of the office can decide in this portal. */
  readonly hasClerk: boolean
  /** What it came with, or what came with it. */
  readonly linked?: BlockRow
}

/** A line of the person's list. */
export interface ListedBlock {
  readonly block: BlockRow
  readonly office?: Party
}

/** What residents block, restrict and object to. What is another's or not there is NOT_FOUND alike. */
export interface Blocks {
  /** Everything of the person; on a device that others use nothing that guards a witness. */
  list(actor: ResidentActor): Promise<readonly ListedBlock[]>
  /** Fields whose use is restricted, each with the restriction (GDPR Article 18). */
  restricted(actor: ResidentActor): Promise<ReadonlyMap<string, string>>
  begin(actor: ResidentActor, kind: Kind): Promise<string>
  draft(actor: ResidentActor, id: string): Promise<DraftFacts>
  save(actor: ResidentActor, saved: { readonly id: string; readonly change: Change }): Promise<void>
  drop(actor: ResidentActor, id: string): Promise<void>
  /** Files a draft; the reference. */
  file(actor: ResidentActor, id: string): Promise<string>
  block(actor: ResidentActor, reference: string): Promise<OwnBlock>
  /** One step of the person; StepRefused where it cannot be taken. */
  step(
    actor: ResidentActor,
    asked: { readonly reference: string; readonly step: OwnStep },
  ): Promise<void>
}

/** Makes the resident's side of the room. */
export function createBlocks(parts: BlockParts): Blocks {
  const seeing = <Value>(actor: ResidentActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(residentScope(actor), work)
  return {
    list: (actor) => seeing(actor, async (trx) => listed(parts, await visible(trx, actor))),
    restricted: (actor) => seeing(actor, async (trx) => restricted(parts, await readOwn(trx))),
    begin: (actor, kind) => begin(parts, actor, kind),
    draft: (actor, id) => openDraft(parts, actor, id),
    save: (actor, saved) => saveStep(parts, actor, saved),
    drop: (actor, id) => drop(parts, actor, id),
    file: (actor, id) => fileDraft(parts, actor, id),
    block: (actor, reference) =>
      seeing(actor, async (trx) => {
        const row = await found(parts, trx, { actor, reference })
        const all = await visible(trx, actor)
        const linked = all.find(
          (one) => one.block === row.source || (one.source === row.block && !isOver(one.state)),
        )
        return {
          ...(await factsOf(parts, trx, row)),
          hasClerk: await hasClerk(trx, row.office ?? 0),
          ...(linked === undefined ? {} : { linked }),
        }
      }),
    step: (actor, asked) => take(parts, actor, asked),
  }
}

function restricted(
  { catalogue }: BlockParts,
  rows: readonly BlockRow[],
): ReadonlyMap<string, string> {
  const held = rows.filter(({ kind, state }) => kind === 'restriction' && isInForce(state))
  return new Map(
    held.flatMap(({ field, reference }): [string, string][] => {
      const code = field === undefined ? undefined : catalogue.fields.byId(field)?.code
      return code === undefined ? [] : [[code, reference]]
    }),
  )
}

/** A witness is not given away by whoever shares the device (AZRG-DV § 7 (4)). */
async function visible(trx: Trx, { shared }: ResidentActor): Promise<readonly BlockRow[]> {
  const all = await readOwn(trx)
  return shared === true ? all.filter(({ isGuarded }) => !isGuarded) : all
}

function listed(parts: BlockParts, rows: readonly BlockRow[]): readonly ListedBlock[] {
  return rows.map((block) =>
    block.office === undefined ? { block } : { block, office: officeOf(parts, block.office) },
  )
}

async function found(
  { references }: Pick<BlockParts, 'references'>,
  trx: Trx,
  { actor, reference }: { actor: ResidentActor; reference: string },
): Promise<BlockRow> {
  const row = references.isOne(reference) ? await readBlock(trx, reference) : undefined
  if (row === undefined || (row.isGuarded && actor.shared === true)) {
    throw new DomainError('NOT_FOUND')
  }
  return row
}

async function take(
  parts: BlockParts,
  actor: ResidentActor,
  { reference, step }: { reference: string; step: OwnStep },
): Promise<void> {
  await parts.inTransaction(writing(actor), async (trx) => {
    const row = await found(parts, trx, { actor, reference })
    const { block, subject, kind, version } = row
    const { event } = step
    const moved = after(standingOf(row), event, 'resident')
    if (!moved.ok) throw new StepRefused(moved.refusal)
    const at = parts.clock.now()
    const number = version + 1
    const words = step.event === 'answered' ? step.words : undefined
    const content = sealedWords(parts, row, { number, words })
    const staysHeard = moved.value === 'heard'
    const done = await moveBlock(trx, row, {
      ...{ state: moved.value, saved_at: at, expires_on: expiryOf(at) },
      ...(isOver(moved.value) ? { ended_at: at } : {}),
      ...(staysHeard ? {} : { hearing: null, hearing_until: null }),
    })
    if (!done) throw new StepRefused('STALE')
    const detail = step.event === 'answered' ? step.answer : undefined
    const act = { block, reference, subject, what: kind, number, at, detail, content }
    await parts.write(trx, { ...act, event })
    if (isOver(moved.value)) await endWhatCame(parts, trx, { source: block, at })
  })
}
