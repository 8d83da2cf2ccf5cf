import {
  createConsentDesk,
  createConsentPrograms,
  createConsentJournal,
  createConsents,
  createConsentNotices,
  createConsentUpkeep,
  createTemplating,
  createWithdrawalSending,
  tellOfEnd,
  type ConsentParts,
  type RecordAsk,
  type Tell,
} from '../consent/index.js'
import { receiptRoutes } from '../consent/routes/receipts.js'
import type { Database } from '../database.js'
import { createConsentCounter, type Ingestion } from '../ingestion/index.js'
import { consentApiRoutes } from '../ingestion/routes/consents.js'
import type { Enrolment, ResidentActor } from '../identity/index.js'
import type { Ledger } from '../ledger/index.js'
import { createAskRecord, type AccessRecorder, type Overview } from '../overview/index.js'
import { newReference } from '../rectification/index.js'
import type { Sending } from '../notices/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Translate } from '../platform/http/texts.js'
import { lettersAs } from '../platform/pdf/letter.js'
import { signerFrom } from '../platform/kernel/signing.js'
import { isReference } from './inquiries.js'
import type { Installation } from './installation.js'
import { operatorDigestOf } from './operators.js'
import { outboundOf, SIGNING_LABEL } from './registers.js'

/** Names what the derived key of receipts is for: offices must not take a receipt for a request of ours. */
export const RECEIPT_LABEL = 'mirat/consent-receipts/v1'

/** The room of consents: what controllers ask, what people answered, and who is told of an end. */
export function consentsOf(
  { catalogue, clock, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    tell,
    recorder,
  }: {
    readonly inTransaction: InTransaction<Database>
    readonly ledger: Ledger
    readonly tell: Tell
    /** For entries that staff write, as row-level security binds them. */
    readonly recorder: AccessRecorder
  },
) {
  const parts: ConsentParts = {
    ...{ inTransaction, catalogue, clock, random, tell },
    recordAsk: askRecorded(createAskRecord({ catalogue, recorder, clock })),
    journal: createConsentJournal({
      ...{ ledger, catalogue },
      operatorDigest: operatorDigestOf(secrets, 'consent/'),
    }),
    references: { fresh: () => newReference(random), isOne: isReference },
    onEnd: tellOfEnd,
  }
  return {
    consents: createConsents(parts),
    consentDesk: createConsentDesk(parts),
    consentPrograms: createConsentPrograms(parts),
    consentNotices: createConsentNotices(parts),
    templating: createTemplating(parts),
    consentUpkeep: createConsentUpkeep(parts),
  }
}

/** What offices hold of a person now and why; ended holdings are over. */
export function heldBy({ holdings }: Pick<Overview, 'holdings'>) {
  return async (actor: ResidentActor) =>
    (await holdings(actor)).filter(({ endedAt }) => endedAt === undefined)
}

/** The entry names office and unit, never who asked. */
function askRecorded(record: ReturnType<typeof createAskRecord>): RecordAsk {
  return (trx, { office, unit }, ask) =>
    record(trx, { office, ...(unit === undefined ? {} : { unit }) }, ask)
}

/** Receipts of consents, and the key by which anybody knows them for ours. */
export function receiptRoutesOf(
  { catalogue, config, secrets, standard }: Installation,
  { consents }: Pick<ReturnType<typeof consentsOf>, 'consents'>,
  german: Translate,
) {
  const draw = lettersAs(standard)
  const signer = signerFrom(secrets.evidenceKey, RECEIPT_LABEL)
  const { origin } = config
  return {
    key: signer.publicKey,
    routes: receiptRoutes({ consents, catalogue, german, origin, signer, draw }),
  }
}

/** What programs of controllers call. */
export function consentApiRoutesOf(
  { catalogue, config }: Installation,
  {
    ingestion,
    enrolment,
    consentPrograms: consents,
  }: Pick<ReturnType<typeof consentsOf>, 'consentPrograms'> & {
    readonly ingestion: Ingestion
    readonly enrolment: Enrolment
  },
) {
  const counter = createConsentCounter({
    ...{ ingestion, consents },
    subjects: {
      of: (scheme, value, authority) => enrolment.subjectOf({ scheme, value, authority }),
    },
  })
  return consentApiRoutes({ ingestion, counter, catalogue, origin: config.origin })
}

/** The way by which withdrawals reach controllers and recipients. */
export function withdrawalSendingOf(
  installation: Installation,
  inTransaction: InTransaction<Database>,
): Sending {
  const { catalogue, clock, config, log, secrets } = installation
  return createWithdrawalSending({
    ...{ inTransaction, catalogue, clock, log, origin: config.origin },
    signer: signerFrom(secrets.evidenceKey, SIGNING_LABEL),
    outbound: outboundOf(installation),
  })
}
