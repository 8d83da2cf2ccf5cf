import type { Database } from '../database.js'
import {
  createAccounts,
  createCodeSignIn,
  createDevices,
  createEid,
  createEnrolment,
  createFormKeeping,
  createIdentity,
  createIssuing,
  createPasskeys,
  createStaffing,
  type Enrolment,
} from '../identity/index.js'
import { EID_BACK } from '../identity/routes/eid.js'
import { identitySections } from '../identity/section.js'
import { createInformation } from '../information/index.js'
import { createIngestion, DEFAULT_PACE, type Subjects } from '../ingestion/index.js'
import {
  createLedger,
  createOrigins,
  createPublicLog,
  signerFromSeed,
  type Ledger,
} from '../ledger/index.js'
import {
  createCodeRecord,
  createLookRecord,
  createOverview,
  createRecorder,
  openDelivered,
  type AccessRecorder,
  type Overview,
} from '../overview/index.js'
import { rectificationSections } from '../rectification/section.js'
import { overviewSections } from '../overview/section.js'
import { createOversight, createRequestOversight } from '../oversight/index.js'
import { createReports } from '../reports/index.js'
import { worksOn } from '../rectification/index.js'
import { createTransactions, type InTransaction } from '../platform/db/transaction.js'
import type { Installation } from './installation.js'
import { registersOf } from './registers.js'
import { requestsOf } from './requests.js'

/** Every room, made once over one installation. */
export type Rooms = ReturnType<typeof makeRooms>

/** Makes the rooms from the lowest floor up; each gets what it needs and nothing more. */
export function makeRooms(installation: Installation) {
  const { config, secrets, catalogue, clock, random } = installation
  const inTransaction = createTransactions<Database>(installation)
  const reading = { inTransaction, catalogue, clock }
  const ledger = ledgerOf(installation, inTransaction)
  const origins = createOrigins(secrets.originKey)
  const recording = {
    catalogue,
    ledger,
    clock,
    random,
    origins,
    operatorKey: secrets.operatorKey,
    defaultPeriod: config.defaultPeriod,
    // No consent can be valid before there is a consent room that records one.
    consentValid: () => false,
  }
  // Staff looks are written by the web role, which row-level security binds: COPY is not for it.
  const lookRecorder = createRecorder(recording, 'insert')
  const identity = createIdentity({ inTransaction, clock, random })
  const enrolment = createEnrolment({
    db: installation.admin,
    subjectSecret: secrets.subjectKey,
    accountKey: secrets.accountKey,
    clock,
    random,
  })
  const ingestion = createIngestion({
    inTransaction,
    catalogue,
    recorder: createRecorder(recording, installation.mayCopy ? 'copy' : 'insert'),
    subjects: subjectsOf(enrolment),
    clock,
    random,
    evidenceKey: secrets.evidenceKey,
    pace: DEFAULT_PACE,
    openingOf: (trx, place) => openDelivered(trx, place, { catalogue, origins }),
    prove: (trx, index) => ledger.prove(trx, index),
  })
  const publicLog = createPublicLog(inTransaction)
  const overview = createOverview({ ...reading, ledger, keepsHoldings: config.holdings })
  const requests = requestsOf(installation, { inTransaction, ledger, overview })
  const ways = signInParts(installation, { inTransaction, enrolment, recorder: lookRecorder })
  return {
    inTransaction,
    ledger,
    publicLog,
    identity,
    enrolment,
    ...ways,
    ...requests,
    overview,
    registers: registersOf(installation, inTransaction),
    recordLook: createLookRecord({ ...reading, recorder: lookRecorder }),
    ingestion,
    oversight: createOversight(reading),
    requestOversight: createRequestOversight(reading),
    reports: reportsOf(installation, { ways, requests, overview, ledger }),
    information: createInformation({ catalogue, ingestion, publicLog, ledger }),
  }
}

/** The log; what a restored backup lacks must be said before anything is signed. */
function ledgerOf(
  { config, secrets, clock, random, verdict, outside }: Installation,
  inTransaction: InTransaction<Database>,
): Ledger {
  return createLedger({
    inTransaction,
    signer: signerFromSeed(secrets.logOrigin, secrets.logKey),
    clock,
    random,
    tickMs: config.tickMs,
    keepOutside: (note) => outside.keep(note),
    maySign: () => verdict.state === 'agrees',
  })
}

/** Copies of everything, from the sections of the rooms in the order in which they stand. */
function reportsOf(
  { catalogue, clock }: Installation,
  {
    ways,
    requests,
    overview,
    ledger,
  }: {
    ways: ReturnType<typeof signInParts>
    requests: ReturnType<typeof requestsOf>
    overview: Overview
    ledger: Ledger
  },
) {
  return createReports({
    sectionsIn: (language) => [
      ...identitySections(ways),
      ...overviewSections(overview, { catalogue, language }),
      ...rectificationSections(requests.rectification, requests.evidence),
    ],
    logOrigin: ledger.origin,
    clock,
  })
}

/** Ways in, and what is issued for them. */
function signInParts(
  { catalogue, clock, config, log, random, secrets }: Installation,
  {
    inTransaction,
    enrolment,
    recorder,
  }: { inTransaction: InTransaction<Database>; enrolment: Enrolment; recorder: AccessRecorder },
) {
  const { accountKey } = secrets
  const shared = { inTransaction, clock, random, accountKey }
  return {
    codes: createCodeSignIn(shared),
    passkeys: createPasskeys({ ...shared, origin: config.origin }),
    keptForms: createFormKeeping(shared),
    eid:
      config.oidc &&
      createEid({ ...shared, log, provider: config.oidc, back: `${config.origin}${EID_BACK}` }),
    accounts: createAccounts({ inTransaction, clock }),
    devices: createDevices({ inTransaction, clock }),
    staffing: createStaffing(shared),
    issuing: createIssuing({
      ...shared,
      enrolment,
      record: createCodeRecord({ catalogue, recorder, clock }),
      worksOn,
    }),
  }
}

function subjectsOf(enrolment: Enrolment): Subjects {
  return {
    of: (scheme, value, authority) => enrolment.subjectOf({ scheme, value, authority }),
    keyOf: (scheme, value, authority) => enrolment.subjectKeyOf({ scheme, value, authority }),
  }
}
