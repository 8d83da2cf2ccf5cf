import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { takesPart, type Flow, type Party } from '../../server/catalogue/index.js'
import type {
  AccountId,
  ResidentActor,
  StaffActor,
  StaffId,
  SubjectId,
} from '../../server/identity/index.js'
import { createOrigins } from '../../server/ledger/index.js'
import { createRecorder, type ReportedAccess } from '../../server/overview/index.js'
import type { Outcome } from '../../server/rectification/rules.js'
import { mayBeSent } from '../../server/notices/index.js'
import { must, officeOf } from '../overview/world.js'
import type { TestApp } from '../support/app.js'

/** A field on which one person decides alone, and that many received, some of them in secret. */
export const FIELD = 'azr.residence_title'
export const VALUE = 'Blaue Karte EU'
export const DECIDER = 'i.pf.abh'

const SCHEMES = ['azr', 'idnr']

/** A person with the numbers under which offices know them. */
export interface Person {
  readonly actor: ResidentActor
  readonly subjects: readonly SubjectId[]
}

/** Flows of fields whose accesses a person sees, and flows whose accesses are withheld. */
export function flowsOfField(
  { installation }: TestApp,
  all: readonly string[] = [FIELD],
): { open: Flow[]; withheld: Flow[] } {
  const { catalogue } = installation
  const delayed = new Set(catalogue.delays.flatMap(({ purposes }) => purposes))
  const own = catalogue.flows.filter(
    ({ fields, purpose, disclosure }) =>
      all.every((field) => fields.includes(field)) &&
      !delayed.has(purpose) &&
      disclosure !== 'not_in_log',
  )
  const place = (flow: Flow) =>
    [flow.source, flow.recipient, flow.operation, flow.purpose, flow.legalBasis].join(' ')
  // Flows that differ in nothing but secrecy are left out: which of them counts is not told here.
  const secrecies = (flow: Flow) =>
    new Set(catalogue.flows.filter((other) => place(other) === place(flow)).map(secrecyOf))
  const plain = own.filter((flow) => secrecies(flow).size === 1)
  return {
    open: plain.filter(({ disclosure }) => disclosure === 'open'),
    withheld: plain.filter(({ disclosure }) => disclosure !== 'open'),
  }
}

function secrecyOf({ disclosure }: Flow): boolean {
  return disclosure === 'open'
}

/** A person whom an account knows under one number or several. */
export async function person({ installation }: TestApp, numbers: number): Promise<Person> {
  const account = randomUUID() as AccountId
  const subjects = Array.from({ length: numbers }, () => randomUUID() as SubjectId).sort()
  const { admin } = installation
  await sql`insert into identity.account values (${account}, 'de', now(), null)`.execute(admin)
  for (const [place, subject] of subjects.entries()) {
    await sql`insert into identity.account_subject
      values (${account}, ${SCHEMES[place] ?? 'azr'}, ${subject}, 'key')`.execute(admin)
  }
  return { subjects, actor: { role: 'resident', account, subjects, assurance: 'counter' } }
}

/** An access as an office would have delivered it. */
export function accessOf(
  { installation }: TestApp,
  told: {
    readonly flow: Flow
    readonly subject: SubjectId
    readonly at: Date
    readonly operation?: ReportedAccess['operation']
    readonly fields?: readonly string[]
    readonly source?: string
    readonly recipient?: string
  },
): ReportedAccess {
  const { catalogue } = installation
  const { flow, subject, at } = told
  const party = (code: string | undefined, kind: string): Party =>
    code === undefined ? officeOf(catalogue, kind) : must(catalogue.parties.byCode(code))
  return {
    subject,
    occurredAt: at,
    operation: told.operation ?? flow.operation,
    channel: 'automated',
    source: party(told.source, flow.source),
    recipient: party(told.recipient, flow.recipient),
    purpose: must(catalogue.purposes.byCode(flow.purpose)),
    legalBasis: must(catalogue.legalBases.byCode(flow.legalBasis)),
    fields: (told.fields ?? [FIELD]).map((code) => must(catalogue.fields.byCode(code))),
  }
}

/** Records accesses as the ingest role does. */
export async function record(
  { installation, portal }: TestApp,
  accesses: readonly ReportedAccess[],
): Promise<void> {
  const { catalogue, clock, random, secrets, config } = installation
  const recorder = createRecorder(
    {
      ...{ catalogue, clock, random, ledger: portal.ledger },
      origins: createOrigins(secrets.originKey),
      operatorKey: secrets.operatorKey,
      defaultPeriod: config.defaultPeriod,
      furtherRules: [],
      lookAgain: () => Promise.resolve(),
    },
    'copy',
  )
  const prepared = await recorder.prepare(accesses)
  const ingest = { login: 'ingest', role: 'ingest' } as const
  await portal.inTransaction(ingest, (trx) => recorder.record(trx, prepared))
}

