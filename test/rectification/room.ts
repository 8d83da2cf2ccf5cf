import pg from 'pg'
import { auditInstallation } from '../../server/compose/audit.js'
import type { Party } from '../../server/catalogue/index.js'
import type { ResidentActor, StaffActor } from '../../server/identity/index.js'
import type { TestApp } from '../support/app.js'
import type { Statement } from '../../server/rectification/statement.js'

/** A request that lacks nothing, about a name. */
export const WHOLE: Statement = {
  kind: 'wrong',
  stored: 'Yagmur',
  wanted: { form: 'names', latin: 'Yağmur', original: 'ياغمور', onlyOne: false },
  words: 'اسمي مكتوب خطأ',
  evidence: ['passport'],
  restrict: true,
  recipients: true,
}

/** The room of requests with people of one's own in it. */
export interface Room {
  readonly app: TestApp
  /** The superuser: what an insider could reach. */
  readonly superuser: pg.Client
  /** The office that answers where a person's log knows none: the only one of its kind. */
  readonly office: Party
  readonly other: Party
  /** A resident whom a counter has seen, who can sign in on `/demo` under the name. */
  resident(name: string): Promise<ResidentActor>
  clerk(name: string, office?: Party): Promise<StaffActor>
  /** A draft that lacks nothing but the filing; its id. */
  draft(actor: ResidentActor, options?: { field?: string; statement?: Statement }): Promise<string>
  /** A filed request; its reference. */
  filed(actor: ResidentActor, options?: { field?: string; statement?: Statement }): Promise<string>
  /** Version of a case, as its row has it. */
  version(reference: string): Promise<number>
  /** What the audit of the whole log finds. */
  faults(): Promise<string[]>
  close(): Promise<void>
}

let numbers = 111_111_111_111

/** Takes hold of a running application. */
export async function roomOf(app: TestApp): Promise<Room> {
  const { enrolment, identity, rectification } = app.portal
  const superuser = new pg.Client({ connectionString: app.adminUrl })
  superuser.on('error', () => undefined)
  await superuser.connect()
  const { fields, parties } = app.installation.catalogue
  const [office, other] = ['i.de.bamf', 'i.rt.abh'].map(known)
  if (office === undefined || other === undefined) throw new Error('the catalogue lacks offices')
  function known(code: string): Party | undefined {
    return parties.byCode(code)
  }
  const actorOf = async (name: string) => {
    const session = await identity.signInDemo(name)
    const open = await identity.sessions.open(session?.token ?? '', app.clock.now())
    if (open === undefined) throw new Error(`${name} cannot sign in`)
    return open.actor
  }
  const draft: Room['draft'] = async (
    actor,
    { field = 'azr.family_name', statement = WHOLE } = {},
  ) => {
    const about = fields.byCode(field)
    if (about === undefined) throw new Error(`there is no field ${field}`)
    const id = await rectification.begin(actor, about, 'ar')
    await rectification.save(actor, { id, version: 1 }, statement)
    return id
  }
  return {
    ...{ app, superuser, office, other, draft },
    resident: async (name) => {
      numbers += 1
      const own = { scheme: 'azr', value: String(numbers) } as const
      await enrolment.createDemoAccount({ name, language: 'ar', numbers: [own] })
      return (await actorOf(name)) as ResidentActor
    },
    clerk: async (name, at = office) => {
      const staff = { name, role: 'caseworker', office: at.id, assurance: 'high' } as const
      await enrolment.createDemoStaff(staff)
      return (await actorOf(name)) as StaffActor
    },
    filed: async (actor, options) => rectification.file(actor, await draft(actor, options)),
    version: async (reference) => {
      const { rows } = await superuser.query<{ version: number }>(
        'select version from rectification.request where reference = $1',
        [reference],
      )
      return rows[0]?.version ?? 0
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
