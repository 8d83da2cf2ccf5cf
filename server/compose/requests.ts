import type { Database } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { isBlocked } from '../blocks/index.js'
import type { Ledger } from '../ledger/index.js'
import type { Sending, Tell } from '../notices/index.js'
import type { Overview } from '../overview/index.js'
import {
  createCaseKeys,
  createEvidence,
  createCasework,
  createEndpoints,
  createJournal,
  createRectification,
  createSending,
  createSupervision,
  createUpkeep,
  valueTexts,
  type CaseKeys,
  type Endpoints,
  type HoldingOffice,
} from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { createScanner } from '../platform/files/scanner.js'
import { derivedKey } from '../platform/secrets.js'
import { GERMAN } from '../platform/http/languages.js'
import { isCallable } from '../platform/http/outbound.js'
import type { Texts } from '../platform/http/texts.js'
import { signerFrom } from '../platform/kernel/signing.js'
import type { Installation } from './installation.js'
import { operatorDigestOf } from './operators.js'
import { outboundOf, SIGNING_LABEL } from './registers.js'

/** The room of rectification: what residents ask for, and what offices do about it. */
export function requestsOf(
  { catalogue, clock, config, inspect, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    overview,
    tell,
  }: {
    inTransaction: InTransaction<Database>
    ledger: Ledger
    overview: Overview
    tell: Tell
  },
) {
  const operatorDigest = operatorDigestOf(secrets, '')
  const shared = {
    ...{ inTransaction, catalogue, clock, operatorDigest },
    journal: createJournal({ ledger, catalogue, operatorDigest, tell }),
    keys: caseKeysOf({ secrets, random }),
  }
  return {
    rectification: createRectification({
      ...shared,
      random,
      mostOpen: config.openRequests,
      mostADay: config.filingsADay,
      officesOf: (actor, field) => officesOf(overview, actor, field),
    }),
    casework: createCasework({ ...shared, isBlocked }),
    supervision: createSupervision(shared),
    evidence: createEvidence({
      ...shared,
      random,
      inspect,
      scan: config.scanner && createScanner(config.scanner),
    }),
    requestUpkeep: createUpkeep({ ...shared, tell }),
  }
}

function caseKeysOf({ secrets, random }: Pick<Installation, 'secrets' | 'random'>): CaseKeys {
  return createCaseKeys(derivedKey(secrets.evidenceKey, 'requests'), random)
}

/** The way by which decisions reach offices; values are written in German, as registers are. */
export function sendingOf(
  installation: Installation,
  { inTransaction, texts }: { inTransaction: InTransaction<Database>; texts: Texts },
): Sending {
  const { catalogue, clock, config, log, secrets } = installation
  const german = { t: texts.in(GERMAN), texts: catalogue.texts(GERMAN.tag), language: GERMAN }
  return createSending({
    ...{ inTransaction, catalogue, clock, log },
    keys: caseKeysOf(installation),
    origin: config.origin,
    signer: signerFrom(secrets.evidenceKey, SIGNING_LABEL),
    outbound: outboundOf(installation),
    textsOf: (wanted) => valueTexts(german, wanted),
  })
}

/** The operator's side of it. */
export function endpointsOf({ admin, catalogue, clock, config }: Installation): Endpoints {
  return createEndpoints({
    db: admin,
    catalogue,
    clock,
    isCallable: (url) => isCallable(url, !config.production),
  })
}

/** The offices of a person's log, and whether each of them holds a field. */
async function officesOf(
  overview: Overview,
  actor: ResidentActor,
  field: string,
): Promise<readonly HoldingOffice[]> {
  const offices = await overview.offices(actor)
  return offices.map(({ party, fields, activity }) => ({
    party,
    holds: fields.some(({ code }) => code === field),
    keeps: fields.length > 0,
    fields: fields.map(({ code }) => code),
    ...(activity === undefined ? {} : { lastAt: activity.lastAt }),
  }))
}
