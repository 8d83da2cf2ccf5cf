import type { Database } from '../database.js'
import type { AppointmentBook } from '../appointments/index.js'
import type { EmergencyBook } from '../emergencies/index.js'
import { createEnrolment, createIdentity, type Enrolment } from '../identity/index.js'
import { createConsentRule, flagsAfterJudging } from '../consent/index.js'
import { createBlockRule } from '../blocks/index.js'
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
  createLookRecord,
  createOverview,
  createRecorder,
  openDelivered,
  type AccessRecorder,
} from '../overview/index.js'
import { createRequestOversight } from '../oversight/index.js'
import { createTaken } from '../reports/index.js'
import { createTidings } from '../tidings/index.js'
import { createTransactions, type InTransaction } from '../platform/db/transaction.js'
import type { Installation } from './installation.js'
import { actingOf, lookerOf } from './agreements.js'
import { accountTelling, noticesOf } from './notices.js'
import { consentsOf } from './consents.js'
import { appointmentsOf } from './appointments.js'
import { emergenciesOf } from './emergencies.js'
import { blocksOf, marksOf } from './blocks.js'
import { inquiriesOf } from './inquiries.js'
import { officeQuestionsOf } from './office-questions.js'
import { officersOf } from './oversight.js'
import { registersOf } from './registers.js'
import { sectionsOf } from './reports.js'
import { requestsOf } from './requests.js'
import { signInParts } from './sign-in.js'

/** Every room, made once over one installation. */
export type Rooms = ReturnType<typeof makeRooms>

/** Makes the rooms from the lowest floor up; each gets what it needs and nothing more. */
export function makeRooms(installation: Installation) {
  const { config, secrets, catalogue, clock, random } = installation
  const inTransaction = createTransactions<Database>(installation)
  const reading = { inTransaction, catalogue, clock }
  const ledger = ledgerOf(installation, inTransaction)
  const recording = recordingOf(installation, inTransaction, ledger)
  // Staff looks are written by the web role, which row-level security binds: COPY is not for it.
  const lookRecorder = createRecorder(recording, 'insert')
  const acting = actingOf(installation)
  const looker = lookerOf(installation, acting)
  const recordLook = createLookRecord({ ...reading, recorder: lookRecorder, looker })
  const identity = createIdentity({ inTransaction, clock, random })
  const enrolment = createEnrolment({
    db: installation.admin,
    subjectSecret: secrets.subjectKey,
    accountKey: secrets.accountKey,
    clock,
    random,
  })
  const recorder = createRecorder(recording, installation.mayCopy ? 'copy' : 'insert')
  const { appointments, book } = appointmentsOf(installation, { inTransaction, ledger })
  const { emergencies, declarations } = emergenciesOf(installation, { inTransaction, ledger })
  const ingestion = ingestionOf(installation, {
    ...{ inTransaction, ledger, recorder, enrolment },
    ...{ appointments: book, emergencies: declarations },
  })
  const publicLog = createPublicLog(inTransaction)
  const overview = createOverview({ ...reading, ledger, keepsHoldings: config.holdings })
  const notices = noticesOf(installation, inTransaction)
  const telling = { inTransaction, ledger, overview, tell: notices.tell }
  const requests = requestsOf(installation, telling)
  const asked = inquiriesOf(installation, telling)
  const agreed = consentsOf(installation, { ...telling, recorder: lookRecorder })
  const blocked = blocksOf(installation, telling)
  const ways = signInParts(installation, {
    ...{ inTransaction, enrolment, recorder: lookRecorder },
    tell: accountTelling(installation, notices.tell),
  })
  const taken = createTaken({ inTransaction })
  const saidOf = { appointments, emergencies }
  const told = { ...ways, ...requests, ...notices, ...asked, ...agreed, ...blocked, ...saidOf }
  return {
    inTransaction,
    ledger,
    publicLog,
    identity,
    enrolment,
    ...told,
    overview,
    registers: registersOf(installation, inTransaction),
    recordLook,
    ...officersOf(installation, { inTransaction, ledger, recordLook, tell: notices.tell, acting }),
    ingestion,
    requestOversight: createRequestOversight({ ...reading, supervision: requests.supervision }),
    taken,
    officeQuestions: officeQuestionsOf(installation, { inTransaction, ...asked }),
    tidings: createTidings({ inTransaction }),
    sectionsIn: sectionsOf(installation, { ...told, overview, taken }),
    information: createInformation({ catalogue, ingestion, publicLog, ledger }),
  }
}

/** What accesses are recorded with, by whoever records them. */
function recordingOf(
  { config, secrets, catalogue, clock, random }: Installation,
  inTransaction: InTransaction<Database>,
  ledger: Ledger,
) {
  return {
    ...{ catalogue, ledger, clock, random },
    origins: createOrigins(secrets.originKey),
    operatorKey: secrets.operatorKey,
    defaultPeriod: config.defaultPeriod,
    furtherRules: [
      createConsentRule({ inTransaction, catalogue }),
      createBlockRule({ inTransaction }),
    ],
    lookAgain: flagsAfterJudging,
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

/** Taking in what authorities report. */
function ingestionOf(
  { catalogue, clock, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    recorder,
    enrolment,
    appointments,
    emergencies,
  }: {
    inTransaction: InTransaction<Database>
    ledger: Ledger
    recorder: AccessRecorder
    enrolment: Enrolment
    appointments: AppointmentBook
    emergencies: EmergencyBook
  },
) {
  const origins = createOrigins(secrets.originKey)
  return createIngestion({
    inTransaction,
    catalogue,
    recorder,
    subjects: subjectsOf(enrolment),
    clock,
    random,
    evidenceKey: secrets.evidenceKey,
    pace: DEFAULT_PACE,
    openingOf: (trx, place) => openDelivered(trx, place, { catalogue, origins }),
    prove: (trx, index) => ledger.prove(trx, index),
    disputes: marksOf,
    appointments,
    emergencies,
  })
}

function subjectsOf(enrolment: Enrolment): Subjects {
  return {
    of: (scheme, value, authority) => enrolment.subjectOf({ scheme, value, authority }),
    keyOf: (scheme, value, authority) => enrolment.subjectKeyOf({ scheme, value, authority }),
  }
}
