import pg from 'pg'
import type { Party } from '../../server/catalogue/index.js'
import { auditInstallation } from '../../server/compose/audit.js'
import type { Content } from '../../server/consent/index.js'
import { firstContent } from '../../server/consent/index.js'
import type { ResidentActor, StaffActor, StaffRole } from '../../server/identity/index.js'
import type { TestApp } from '../support/app.js'

/** A person of the test, with the number by which offices know them and the subject behind it. */
export interface Person {
  readonly actor: ResidentActor
  readonly number: string
  readonly subject: string
}

/** The room of consents with people of one's own in it. */
export interface Room {
  readonly app: TestApp
  /** The superuser: what an insider could reach. */
  readonly superuser: pg.Client
  readonly office: Party
  readonly other: Party
  resident(name: string): Promise<Person>
  staff(name: string, role?: StaffRole, office?: Party): Promise<StaffActor>
  /** What the catalogue says of a consent, changed. */
  content(code: string, changes?: Partial<Content>): Content
  /** Drafts by one clerk and publishes by another; the template. */
  published(by: readonly [StaffActor, StaffActor], content: Content): Promise<string>
  asked(clerk: StaffActor, person: Person, template: string): Promise<string>
  /** Answers as the person, in German; the references of the consents. */
  answered(
    person: Person,
    reference: string,
    allowed: readonly string[],
  ): Promise<readonly string[]>
  /** The entries of a consent as they stand in the log: kind and who did it. */
  entries(reference: string): Promise<readonly string[]>
  /** What the audit of the whole log finds. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

let numbers = 333_333_333_333

/** Takes hold of a running application. */
export async function roomOf(app: TestApp): Promise<Room> {
  const { enrolment, identity, consents, consentDesk, templating } = app.portal
  const { catalogue } = app.installation
  const superuser = new pg.Client({ connectionString: app.adminUrl })
  superuser.on('error', () => undefined)
  await superuser.connect()
  const partyOf = (code: string): Party => {
    const party = catalogue.parties.byCode(code)
    if (party === undefined) throw new Error(`the catalogue lacks ${code}`)
    return party
  }
  const office = partyOf('i.pf.integrationsmanagement')
  const other = partyOf('i.pf.jobcenter')
  const actorOf = async (name: string) => {
    const session = await identity.signInDemo(name)
    const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
    if (open === undefined) throw new Error(`${name} cannot sign in`)
    return open.actor
  }
  return {
    ...{ app, superuser, office, other },
    resident: async (name) => {
      numbers += 1
      const number = String(numbers)
      const own = { scheme: 'azr', value: number } as const
      await enrolment.createDemoAccount({ name, language: 'ar', numbers: [own] })
      const subject = enrolment.subjectOf(own)
      if (subject === undefined) throw new Error('that is no number')
      return { number, subject, actor: (await actorOf(name)) as ResidentActor }
    },
    staff: async (name, role = 'caseworker', at = office) => {
      await enrolment.createDemoStaff({ name, role, office: at.id, assurance: 'high' })
      return (await actorOf(name)) as StaffActor
    },
    content: (code, changes = {}) => {
      const kind = catalogue.consents.find((one) => one.code === code)
      if (kind === undefined) throw new Error(`the catalogue lacks ${code}`)
      return { ...firstContent(kind), ...changes }
    },
    published: async ([writer, publisher], content) => {
      const at = await templating.draft(writer, content)
      const { digest } = await templating.version(publisher, at)
      await templating.publish(publisher, { ...at, digest })
      return at.template
    },
    asked: (clerk, { subject }, template) => consentDesk.ask(clerk, { subject, template }),
    answered: async ({ actor }, reference, allowed) => {
      const { ask } = await consents.ask(actor, reference)
      const answer = {
        allowed,
        step: ask.step,
        language: 'de',
        helper: 'none',
        isOfAge: true,
      } as const
      return consents.answer(actor, reference, answer)
    },
    entries: async (reference) => {
      const { rows } = await superuser.query<{ told: string }>(
        `select e.kind || ' by ' || e.by as told from consent.entry e
          join consent.consent c on c.consent = e.consent where c.reference = $1 order by e.number`,
        [reference],
      )
      return rows.map(({ told }) => told)
    },
    faults: async () => {
      await app.portal.ledger.tick()
      return (await auditInstallation(app.installation)).faults.map(({ sentence }) => sentence)
    },
    close: async () => {
      await superuser.end()
      await app.close()
    },
  }
}