/** Files a request about the field; its reference and the office that decides. */
export async function file(
  { installation, portal }: TestApp,
  { actor }: Person,
): Promise<{ readonly reference: string; readonly clerk: StaffActor }> {
  const field = must(installation.catalogue.fields.byCode(FIELD))
  const { rectification } = portal
  const id = await rectification.begin(actor, field, 'de')
  const answers = [
    { kind: 'wrong' },
    { wanted: { form: 'text', text: VALUE } },
    { evidence: ['nothing'] },
    { restrict: false },
  ] as const
  for (const answer of answers) {
    const { version } = await rectification.draft(actor, id)
    await rectification.save(actor, { id, version }, answer)
  }
  const reference = await rectification.file(actor, id)
  const { request } = await rectification.request(actor, reference)
  return {
    reference,
    clerk: {
      role: 'caseworker',
      staff: randomUUID() as StaffId,
      office: request.office,
      assurance: 'high',
    },
  }
}

/** Claims and decides a request. */
export async function decide(
  { portal }: TestApp,
  { reference, clerk }: { reference: string; clerk: StaffActor },
  outcome: Outcome,
): Promise<void> {
  const step = async (made: Parameters<typeof portal.casework.step>[2]) => {
    const { version } = await portal.casework.terms(clerk, reference)
    await portal.casework.step(clerk, { reference, version }, made)
  }
  await step({ event: 'claimed' })
  const value =
    outcome === 'corrected' ? { value: { form: 'text', text: VALUE } as const } : undefined
  await step({ event: 'decided', outcome, text: { reasons: ['evidence_shows'], ...value } })
}

/** What the tables hold of a request, past every right: recipient, subject and times of each notice. */
export async function noticesIn(
  { installation }: TestApp,
  { table, reference }: { table: 'notice' | 'sealed_notice'; reference: string },
): Promise<
  readonly { code: string; subject: string; first: string; last: string; state: string }[]
> {
  const { rows } = await sql<{
    recipient: number
    subject: string
    first_at: Date
    last_at: Date
    state: string
  }>`select told.recipient, told.subject, told.first_at, told.last_at, told.state
    from ${sql.table(`rectification.${table}`)} told
    join rectification.request r on r.request = told.request
    where r.reference = ${reference}`.execute(installation.admin)
  const { parties } = installation.catalogue
  return rows
    .map((row) => ({
      code: must(parties.byId(row.recipient)).code,
      subject: row.subject,
      first: row.first_at.toISOString(),
      last: row.last_at.toISOString(),
      state: row.state,
    }))
    .sort((one, other) =>
      `${one.code} ${one.subject}` < `${other.code} ${other.subject}` ? -1 : 1,
    )
}

/** An office that may be told by a machine and received the field openly, and one that did in secret. */
export function recipientsIn(app: TestApp): { readonly shown: string; readonly secret: string } {
  const { catalogue } = app.installation
  const { open, withheld } = flowsOfField(app)
  const first = (flows: typeof open) =>
    flows
      .map(({ recipient }) => officeOf(catalogue, recipient))
      .find(
        (party) =>
          takesPart(party) && !['i.de.bva', DECIDER].includes(party.code) && mayBeSent(party),
      )
  const shown = first(open)?.code ?? ''
  const secret = first(withheld)?.code ?? ''
  return { shown, secret }
}

/** A person whose field one office received openly and one in secret, with a request that waits. */
export async function waitingRequest(
  app: TestApp,
  { shown, secret }: { readonly shown: string; readonly secret: string },
) {
  const somebody = await person(app, 1)
  const [subject] = somebody.subjects
  if (subject === undefined) throw new Error('a person has a number')
  const { open, withheld } = flowsOfField(app)
  const at = new Date(app.clock.now().getTime() - 86_400_000)
  const flowTo = (flows: typeof open, code: string) => {
    const flow = flows.find(
      ({ recipient }) => officeOf(app.installation.catalogue, recipient).code === code,
    )
    if (flow === undefined) throw new Error(`no flow to ${code}`)
    return flow
  }
  await record(app, [
    accessOf(app, { flow: flowTo(open, shown), subject, at }),
    accessOf(app, { flow: flowTo(withheld, secret), subject, at }),
  ])
  const filed = await file(app, somebody)
  const table = async (name: 'notice' | 'sealed_notice') =>
    (await noticesIn(app, { table: name, reference: filed.reference })).map(
      ({ code, state }) => `${code} ${state}`,
    )
  return { ...filed, somebody, subject, table }
}
