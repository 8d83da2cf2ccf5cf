import type { Database } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { createOrigins, type Ledger } from '../ledger/index.js'
import type { Overview } from '../overview/index.js'
import {
  createCaseKeys,
  createCasework,
  createJournal,
  createRectification,
  createUpkeep,
  type KnownOffice,
} from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { derivedKey } from '../platform/secrets.js'
import type { Installation } from './installation.js'

/** Digests of staff who work on requests belong to no stream. */
const NO_STREAM = { stream: 0, seq: 0 }

/** The room of rectification: what residents ask for, and what offices do about it. */
export function requestsOf(
  { catalogue, clock, random, secrets }: Installation,
  {
    inTransaction,
    ledger,
    overview,
  }: { inTransaction: InTransaction<Database>; ledger: Ledger; overview: Overview },
) {
  const { operatorDigest } = createOrigins(secrets.originKey)(NO_STREAM)
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
    requestUpkeep: createUpkeep(shared),
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
    ...(activity === undefined ? {} : { lastAt: activity.lastAt }),
  }))
}
