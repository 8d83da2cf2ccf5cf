import type { Actor, StaffActor } from '../identity/index.js'

/** What a report is asked for with, as the room of reports wants it. */
interface Wanted {
  readonly format: 'pdf' | 'csv'
  readonly language: string
  readonly filter: Readonly<Record<string, string>>
  readonly reason: 'routine' | 'complaint'
  readonly expected: undefined
}

/** The use cases of the portal by which reports of data protection officers come about. */
export interface ReportingDesk {
  readonly archive: {
    ask(actor: StaffActor, wanted: Wanted): Promise<string>
    list(actor: StaffActor): Promise<readonly { readonly state: string }[]>
  }
  readonly releases: {
    decide(
      actor: StaffActor,
      asked: { readonly reference: string; readonly decision: 'released' },
    ): Promise<unknown>
  }
  /** Makes what was released. */
  makeReports(): Promise<number>
  /** Counts, judges and publishes what the log holds by now, as the jobs do in their time. */
  sumUp(): Promise<void>
  /** Signs a demonstration person in; who they are for the portal. */
  actorOf(person: string): Promise<Actor>
}

/** What an officer looks at first: accesses that break a rule. */
const MADE: Wanted = {
  ...{ format: 'pdf', language: 'ar', reason: 'routine', expected: undefined },
  filter: { flagged: 'yes' },
}
/** One that waits for its second person. */
const WAITING: Wanted = {
  ...{ format: 'csv', language: 'de', reason: 'complaint', expected: undefined },
  filter: { shown: 'yes', operation: 'query' },
}

/** Lets an officer have one report and wait for another, unless an earlier try has already. */
export async function tellReports(desk: ReportingDesk): Promise<void> {
  const { archive, releases } = desk
  const officer = (await desk.actorOf('dpo')) as StaffActor
  const told = await archive.list(officer)
  if (told.some(({ state }) => state === 'unreleased')) return
  const supervisor = (await desk.actorOf('supervisor')) as StaffActor
  const reference = await archive.ask(officer, MADE)
  await releases.decide(supervisor, { reference, decision: 'released' })
  await desk.makeReports()
  await archive.ask(officer, WAITING)
}
