import { createHmac } from 'node:crypto'
import * as oidc from 'openid-client'
import type { Database } from '../database.js'
import type { InTransaction, Scope } from '../platform/db/transaction.js'
import type { Clock } from '../platform/kernel/clock.js'
import { DomainError } from '../platform/kernel/errors.js'
import type { SubjectId } from './actor.js'
import type { Random } from '../platform/kernel/random.js'
import type { Log } from '../platform/log.js'
import { challengeHash } from './challenges.js'
import { openState, sealState, type EidState } from './eid-state.js'
import { beginEidSession, bindEid } from './store/eid.js'
import { answerChallenge } from './store/passkeys.js'
import type { TellAccount } from './telling.js'
import { newToken, RESIDENT_LIFE, tokenHash } from './tokens.js'

/** Who vouches for people by OpenID Connect: BundID through a broker, or the like. */
export interface EidProvider {
  /** As its discovery document names it (OpenID Connect Discovery 1.0). */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Levels (`acr`) that count as high. */
  readonly levels: readonly string[]
  /** Its name on the page. */
  readonly name: string
}

/** How coming back from the provider ended. */
export type EidEnd =
  | { readonly kind: 'begun'; readonly token: string }
  /** Connected to no account yet. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'bound' }
  /** Another account's. */
  | { readonly kind: 'taken' }
  /** Given up, too weak, too late, or not ours. */
  | { readonly kind: 'failed' }

/** Where a ceremony began, so that it ends there. */
export interface EidPlace {
  /** The secret behind this visitor's forms. */
  readonly secret: Buffer
  /** The session to connect with. */
  readonly sessionId?: Buffer
  /** Its resident, who is told of a new way in. */
  readonly subject?: SubjectId
}

/** Signing in with an eID, by the code flow with PKCE (RFC 6749, 7636; OpenID Connect Core 1.0). */
export interface Eid {
  readonly name: string
  /** Where the provider asks the person; throws UNAVAILABLE where it does not answer. */
  begin(purpose: EidState['purpose'], place: EidPlace & { language: string }): Promise<string>
  /** Ends what `begin` began; `address` is the whole address to which the provider led back. */
  end(
    address: string,
    place: EidPlace,
  ): Promise<EidEnd & { readonly purpose: EidState['purpose'] | undefined; language?: string }>
}

/** What it is made of. */
export interface EidParts {
  readonly provider: EidProvider
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  readonly accountKey: Buffer
  readonly log: Log
  readonly tell: TellAccount
  /** The address to which the provider leads back. */
  readonly back: string
}

const PUBLIC: Scope = { login: 'web', role: 'web_public' }
/** Seconds for one answer of the provider. */
const TIMEOUT_S = 3

/** Makes the sign-in with one provider; it is asked for its addresses when somebody first needs them. */
export function createEid(parts: EidParts): Eid {
  const { provider, random } = parts
  const discovered = remembered(() => discover(provider))
  return {
    name: provider.name,
    begin: async (purpose, { secret, language }) => {
      const config = await discovered()
      const verifier = oidc.randomPKCECodeVerifier()
      const nonce = oidc.randomNonce()
      const state = sealState(
        { purpose, verifier, nonce, language },
        { key: parts.accountKey, secret, now: parts.clock.now(), random },
      )
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: parts.back,
        scope: 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        acr_values: provider.levels.join(' '),
        // Never the session of whoever used this device before.
        prompt: 'login',
        ui_locales: language,
      })
      return address.href
    },
    end: async (address, place) => {
      const sealed = new URL(address).searchParams.get('state') ?? ''
      const found = openState(sealed, { ...place, key: parts.accountKey, now: parts.clock.now() })
      if (found === undefined) return { kind: 'failed', purpose: undefined }
      const { state, until } = found
      const { purpose, language } = state
      const used = challengeHash(Buffer.from(sealed, 'base64url'))
      const isFresh = await parts.inTransaction(PUBLIC, (trx) => answerChallenge(trx, used, until))
      const eid = isFresh
        ? await askProvider(parts, await discovered(), { address, sealed, state })
        : undefined
      const ended =
        eid === undefined
          ? ({ kind: 'failed' } as const)
          : await useEid(parts, eid, { purpose, place })
      return { language, ...ended, purpose }
    },
  }
}

/** Exchanges the code and checks the ID token; the keyed eID, or nothing where anything is not as it must be. */
async function askProvider(
  { provider, accountKey, log }: EidParts,
  config: oidc.Configuration,
  { address, sealed, state }: { address: string; sealed: string; state: EidState },
): Promise<Buffer | undefined> {
  const tokens = await oidc
    .authorizationCodeGrant(config, new URL(address), {
      pkceCodeVerifier: state.verifier,
      expectedState: sealed,
      expectedNonce: state.nonce,
      idTokenExpected: true,
    })
    .catch((error: unknown) => {
      // Giving up is no fault; a secret that the issuer does not know, say, is one, and only the operator can mend it.
      if (!(error instanceof oidc.AuthorizationResponseError)) log.error('eid refused', {}, error)
      return undefined
    })
  const claims = tokens?.claims()
  if (claims === undefined) return undefined
  if (typeof claims.acr !== 'string' || !provider.levels.includes(claims.acr)) return undefined
  return createHmac('sha256', accountKey)
    .update(`mirat/eid/v1\0${claims.iss}\0${claims.sub}`)
    .digest()
}

async function useEid(
  { inTransaction, clock, random, tell }: EidParts,
  eid: Buffer,
  { purpose, place }: { purpose: EidState['purpose']; place: EidPlace },
): Promise<EidEnd> {
  const at = clock.now()
  if (purpose === 'bind') {
    const { sessionId, subject } = place
    if (sessionId === undefined) return { kind: 'failed' }
    const outcome = await inTransaction(PUBLIC, async (trx) => {
      const bound = await bindEid(trx, { sessionId, eid, at })
      if (bound === 'bound' && subject) await tell(trx, { subject, code: 'eid_added' })
      return bound
    })
    return { kind: outcome === 'refused' ? 'failed' : outcome }
  }
  const token = newToken(random)
  const session = {
    eid,
    tokenHash: tokenHash(token),
    csrf: random.bytes(32),
    at,
    life: RESIDENT_LIFE,
  }
  const isBegun = await inTransaction(PUBLIC, (trx) => beginEidSession(trx, session))
  return isBegun ? { kind: 'begun', token } : { kind: 'unknown' }
}

async function discover({
  issuer,
  clientId,
  clientSecret,
}: EidProvider): Promise<oidc.Configuration> {
  const address = new URL(issuer)
  // On this machine alone, where nobody listens in: the configuration refuses plain http elsewhere.
  const execute = address.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  try {
    const options = { execute, timeout: TIMEOUT_S }
    return await oidc.discovery(address, clientId, clientSecret, undefined, options)
  } catch (cause) {
    throw new DomainError('UNAVAILABLE', { cause })
  }
}

/** Keeps what worked; what failed is tried again by the next who asks. */
function remembered<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
