import type { Database } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { createOrigins, type Ledger } from '../ledger/index.js'
import type { Overview } from '../overview/index.js'
import {
  createCaseKeys,
  createEvidence,
  createCasework,
  createJournal,
  createRectification,
  createUpkeep,
  type KnownOffice,
  type OperatorDigest,
} from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { createScanner } from '../platform/files/scanner.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'

/** Digests of staff who work on requests belong to no stream. */
const NO_STREAM = { stream: 0, seq: 0 }

/** The room of rectification: what residents ask for, and what offices do about it. */
export function requestsOf(
  { catalogue, clock, config, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    overview,
  }: { inTransaction: InTransaction<Database>; ledger: Ledger; overview: Overview },
) {
  const origin = createOrigins(secrets.originKey)(NO_STREAM)
  const operatorDigest: OperatorDigest = ({ staff, request, number }) =>
    origin.operatorDigest(`${staff}/${request}/${number}`)
  const shared = {
    ...{ inTransaction, catalogue, clock, operatorDigest },
    journal: createJournal({ ledger, catalogue, operatorDigest }),
    keys: createCaseKeys(derivedKey(secrets.evidenceKey, 'requests'), random),
  }
  return {
    rectification: createRectification({
      ...shared,
      random,
      officesOf: (actor, field) => officesOf(overview, actor, field),
    }),
    casework: createCasework(shared),
    evidence: createEvidence({
      ...shared,
      random,
      scan: config.scanner && createScanner(config.scanner),
    }),
    requestUpkeep: createUpkeep({ inTransaction, clock }),
  }
}

/** The offices of a person's log, and whether each of them holds a field. */
async function officesOf(
  overview: Overview,
  actor: ResidentActor,
  field: string,
): Promise<readonly KnownOffice[]> {
  const offices = await overview.offices(actor)
  return offices.map(({ party, fields, activity }) => ({
    party,
    holds: fields.some(({ code }) => code === field),
    keeps: fields.length > 0,
    ...(activity === undefined ? {} : { lastAt: activity.lastAt }),
  }))
}
