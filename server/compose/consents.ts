import {
  createConsentDesk,
  createConsentJournal,
  createConsents,
  createConsentNotices,
  createConsentUpkeep,
  createTemplating,
  createWithdrawalSending,
  tellOfEnd,
  type ConsentParts,
  type Tell,
} from '../consent/index.js'
import type { Database } from '../database.js'
import { createOrigins, type Ledger } from '../ledger/index.js'
import { newReference } from '../rectification/index.js'
import type { Sending } from '../notices/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { signerFrom } from '../platform/kernel/signing.js'
import { isReference } from './inquiries.js'
import type { Installation } from './installation.js'
import { outboundOf, SIGNING_LABEL } from './registers.js'

/** Digests of staff who record answers belong to no stream. */
const NO_STREAM = { stream: 0, seq: 0 }

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
    onEnd: tellOfEnd,
  }
  return {
    consents: createConsents(parts),
    consentDesk: createConsentDesk(parts),
    consentNotices: createConsentNotices(parts),
    templating: createTemplating(parts),
    consentUpkeep: createConsentUpkeep(parts),
  }
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
