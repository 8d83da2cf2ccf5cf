import { daysAfter, germanDay } from '../../server/platform/kernel/days.js'
import pg from 'pg'
import type { BlockRow, DeskStep, Kind, OwnStep } from '../../server/blocks/index.js'
import type { Party } from '../../server/catalogue/index.js'
import { auditInstallation } from '../../server/compose/audit.js'
import type { ResidentActor, StaffActor, StaffRole } from '../../server/identity/index.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import type { TestApp } from '../support/app.js'

/** A person of the test, and the number by which offices know them. */
export interface Person {
  readonly actor: ResidentActor
  readonly number: string
}

/** What an application is made with. */
export interface Wanted {
  readonly kind?: Kind
  readonly grounds?: readonly string[]
  readonly words?: string
  readonly office?: Party
  /** Whether its signed letter has arrived. */
  readonly signed?: boolean
}

/** The room of blocks with people of one's own in it. */
export interface Room {
  readonly app: TestApp
  /** The superuser: what an insider could reach. */
  readonly superuser: pg.Client
  /** The immigration office that keeps files and decides. */
  readonly office: Party
  readonly other: Party
  readonly registry: Party
  readonly authority: TestAuthority
  /** A resident whom a counter has seen, who can sign in on `/demo` under the name. */
  resident(name: string): Promise<Person>
  staff(name: string, role: StaffRole, office?: Party): Promise<StaffActor>
  /** Accesses of the office to data of a person; their leaf indices. */
  accesses(person: Person, count: number, changes?: object): Promise<readonly number[]>
  /** An application that was filed; its reference. */
  applied(person: Person, wanted?: Wanted): Promise<string>
  /** An application that a caseworker granted; its reference. */
  granted(person: Person, clerk: StaffActor, wanted?: Wanted): Promise<string>
  row(reference: string): Promise<{ state: string; version: number; block: string }>
  step(actor: StaffActor, reference: string, step: DeskStep): Promise<void>
  own(person: Person, reference: string, step: OwnStep): Promise<void>
  block(person: Person, reference: string): Promise<BlockRow>
  /** Names of the events of a block, in their order. */
  events(person: Person, reference: string): Promise<readonly string[]>
  /** What the audit of the whole log finds. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

/** A step that grants without an end. */
export const GRANT: DeskStep = { event: 'granted', isGuarded: false }
/** A private party that is no office of ours. */
export const PRIVATE = 'glaeubiger'

let numbers = 555_222_222_222

/** Takes hold of a running application. */
export async function roomOf(app: TestApp): Promise<Room> {
  const { enrolment, identity, blocks, blockDesk } = app.portal
  const superuser = new pg.Client({ connectionString: app.adminUrl })
  superuser.on('error', () => undefined)
  await superuser.connect()
  const party = partyOf(app)
  const office = party('i.pf.abh')
  const authority = await authorityOf(app, { code: office.code })
  let seq = 1
  const actorOf = async (name: string) => {
    const session = await identity.signInDemo(name)
    const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
    if (open === undefined) throw new Error(`${name} cannot sign in`)
    return open.actor
  }
  const row: Room['row'] = async (reference) => {
    const { rows } = await superuser.query<{ state: string; version: number; block: string }>(
      'select state, version, block from blocks.block where reference = $1',
      [reference],
    )
    if (rows[0] === undefined) throw new Error(`there is no ${reference}`)
    return rows[0]
  }
  const step: Room['step'] = async (actor, reference, what) =>
    blockDesk.step(actor, { reference, version: (await row(reference)).version }, what)
  const applied: Room['applied'] = async ({ actor }, wanted = {}) => {
    const { kind = 'transmission', grounds = ['life'], words, office: at = office } = wanted
    const id = await blocks.begin(actor, kind)
    const said = words === undefined ? {} : { words }
    await blocks.save(actor, { id, change: { step: 'grounds', grounds, ...said } })
    if (kind !== 'restriction') {
      await blocks.save(actor, { id, change: { step: 'office', office: at.code } })
    }
    const reference = await blocks.file(actor, id)
    if (wanted.signed === true) {
      await superuser.query('update blocks.block set form_met_at = now() where reference = $1', [
        reference,
      ])
    }
    return reference
  }
  return {
    ...{ app, superuser, office, authority, row, step, applied },
    other: party('i.rt.abh'),
    registry: party('i.pf.meldebehoerde'),
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
    accesses: async ({ number }, count, changes = {}) => {
      const subject = { scheme: 'azr', value: number }
      const events = authority.events(seq, count, { subject, ...changes })
      const { status, body, text } = await authority.deliver(events)
      if (status !== 201) throw new Error(text)
      seq += count
      return body['indices'] as number[]
    },
    granted: async (person, clerk, wanted = {}) => {
      const reference = await applied(person, { ...wanted, signed: true })
      await step(clerk, reference, wanted.kind === 'information' ? twoYears(app) : GRANT)
      return reference
    },
    own: ({ actor }, reference, what) => blocks.step(actor, { reference, step: what }),
    block: async ({ actor }, reference) => (await blocks.block(actor, reference)).block,
    events: async ({ actor }, reference) =>
      (await blocks.block(actor, reference)).events.map(({ event }) => event),
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

/** A step that grants for two years, as information blocks are (BMG § 51 (4)). */
function twoYears({ clock }: TestApp): DeskStep {
  return { event: 'granted', isGuarded: false, until: daysAfter(germanDay(clock.now()), 730) }
}

function partyOf({ installation }: TestApp): (code: string) => Party {
  return (code) => {
    const found = installation.catalogue.parties.byCode(code)
    if (found === undefined) throw new Error(`the catalogue lacks ${code}`)
    return found
  }
}
