import type { Catalogue, Flow, Party } from '../../server/catalogue/index.js'
import type { Database, Db } from '../../server/database.js'
import type { AccountId, ResidentActor, SubjectId } from '../../server/identity/index.js'
import {
  createLedger,
  createOrigins,
  signerFromSeed,
  type Ledger,
} from '../../server/ledger/index.js'
import {
  createOverview,
  createRecorder,
  type Overview,
  type ReportedAccess,
} from '../../server/overview/index.js'
import { createTransactions, type InTransaction } from '../../server/platform/db/transaction.js'
import { travellingClock, type TravellingClock } from '../../server/platform/kernel/clock.js'
import { freshDatabase } from '../support/database.js'
import { openTestInstallation } from '../support/template.js'

/** Noon of a day in German summer time. */
export const NOON = new Date('2027-06-15T10:00:00Z')
export const DAY = 86_400_000

let people = 0

/** A subject that nobody else in this file has, so that tests may share a database. */
export function subject(): SubjectId {
  people += 1
  return `00000000-0000-0000-0000-${String(people).padStart(12, '0')}` as SubjectId
}

/** A database with the catalogue in it, and both sides of the overview on top. */
export interface World {
  readonly admin: Db
  readonly catalogue: Catalogue
  readonly clock: TravellingClock
  readonly ledger: Ledger
  readonly overview: Overview
  readonly inTransaction: InTransaction<Database>
  /** Records accesses as the ingest role does; returns their leaf indices. */
  record(accesses: readonly ReportedAccess[]): Promise<readonly number[]>
  close(): Promise<void>
}

export async function openWorld(): Promise<World> {
  const database = await freshDatabase()
  const clock = travellingClock(NOON)
  const installation = await openTestInstallation(database.url, { clock })
  const { admin, catalogue, random, secrets, config } = installation
  const inTransaction = createTransactions<Database>(installation)
  const ledger = createLedger({
    inTransaction,
    signer: signerFromSeed(secrets.logOrigin, secrets.logKey),
    clock,
    random,
    tickMs: config.tickMs,
    keepOutside: () => undefined,
    maySign: () => true,
  })
  const origins = createOrigins(secrets.originKey)
  const { operatorKey } = secrets
  const { defaultPeriod } = config
  const parts = { catalogue, ledger, clock, random, origins, operatorKey, defaultPeriod }
  const recorder = createRecorder(
    { ...parts, furtherRules: [], lookAgain: () => Promise.resolve() },
    'copy',
  )
  const ingest = { login: 'ingest', role: 'ingest' } as const
  return {
    admin,
    catalogue,
    clock,
    ledger,
    inTransaction,
    overview: createOverview({ inTransaction, catalogue, ledger, clock, keepsHoldings: true }),
    record: async (accesses) => {
      const prepared = await recorder.prepare(accesses)
      return (await inTransaction(ingest, (trx) => recorder.record(trx, prepared))).indices
    },
    close: async () => {
      await installation.close()
      await database.drop()
    },
  }
}

/** A resident with subjects; `letter` knows them by a code by post alone. */
export function resident(
  subjects: readonly SubjectId[],
  assurance: ResidentActor['assurance'] = 'counter',
): ResidentActor {
  const account = '22222222-2222-2222-2222-222222222222' as AccountId
  return { role: 'resident', account, subjects, assurance }
}

/** What a test says of an access; the rest is an open query of the Pforzheim immigration office. */
export interface Told {
  readonly subject: SubjectId
  readonly flow?: Flow
  readonly at?: Date
  readonly fields?: readonly string[]
  readonly operation?: ReportedAccess['operation']
  readonly caseRef?: string
  readonly unit?: string
  readonly consentId?: string
}

/** The first sourced flow that is like this one. */
export function flowLike(catalogue: Catalogue, wanted: Partial<Flow>): Flow {
  const found = catalogue.flows.find((flow) =>
    Object.entries(wanted).every(([name, value]) => flow[name as keyof Flow] === value),
  )
  if (found === undefined) throw new Error(`no flow is like ${JSON.stringify(wanted)}`)
  return found
}

export const QUERY = {
  source: 'bva',
  recipient: 'abh',
  operation: 'query',
  disclosure: 'open',
} as const
export const STORE = {
  source: 'abh',
  recipient: 'bva',
  operation: 'store',
  disclosure: 'open',
} as const
export const WITHHELD = { operation: 'query', disclosure: 'withheld' } as const

/** An access with every code resolved. */
export function access(catalogue: Catalogue, told: Told): ReportedAccess {
  const flow = told.flow ?? flowLike(catalogue, QUERY)
  const codes = told.fields ?? flow.fields.slice(0, 3)
  const unit = told.unit === undefined ? undefined : catalogue.units.byCode(told.unit)
  return {
    subject: told.subject,
    occurredAt: told.at ?? new Date(NOON.getTime() - DAY),
    operation: told.operation ?? flow.operation,
    channel: 'automated',
    source: officeOf(catalogue, flow.source),
    recipient: officeOf(catalogue, flow.recipient),
    purpose: must(catalogue.purposes.byCode(flow.purpose)),
    legalBasis: must(catalogue.legalBases.byCode(flow.legalBasis)),
    fields: codes.map((code) => must(catalogue.fields.byCode(code))),
    ...(unit === undefined ? {} : { unit }),
    ...(told.caseRef === undefined ? {} : { caseRef: told.caseRef }),
    ...(told.consentId === undefined ? {} : { consentId: told.consentId }),
  }
}

/** The Pforzheim office of a kind of authority, or the authority itself where it has no offices. */
export function officeOf({ parties }: Catalogue, authority: string): Party {
  return parties.byCode(`i.pf.${authority}`) ?? must(parties.byCode(authority))
}

export function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the catalogue lacks what this test needs')
  return value
}
