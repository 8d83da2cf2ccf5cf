import type { Actor, ResidentActor, StaffActor } from '../identity/index.js'
import type { Overview } from '../overview/index.js'
import type { Look } from '../platform/http/route.js'
import type { Page } from '../platform/kernel/paging.js'

/** What of a finding decides whether its office is asked. */
interface FoundHere {
  readonly index: number
  readonly rule: string
  readonly version: number
  readonly isSealed: boolean
}

/** What of a question an answer needs. */
interface AskedHere {
  readonly reference: string
}

/** The use cases of the portal by which an officer follows up what the rules found. */
export interface FollowingDesk {
  readonly worklist: {
    list(actor: StaffActor, query: { readonly states: readonly ['new'] }): Promise<Page<FoundHere>>
  }
  readonly officeQuestions: {
    ask(
      actor: StaffActor,
      read: { readonly index: number; readonly rule: string; readonly version: number },
      wants: readonly ['case', 'fields'],
    ): Promise<unknown>
    list(
      actor: StaffActor,
      query: { readonly states: readonly ('open' | 'answered' | 'withdrawn')[] },
    ): Promise<Page<AskedHere>>
    looks(actor: StaffActor, reference: string): Promise<readonly Look[]>
    open(actor: StaffActor, reference: string): Promise<{ readonly question: AskedHere }>
    answer(
      actor: StaffActor,
      question: AskedHere,
      answer: { readonly answer: 'case_here'; readonly caseRef: string },
    ): Promise<boolean>
  }
  readonly overview: Pick<Overview, 'allAccesses'>
  recordLook(actor: Actor, looks: readonly Look[]): Promise<void>
  actorOf(person: string): Promise<Actor>
}

/** Whose accesses are asked about. Of the twins none is: they differ in nothing that is shown. */
const PEOPLE = ['resident-ar', 'resident-tr', 'resident-ru'] as const
/** A file number that no office has. */
const CASE_REF = 'PF/ABH/0000-01'

/** Lets an officer ask the office about two findings, of which one is answered, unless an earlier try has already. */
export async function followUp(desk: FollowingDesk): Promise<void> {
  const { officeQuestions, worklist } = desk
  const officer = (await desk.actorOf('dpo')) as StaffActor
  const told = await officeQuestions.list(officer, { states: ['open', 'answered', 'withdrawn'] })
  if (told.items.length > 0) return
  const known = await accessesOf(desk)
  const { items } = await worklist.list(officer, { states: ['new'] })
  const findings = items.filter(({ index, isSealed }) => !isSealed && known.has(index))
  const [answered, open] = findings
  if (answered === undefined || open === undefined) {
    throw new Error('the demonstration has too few findings to ask about')
  }
  await officeQuestions.ask(officer, answered, ['case', 'fields'])
  await reply(desk)
  await officeQuestions.ask(officer, open, ['case', 'fields'])
}

/** Caseworkers open a question before they answer, and that look stands in the log of the person. */
async function reply(desk: FollowingDesk): Promise<void> {
  const { officeQuestions } = desk
  const clerk = (await desk.actorOf('caseworker')) as StaffActor
  const { items } = await officeQuestions.list(clerk, { states: ['open'] })
  for (const { reference } of items) {
    await desk.recordLook(clerk, await officeQuestions.looks(clerk, reference))
    const { question } = await officeQuestions.open(clerk, reference)
    await officeQuestions.answer(clerk, question, { answer: 'case_here', caseRef: CASE_REF })
  }
}

async function accessesOf({
  overview,
  actorOf,
}: Pick<FollowingDesk, 'overview' | 'actorOf'>): Promise<ReadonlySet<number>> {
  const known = new Set<number>()
  for (const person of PEOPLE) {
    const resident = (await actorOf(person)) as ResidentActor
    for await (const { index } of overview.allAccesses(resident)) known.add(index)
  }
  return known
}
