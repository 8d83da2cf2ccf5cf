import { firstContent } from '../../server/consent/index.js'
import type { Actor, ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { TestApp } from '../support/app.js'

/** What a caseworker of the demonstration has before them. */
export interface AskedAtDesk {
  readonly template: string
  /** A draft, after the version that is asked with. */
  readonly version: string
  /** The reference of an open asking. */
  readonly consent: string
}

/** What a resident was asked and answered, by the references. */
export interface AnsweredAsking {
  readonly asking: string
  readonly permission: string
}

const SECOND = 'second-pair-of-eyes'
/** A number that nobody of the demonstration has. */
const NUMBER = { scheme: 'azr', value: '555555555555' } as const

/** Publishes a template of the office of a caseworker with a colleague's eyes, asks with it, drafts the next. */
export async function askedBy(app: TestApp, clerk: string): Promise<AskedAtDesk> {
  const { consentDesk, enrolment, templating } = app.portal
  const actorOf = async (name: string) => (await signedIn(app, name)) as StaffActor
  const writer = await actorOf(clerk)
  const { catalogue } = app.installation
  const office = catalogue.parties.byId(writer.office ?? 0)
  const kind = catalogue.consents.find(({ controller }) => controller === office?.authority)
  const subject = enrolment.subjectOf(NUMBER)
  if (office === undefined || kind === undefined || subject === undefined) {
    throw new Error(`${clerk} can ask for nothing`)
  }
  await enrolment.createDemoStaff({
    ...{ name: SECOND, role: 'caseworker', office: office.id, assurance: 'high' },
  })
  const second = await actorOf(SECOND)
  const at = await templating.draft(writer, firstContent(kind))
  const { digest } = await templating.version(second, at)
  await templating.publish(second, { ...at, digest })
  const consent = await consentDesk.ask(writer, { subject, template: at.template })
  const next = await templating.draft(writer, firstContent(kind))
  return { template: at.template, version: String(next.version), consent }
}

/** Asks a resident of the demonstration with a template, and answers yes for them. */
export async function answeredBy(
  app: TestApp,
  { caseworker: clerk, counter: person }: Readonly<Record<'caseworker' | 'counter', string>>,
  { template }: Pick<AskedAtDesk, 'template'>,
): Promise<AnsweredAsking> {
  const { consentDesk, consents } = app.portal
  const writer = (await signedIn(app, clerk)) as StaffActor
  const resident = (await signedIn(app, person)) as ResidentActor
  const [subject = ''] = resident.subjects
  const asking = await consentDesk.ask(writer, { subject, template })
  const { ask } = await consents.ask(resident, asking)
  const yes = { allowed: ask.parts, step: ask.step, language: 'de', helper: 'none' } as const
  const [permission = ''] = await consents.answer(resident, asking, { ...yes, isOfAge: true })
  return { asking, permission }
}

async function signedIn(app: TestApp, name: string): Promise<Actor> {
  const { identity } = app.portal
  const session = await identity.signInDemo(name)
  const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
  if (open === undefined) throw new Error(`${name} cannot sign in`)
  return open.actor
}
