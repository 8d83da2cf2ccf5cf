import pg from 'pg'
import type { Party } from '../../server/catalogue/index.js'
import { auditInstallation } from '../../server/compose/audit.js'
import type { ResidentActor, StaffActor, StaffRole } from '../../server/identity/index.js'
import type { DeskStep, Question } from '../../server/inquiries/index.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import type { TestApp } from '../support/app.js'

/** A question that lacks nothing. */
export const WHOLE: Question = {
  kind: 'surprise',
  reasons: ['unknown_office', 'no_business'],
  words: 'لا أعرف هذه الدائرة',
}
/** An answer that lacks nothing. */
export const ANSWER: DeskStep = {
  event: 'answered',
  reply: { finding: 'mistaken', measures: ['management_told'], words: 'Verwechslung mit Kolibri' },
}

/** A person of the test, and the number by which offices know them. */
export interface Person {
  readonly actor: ResidentActor
  readonly number: string
}

/** The room of inquiries with people of one's own in it. */
export interface Room {
  readonly app: TestApp
  /** The superuser: what an insider could reach. */
  readonly superuser: pg.Client
  /** The office that looks, which has a data protection officer once a test makes one. */
  readonly office: Party
  readonly other: Party
  readonly authority: TestAuthority
  /** A resident whom a counter has seen, who can sign in on `/demo` under the name. */
  resident(name: string): Promise<Person>
  staff(name: string, role: StaffRole, office?: Party): Promise<StaffActor>
  /** Accesses of the office to data of a person; their leaf indices. */
  accesses(person: Person, count: number, changes?: object): Promise<readonly number[]>
  /** One access, asked about; the reference. */
  asked(person: Person, question?: Question): Promise<string>
  /** Version of an inquiry, as its row has it. */
  version(reference: string): Promise<number>
  /** Takes a step at an inquiry as it stands. */
  step(actor: StaffActor, reference: string, step: DeskStep): Promise<void>
  /** What the audit of the whole log finds. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

let numbers = 222_222_222_222

/** Takes hold of a running application. */
export async function roomOf(app: TestApp): Promise<Room> {
  const { enrolment, identity, inquiries, inquiryDesk } = app.portal
  const superuser = new pg.Client({ connectionString: app.adminUrl })
  superuser.on('error', () => undefined)
  await superuser.connect()
  const { parties } = app.installation.catalogue
  const [office, other] = ['i.pf.jobcenter', 'i.pf.abh'].map((code) => parties.byCode(code))
  if (office === undefined || other === undefined) throw new Error('the catalogue lacks offices')
  const authority = await authorityOf(app, { code: office.code })
  let seq = 1
  const actorOf = async (name: string) => {
    const session = await identity.signInDemo(name)
    const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
    if (open === undefined) throw new Error(`${name} cannot sign in`)
    return open.actor
  }
  const accesses: Room['accesses'] = async ({ number }, count, changes = {}) => {
    const subject = { scheme: 'azr', value: number }
    const events = authority.events(seq, count, { subject, ...changes })
    const { status, body, text } = await authority.deliver(events)
    if (status !== 201) throw new Error(text)
    seq += count
    return body['indices'] as number[]
  }
  const version = async (reference: string) => {
    const { rows } = await superuser.query<{ version: number }>(
      'select version from inquiries.inquiry where reference = $1',
      [reference],
    )
    return rows[0]?.version ?? 0
  }
  return {
    ...{ app, superuser, office, other, authority, accesses, version },
    resident: async (name) => {
      numbers += 1
      const number = String(numbers)
      const own = [{ scheme: 'azr', value: number }] as const
      await enrolment.createDemoAccount({ name, language: 'ar', numbers: own })
      return { number, actor: (await actorOf(name)) as ResidentActor }
    },
    staff: async (name, role, at = office) => {
      await enrolment.createDemoStaff({ name, role, office: at.id, assurance: 'high' })
      return (await actorOf(name)) as StaffActor
    },
    asked: async (person, question = WHOLE) => {
      const [index = 0] = await accesses(person, 1)
      return inquiries.ask(person.actor, { index, question })
    },
    step: async (actor, reference, step) =>
      inquiryDesk.step(actor, { reference, version: await version(reference) }, step),
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
