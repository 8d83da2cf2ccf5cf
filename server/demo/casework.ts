import type { Catalogue } from '../catalogue/index.js'
import type { Actor, ResidentActor, StaffActor } from '../identity/index.js'
import type { Look } from '../platform/http/route.js'
import type { Clock } from '../platform/kernel/clock.js'
import {
  looksOf,
  type Casework,
  type EvidenceKeeping,
  type Rectification,
  type StaffStep,
} from '../rectification/index.js'
import type { CaseAct, CaseStory, Moment, ToldStep } from './case.js'
import { fileOf, type Paper } from './evidence.js'
import { RESIDENTS } from './people.js'
import { createTimetable } from './timetable.js'

/** The use cases of the portal by which requests come about. */
export interface CaseDesk {
  readonly rectification: Rectification
  readonly casework: Casework
  readonly evidence: Pick<EvidenceKeeping, 'add' | 'inspected'>
  /** Signs a demonstration person in; who they are for the portal. */
  actorOf(person: string): Promise<Actor>
  /** The language in which the portal speaks to somebody whose own may not be shipped yet. */
  readingLanguage(own: string): string
  /** Writes looks of staff into the log of the person. */
  recordLook(actor: Actor, looks: readonly Look[]): Promise<void>
}

/** Lets a moment happen, unless an earlier try has already; the clock stands at it. */
export type PlayMoment = (moment: Moment) => Promise<void>

/** Makes the player of stories over the use cases of a portal. */
export function createPlayer(parts: {
  readonly desk: CaseDesk
  readonly catalogue: Catalogue
  readonly clock: Clock
}): PlayMoment {
  const { desk } = parts
  const actors = new Map<string, Promise<Actor>>()
  const actorOf = (person: string) => {
    const known = actors.get(person) ?? desk.actorOf(person)
    actors.set(person, known)
    return known
  }
  const play: PlayMoment = async ({ story, act, events }) => {
    const resident = (await actorOf(story.person)) as ResidentActor
    if (act === undefined) return begin(parts, resident, story)
    const done = await filed(desk, resident, story)
    if (done === undefined) throw new Error(`${story.person} has filed nothing on ${story.field}`)
    if (done.events >= events) return
    const { reference } = done
    if (act.by === 'resident') return reply(desk, resident, { reference, act })
    const clerk = (await actorOf(act.by)) as StaffActor
    await work(parts, clerk, { reference, step: act.step })
  }
  return async (moment) => {
    try {
      await play(moment)
    } catch (error) {
      throw new Error(`the demonstration cannot tell ${nameOf(moment)}`, { cause: error })
    }
  }
}

function nameOf({ story, act, events }: Moment): string {
  const what = act === undefined ? 'filed' : act.by === 'resident' ? act.event : act.step.event
  return `${story.person} ${story.field} ${events} ${what}`
}

/** The request of a story, and how much has happened to it. */
async function filed(
  { rectification }: CaseDesk,
  actor: ResidentActor,
  { field: code }: CaseStory,
): Promise<{ reference: string; events: number } | undefined> {
  const all = await rectification.requests(actor)
  const found = all.find(({ field }) => field.code === code)
  if (found === undefined) return undefined
  const { reference } = found.request
  const { events } = await rectification.request(actor, reference)
  return { reference, events: events.length }
}

/** Files a request, or saves its draft; what an interrupted try left half-done is begun anew. */
async function begin(
  { desk, catalogue }: { desk: CaseDesk; catalogue: Catalogue },
  actor: ResidentActor,
  story: CaseStory,
): Promise<void> {
  const { rectification } = desk
  if (!story.isDraft && (await filed(desk, actor, story)) !== undefined) return
  for (const { id, field } of await rectification.drafts(actor)) {
    if (field.code === story.field) await rectification.drop(actor, id)
  }
  const field = catalogue.fields.byCode(story.field)
  if (field === undefined) throw new Error(`the catalogue has no ${story.field}`)
  const own = RESIDENTS.find(({ name }) => name === story.person)?.language ?? 'de'
  const id = await rectification.begin(actor, field, desk.readingLanguage(own))
  await rectification.save(actor, { id, version: 1 }, story.statement)
  await handIn(desk, actor, { draft: id, papers: story.papers ?? [] })
  if (!story.isDraft) await rectification.file(actor, id)
}

/** Hands documents in as the form of the page does: looked at first, then kept. */
async function handIn(
  { evidence }: CaseDesk,
  actor: ResidentActor,
  { draft, papers }: { draft: string; papers: readonly Paper[] },
): Promise<void> {
  if (papers.length === 0) return
  const looked = await evidence.inspected(papers.map(fileOf))
  if (!looked.ok) throw new Error(`a document cannot be kept: ${looked.refusal[0] ?? ''}`)
  const refusal = await evidence.add(actor, draft, looked.value)
  if (refusal !== undefined) throw new Error(`a document is refused: ${refusal}`)
}

async function reply(
  { rectification }: CaseDesk,
  actor: ResidentActor,
  { reference, act }: { reference: string; act: Extract<CaseAct, { by: 'resident' }> },
): Promise<void> {
  const { event, words } = act
  if (event === 'withdrawn') return rectification.withdraw(actor, reference)
  if (event === 'answered') return rectification.answer(actor, reference, words)
  return rectification.state(actor, reference, words)
}

/** A caseworker opens the case, which the person sees, and takes a step. */
async function work(
  { desk, catalogue, clock }: { desk: CaseDesk; catalogue: Catalogue; clock: Clock },
  actor: StaffActor,
  { reference, step }: { reference: string; step: ToldStep },
): Promise<void> {
  const { casework, recordLook } = desk
  await recordLook(actor, looksOf(await casework.opening(actor, reference)))
  const { version } = await casework.terms(actor, reference)
  await casework.step(actor, { reference, version }, stepOf(step, { catalogue, clock }))
}

function stepOf(
  step: ToldStep,
  { catalogue, clock }: { catalogue: Catalogue; clock: Clock },
): StaffStep {
  if (step.event === 'form_met') {
    return { event: 'form_met', on: createTimetable(clock.now()).today }
  }
  if (step.event !== 'passed_on') return step
  const to = catalogue.parties.byCode(step.office)
  if (to === undefined) throw new Error(`the catalogue has no ${step.office}`)
  return { event: 'passed_on', to }
}
