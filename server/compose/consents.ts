import {
  createConsentDesk,
  createConsentJournal,
  createConsents,
  createConsentUpkeep,
  createTemplating,
  type ConsentParts,
  type RecordAsk,
  type Tell,
} from '../consent/index.js'
import type { Database } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { createOrigins, type Ledger } from '../ledger/index.js'
import { createAskRecord, type AccessRecorder, type Overview } from '../overview/index.js'
import { newReference } from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { isReference } from './inquiries.js'
import type { Installation } from './installation.js'

/** Digests of staff who record answers belong to no stream. */
const NO_STREAM = { stream: 0, seq: 0 }

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
  const origin = createOrigins(secrets.originKey)(NO_STREAM)
  const parts: ConsentParts = {
    ...{ inTransaction, catalogue, clock, random, tell },
    recordAsk: askRecorded(createAskRecord({ catalogue, recorder, clock })),
    journal: createConsentJournal({
      ...{ ledger, catalogue },
      operatorDigest: ({ staff, thing, number }) =>
        origin.operatorDigest(`consent/${staff}/${thing}/${number}`),
    }),
    references: { fresh: () => newReference(random), isOne: isReference },
    onEnd: () => Promise.resolve(),
  }
  return {
    consents: createConsents(parts),
    consentDesk: createConsentDesk(parts),
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
