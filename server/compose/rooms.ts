import type { Database } from '../database.js'
import {
  createCodeSignIn,
  createDevices,
  createEnrolment,
  createFormKeeping,
  createIdentity,
  createIssuing,
  createPasskeys,
  createStaffing,
  type Enrolment,
} from '../identity/index.js'
import { createInformation } from '../information/index.js'
import { createIngestion, DEFAULT_PACE, type Subjects } from '../ingestion/index.js'
import { createLedger, createOrigins, createPublicLog, signerFromSeed } from '../ledger/index.js'
import {
  createCodeRecord,
  createLookRecord,
  createOverview,
  createRecorder,
  openDelivered,
  type AccessRecorder,
} from '../overview/index.js'
import { createOversight } from '../oversight/index.js'
import { createTransactions, type InTransaction } from '../platform/db/transaction.js'
import type { Installation } from './installation.js'

/** Every room, made once over one installation. */
export type Rooms = ReturnType<typeof makeRooms>

/** Makes the rooms from the lowest floor up; each gets what it needs and nothing more. */
export function makeRooms(installation: Installation) {
  const { config, secrets, catalogue, clock, random, verdict } = installation
  const inTransaction = createTransactions<Database>(installation)
  const reading = { inTransaction, catalogue, clock }
  const ledger = createLedger({
    inTransaction,
    signer: signerFromSeed(secrets.logOrigin, secrets.logKey),
    clock,
    random,
    tickMs: config.tickMs,
    keepOutside: (note) => installation.outside.keep(note),
    maySign: () => verdict.state === 'agrees',
  })
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
  return {
    inTransaction,
    ledger,
    publicLog,
    identity,
    enrolment,
    ...signInParts(installation, { inTransaction, enrolment, recorder: lookRecorder }),
    overview: createOverview({ ...reading, ledger, keepsHoldings: config.holdings }),
    recordLook: createLookRecord({ ...reading, recorder: lookRecorder }),
    ingestion,
    oversight: createOversight(reading),
    information: createInformation({ catalogue, ingestion, publicLog, ledger }),
  }
}

/** Ways in, and what is issued for them. */
function signInParts(
  { catalogue, clock, config, random, secrets }: Installation,
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
    devices: createDevices({ inTransaction, clock }),
    staffing: createStaffing(shared),
    issuing: createIssuing({
      ...shared,
      enrolment,
      record: createCodeRecord({ catalogue, recorder, clock }),
    }),
  }
}

function subjectsOf(enrolment: Enrolment): Subjects {
  return {
    of: (scheme, value, authority) => enrolment.subjectOf({ scheme, value, authority }),
    keyOf: (scheme, value, authority) => enrolment.subjectKeyOf({ scheme, value, authority }),
  }
}
