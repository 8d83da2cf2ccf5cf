import type { Actor, ResidentActor, StaffActor } from '../identity/index.js'
import type { Inquiries, InquiryDesk } from '../inquiries/index.js'
import { actorOf as officeBehind, type Overview } from '../overview/index.js'
import type { Look } from '../platform/http/route.js'
import type { QuestionMoment, QuestionStory } from './question.js'

/** The use cases of the portal by which questions come about. */
export interface QuestionDesk {
  readonly inquiries: Inquiries
  readonly inquiryDesk: InquiryDesk
  readonly overview: Pick<Overview, 'allAccesses'>
  /** Signs a demonstration person in; who they are for the portal. */
  actorOf(person: string): Promise<Actor>
  /** Writes looks of staff into the log of the person. */
  recordLook(actor: Actor, looks: readonly Look[]): Promise<void>
}

/** Lets a moment happen, unless an earlier try has already; the clock stands at it. */
export function createAsker(desk: QuestionDesk): (moment: QuestionMoment) => Promise<void> {
  return async (moment) => {
    try {
      await happen(desk, moment)
    } catch (error) {
      const { story, events } = moment
      const what = `${story.person} ${story.office} ${events}`
      throw new Error(`the demonstration cannot tell the question ${what}`, { cause: error })
    }
  }
}

async function happen(desk: QuestionDesk, { story, act, events }: QuestionMoment): Promise<void> {
  const resident = (await desk.actorOf(story.person)) as ResidentActor
  const standing = await asked(desk, resident, story)
  if ((standing?.events ?? 0) >= events) return
  if (act === undefined) {
    const index = await latestOf(desk, resident, story.office)
    await desk.inquiries.ask(resident, { index, question: story.question })
    return
  }
  if (standing === undefined) throw new Error('nothing was asked')
  const { reference } = standing
  const officer = (await desk.actorOf(act.by)) as StaffActor
  await desk.recordLook(officer, await desk.inquiryDesk.looks(officer, reference))
  const { inquiry } = await desk.inquiryDesk.open(officer, reference)
  const { version } = inquiry
  await desk.inquiryDesk.step(officer, { reference, version }, act.step)
}

/** The question of a story, and how much has happened to it. */
async function asked(
  { inquiries }: QuestionDesk,
  actor: ResidentActor,
  { office: code }: QuestionStory,
): Promise<{ reference: string; events: number } | undefined> {
  const all = await inquiries.list(actor)
  const found = all.find(({ office }) => office.code === code)
  if (found === undefined) return undefined
  const { reference } = found.inquiry
  const { events } = await inquiries.inquiry(actor, reference)
  return { reference, events: events.length }
}

/** The latest access by which an office obtained something elsewhere than in the portal itself. */
async function latestOf(
  { overview }: QuestionDesk,
  actor: ResidentActor,
  code: string,
): Promise<number> {
  for await (const entry of overview.allAccesses(actor)) {
    if (officeBehind(entry).code === code && entry.source.code !== 'portal') return entry.index
  }
  throw new Error(`${code} has done nothing yet`)
}
