import type { Field, Party } from '../catalogue/index.js'
import type { Database } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { heldNow, wantedOf, type Overview } from '../overview/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import {
  createOutbound,
  isCallable,
  OUTBOUND_DEADLINE_MS,
  systemResolve,
  type Outbound,
} from '../platform/http/outbound.js'
import { signerFrom } from '../platform/kernel/signing.js'
import {
  createConnecting,
  createRegisters,
  type Connecting,
  type Registers,
} from '../registers/index.js'
import type { Installation } from './installation.js'

/** Names what the derived key is for; another label would be another key. */
export const SIGNING_LABEL = 'mirat/claims/v1'

/** The way out of this installation: plain http reaches this machine itself, and not in production. */
export function outboundOf({ config }: Pick<Installation, 'config'>): Outbound {
  return createOutbound({
    allowed: config.outboundAllowed,
    plainLoopback: !config.production,
    resolve: systemResolve,
    deadlineMs: OUTBOUND_DEADLINE_MS,
  })
}

/** The residents' way to the registers of offices. */
export function registersOf(
  installation: Installation,
  inTransaction: InTransaction<Database>,
): Registers {
  const { catalogue, clock, config, log, random, secrets } = installation
  return createRegisters({
    inTransaction,
    catalogue,
    clock,
    random,
    log,
    origin: config.origin,
    signer: signerFrom(secrets.evidenceKey, SIGNING_LABEL),
    outbound: outboundOf(installation),
  })
}

/** The operator's side of them. */
export function connectingOf({ admin, catalogue, clock, config }: Installation): Connecting {
  return createConnecting({
    db: admin,
    catalogue,
    clock,
    isCallable: (url) => isCallable(url, !config.production),
  })
}

/**
 * What one office has written now of some fields of a person: asked as the page of a field asks, of what the
 * office holds, and kept by nobody.
 */
export function writtenBy({
  overview,
  registers,
}: {
  readonly overview: Pick<Overview, 'holdings'>
  readonly registers: Registers
}) {
  return async (actor: ResidentActor, office: Party, fields: readonly Field[]) => {
    const codes = new Set(fields.map(({ code }) => code))
    const held = heldNow(await overview.holdings(actor)).filter(
      ({ holder, field }) => holder.code === office.code && codes.has(field.code),
    )
    const told = (await registers.values(actor, wantedOf(held))).get(office.code) ?? []
    return new Map(
      [...told].flatMap(([code, value]): [string, readonly string[]][] =>
        value.kind === 'value' ? [[code, value.texts]] : [],
      ),
    )
  }
}
