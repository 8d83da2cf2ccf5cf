import { firstContent } from '../../server/consent/index.js'
import type { StaffActor } from '../../server/identity/index.js'
import type { TestApp } from '../support/app.js'

/** What a caseworker of the demonstration has before them. */
export interface AskedAtDesk {
  readonly template: string
  /** A draft, after the version that is asked with. */
  readonly version: string
  /** The reference of an open asking. */
  readonly consent: string
}

const SECOND = 'second-pair-of-eyes'
/** A number that nobody of the demonstration has. */
const NUMBER = { scheme: 'azr', value: '555555555555' } as const

/** Publishes a template of the office of a caseworker with a colleague's eyes, asks with it, drafts the next. */
export async function askedBy(app: TestApp, clerk: string): Promise<AskedAtDesk> {
  const { consentDesk, enrolment, identity, templating } = app.portal
  const actorOf = async (name: string) => {
    const session = await identity.signInDemo(name)
    const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
    if (open === undefined) throw new Error(`${name} cannot sign in`)
    return open.actor as StaffActor
  }
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
