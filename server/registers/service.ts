import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/actor.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Outbound } from '../platform/http/outbound.js'
import type { Clock } from '../platform/kernel/clock.js'
import { uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import type { ClaimSigner, PublicSigningKey } from '../platform/kernel/signing.js'
import type { Log } from '../platform/log.js'
import { readValues } from './answer.js'
import {
  askable,
  isResting,
  merged,
  type Connector,
  type Lateness,
  type LiveValue,
  type LiveValues,
  type Wanted,
} from './rules.js'
import { readConnectors } from './store.js'

/** What asking registers is made of. */
export interface RegistersDeps {
  readonly inTransaction: InTransaction<Database>
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** The portal's origin: who asks. */
  readonly origin: string
  readonly signer: ClaimSigner
  readonly outbound: Outbound
}

/** The residents' way to the values that offices hold now. */
export interface Registers {
  /**
   * Asks every connected office for what the resident wants to see, all at once, for one page: three
   * seconds at most. Nothing of the answers is stored, remembered or logged (AZRG § 34 (6), OZG § 10).
   * A session that rests on a letter gets nothing, and nobody gets what is not theirs.
   */
  values(actor: ResidentActor, wanted: readonly Wanted[]): Promise<LiveValues>
  /** The keys by which offices know our requests (RFC 7517). */
  readonly keys: readonly PublicSigningKey[]
}

/** One call: whom, about whom, which fields. */
interface Call extends Wanted {
  readonly url: string
}

/** `typ` of a request for values (RFC 8725 section 3.11). */
export const READ_TYPE = 'values-read+jwt'
/** How long a signed request counts (seconds). */
const LIFE_S = 30

/** Makes the way to the registers. */
export function createRegisters(deps: RegistersDeps): Registers {
  const lateness = new Map<string, Lateness>()
  return {
    keys: [deps.signer.publicKey],
    values: async (actor, wanted) => {
      const asked = askable(actor, wanted)
      if (asked.length === 0) return new Map()
      const calls = callsOf(asked, await connectorsFor(deps, actor, asked), deps.catalogue)
      const answers = calls.map(async (call) => ({
        office: call.office,
        values: await answerTo(call, deps, lateness),
      }))
      return merged(await Promise.all(answers))
    },
  }
}

/** The transaction ends before anybody is asked: no connection to the database waits for an office. */
async function connectorsFor(
  { inTransaction, catalogue }: RegistersDeps,
  actor: ResidentActor,
  wanted: readonly Wanted[],
): Promise<readonly Connector[]> {
  const offices = wanted.flatMap(({ office }) => catalogue.parties.byCode(office)?.id ?? [])
  return inTransaction(residentScope(actor), (trx) => readConnectors(trx, [...new Set(offices)]))
}

/** An office is asked for what it answers for, and not at all where that is nothing of it. */
function callsOf(
  wanted: readonly Wanted[],
  connectors: readonly Connector[],
  { parties, fields }: Catalogue,
): readonly Call[] {
  return wanted.flatMap((one) => {
    const office = parties.byCode(one.office)?.id
    const connector = connectors.find((known) => known.office === office)
    const asked = one.fields.filter((code) =>
      connector?.fields.includes(fields.byCode(code)?.id ?? -1),
    )
    return connector === undefined || asked.length === 0
      ? []
      : [{ ...one, url: connector.url, fields: asked }]
  })
}

async function answerTo(
  call: Call,
  deps: RegistersDeps,
  lateness: Map<string, Lateness>,
): Promise<ReadonlyMap<string, LiveValue>> {
  const { office, fields } = call
  const known = lateness.get(office)
  const told = isResting(known, deps.clock.now()) ? 'resting' : await ask(call, deps)
  const asOf = deps.clock.now()
  if (told === 'timeout') {
    lateness.set(office, { timeouts: (known?.timeouts ?? 0) + 1, lastAt: asOf })
  } else if (told !== 'resting') lateness.delete(office)
  if (typeof told === 'string') deps.log.info('registers.failed', { office, code: told })
  const texts = typeof told === 'string' ? undefined : told
  return new Map(
    fields.map((field): [string, LiveValue] => {
      const found = texts?.get(field)
      return [field, found ? { kind: 'value', texts: found, asOf } : { kind: 'not-available' }]
    }),
  )
}

/** The person stands in the signed claims alone: addresses end in logs. */
async function ask(
  { url, office, subject, fields }: Call,
  { clock, random, origin, signer, outbound }: RegistersDeps,
): Promise<ReadonlyMap<string, readonly string[]> | string> {
  const iat = Math.floor(clock.now().getTime() / 1000)
  const bearer = await signer.sign(READ_TYPE, {
    iss: origin,
    aud: new URL(url).origin,
    iat,
    exp: iat + LIFE_S,
    jti: uuidOf(random.bytes(16)),
    sub: subject,
    office,
    fields,
  })
  const answer = await outbound({ url, bearer })
  if (answer.kind === 'failed') return answer.why
  if (answer.status !== 200) return `status_${answer.status}`
  return readValues(answer.body, fields) ?? 'malformed'
}
