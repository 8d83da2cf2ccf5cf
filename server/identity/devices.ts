import type { Database } from '../database.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { residentScope, type ResidentActor } from './actor.js'
import { cancelCodes, readOpenCodes, type OpenCode } from './store/codes.js'
import { readOwnEids, removeEids, type OwnEid } from './store/eid.js'
import {
  endOwnSessions,
  readOwnPasskeys,
  readOwnSessions,
  removePasskey,
  type OwnPasskey,
  type OwnSession,
} from './store/passkeys.js'
import { IDLE } from './tokens.js'

/** What opens a resident's account, and who is inside. */
export interface DeviceFacts {
  readonly passkeys: readonly OwnPasskey[]
  readonly sessions: readonly OwnSession[]
  readonly eids: readonly OwnEid[]
  /** Codes that somebody could still use: the resident's own, or those of somebody who pretends to be them. */
  readonly codes: readonly OpenCode[]
}

/** The resident's devices. */
export interface Devices {
  read(actor: ResidentActor): Promise<DeviceFacts>
  /** The open codes alone: every first screen asks for them. */
  openCodes(actor: ResidentActor): Promise<readonly OpenCode[]>
  /** False where it is no passkey of theirs. */
  removePasskey(actor: ResidentActor, credential: Buffer): Promise<boolean>
  /** Ends every session, this one as well. */
  endSessions(actor: ResidentActor): Promise<void>
  /** Disconnects eIDs and ends the sessions that they opened. */
  removeEids(actor: ResidentActor): Promise<void>
  /** Stops all open codes; returns how many. */
  stopCodes(actor: ResidentActor): Promise<number>
}

/** Makes the use cases of the page of devices. */
export function createDevices(parts: {
  inTransaction: InTransaction<Database>
  clock: Clock
}): Devices {
  const { inTransaction, clock } = parts
  const writing = (actor: ResidentActor) => ({ ...residentScope(actor), readOnly: false })
  return {
    read: (actor) =>
      inTransaction(residentScope(actor), async (trx) => ({
        passkeys: await readOwnPasskeys(trx),
        sessions: await readOwnSessions(trx, clock.now(), IDLE),
        eids: await readOwnEids(trx),
        codes: await readOpenCodes(trx, clock.now()),
      })),
    openCodes: (actor) =>
      inTransaction(residentScope(actor), (trx) => readOpenCodes(trx, clock.now())),
    removePasskey: (actor, credential) =>
      inTransaction(writing(actor), (trx) => removePasskey(trx, credential, clock.now())),
    endSessions: (actor) => inTransaction(writing(actor), endOwnSessions),
    removeEids: (actor) => inTransaction(writing(actor), removeEids),
    stopCodes: (actor) => inTransaction(writing(actor), (trx) => cancelCodes(trx, clock.now())),
  }
}
