import type { BlockDesk, Blocks } from '../blocks/index.js'
import type { Actor, ResidentActor, StaffActor } from '../identity/index.js'
import type { Look } from '../platform/http/route.js'
import type { BlockMoment, BlockStory } from './block.js'

/** The use cases of the portal by which blocks come about. */
export interface BlockingDesk {
  readonly blocks: Blocks
  readonly blockDesk: BlockDesk
  /** Signs a demonstration person in; who they are for the portal. */
  actorOf(person: string): Promise<Actor>
  /** Writes looks of staff into the log of the person. */
  recordLook(actor: Actor, looks: readonly Look[]): Promise<void>
}

/** Lets a moment happen, unless an earlier try has already; the clock stands at it. */
export function createBlocker(desk: BlockingDesk): (moment: BlockMoment) => Promise<void> {
  return async (moment) => {
    try {
      await happen(desk, moment)
    } catch (error) {
      const { story, events } = moment
      const what = `${story.person} ${story.kind} ${events}`
      throw new Error(`the demonstration cannot tell the block ${what}`, { cause: error })
    }
  }
}

async function happen(desk: BlockingDesk, { story, act, events }: BlockMoment): Promise<void> {
  const resident = (await desk.actorOf(story.person)) as ResidentActor
  const all = await desk.blocks.list(resident)
  const standing = all.find(({ block }) => block.kind === story.kind && block.reference !== '')
  if ((standing?.block.version ?? 0) >= events) return
  if (act === undefined) {
    await apply(desk, resident, story)
    return
  }
  if (standing === undefined) throw new Error('nothing was applied for')
  const { reference } = standing.block
  const clerk = (await desk.actorOf(act.by)) as StaffActor
  await desk.recordLook(clerk, await desk.blockDesk.looks(clerk, reference))
  const { block } = await desk.blockDesk.open(clerk, reference)
  await desk.blockDesk.step(clerk, { reference, version: block.version }, act.step)
}

/** A draft of an earlier try is dropped: it was never filed. */
async function apply(
  { blocks }: BlockingDesk,
  actor: ResidentActor,
  { kind, grounds, words, office }: BlockStory,
): Promise<void> {
  for (const { block } of await blocks.list(actor)) {
    if (block.state === 'draft') await blocks.drop(actor, block.block)
  }
  const id = await blocks.begin(actor, kind)
  const said = words === undefined ? {} : { words }
  await blocks.save(actor, { id, change: { step: 'grounds', grounds, ...said } })
  await blocks.save(actor, { id, change: { step: 'office', office } })
  await blocks.file(actor, id)
}
