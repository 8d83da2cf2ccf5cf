import {
  createConsentDesk,
  createConsentPrograms,
  createConsentJournal,
  createConsents,
  createConsentUpkeep,
  createTemplating,
  type ConsentParts,
  type Tell,
} from '../consent/index.js'
import { receiptRoutes } from '../consent/routes/receipts.js'
import type { Database } from '../database.js'
import { createOrigins, type Ledger } from '../ledger/index.js'
import { newReference } from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Translate } from '../platform/http/texts.js'
import { signerFrom } from '../platform/kernel/signing.js'
import { isReference } from './inquiries.js'
import type { Installation } from './installation.js'

/** Digests of staff who record answers belong to no stream. */
const NO_STREAM = { stream: 0, seq: 0 }

/** Names what the derived key of receipts is for: offices must not take a receipt for a request of ours. */
export const RECEIPT_LABEL = 'mirat/consent-receipts/v1'

/** The room of consents: what controllers ask, what people answered, and who is told of an end. */
export function consentsOf(
  { catalogue, clock, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    tell,
  }: {
    readonly inTransaction: InTransaction<Database>
    readonly ledger: Ledger
    readonly tell: Tell
  },
) {
  const origin = createOrigins(secrets.originKey)(NO_STREAM)
  const parts: ConsentParts = {
    ...{ inTransaction, catalogue, clock, random, tell },
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
    consentPrograms: createConsentPrograms(parts),
    templating: createTemplating(parts),
    consentUpkeep: createConsentUpkeep(parts),
  }
}

/** Receipts of consents, and the key by which anybody knows them for ours. */
export function receiptRoutesOf(
  { catalogue, config, secrets }: Installation,
  { consents }: Pick<ReturnType<typeof consentsOf>, 'consents'>,
  german: Translate,
) {
  const signer = signerFrom(secrets.evidenceKey, RECEIPT_LABEL)
  const { origin } = config
  return {
    key: signer.publicKey,
    routes: receiptRoutes({ consents, catalogue, german, origin, signer }),
  }
}
