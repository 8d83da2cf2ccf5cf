import { calculateJwkThumbprint, importJWK } from 'jose'
import type { Catalogue, Party } from '../../catalogue/index.js'
import type { Db } from '../../database.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { compileCaseRef, type PatternFault } from '../case-ref.js'
import type { PublicJwk } from '../delivery.js'
import { partyFault } from '../rules.js'
import {
  endKey,
  insertKey,
  insertStream,
  listStreams,
  streamNumber,
  type RegisteredStream,
} from '../store/registration.js'

/** Why a registration is refused; commands say it in words. */
export type RegistrationFault =
  | 'bad_name'
  | 'name_taken'
  | 'unknown_authority'
  | 'office_required'
  | 'unknown_stream'
  | 'bad_kid'
  | 'kid_taken'
  | 'unknown_kid'
  | 'private_key'
  | 'bad_key'
  | 'bad_period'
  | PatternFault

/** A registered stream with the authority it belongs to. */
export type ListedStream = RegisteredStream & { readonly party: Party | undefined }

/** Who may deliver: kept by the operator, in the role of the owner. */
export interface Registration {
  register(stream: {
    readonly name: string
    readonly authority: string
    readonly caseRefPattern: string | undefined
  }): Promise<Result<undefined, RegistrationFault>>
  /** Adds a key; without a key id it gets the thumbprint of the key (RFC 7638). */
  addKey(key: {
    readonly stream: string
    readonly kid: string | undefined
    readonly jwk: unknown
    readonly from: Date | undefined
    readonly until: Date | undefined
  }): Promise<Result<{ readonly kid: string }, RegistrationFault>>
  /** Ends a key now; what it signed before stays valid. */
  endKey(kid: string): Promise<Result<undefined, RegistrationFault>>
  list(): Promise<readonly ListedStream[]>
}

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
const KID = /^[A-Za-z0-9_.:-]{1,128}$/

/** Makes the operator's side of ingestion over a connection of the owner. */
export function createRegistration(parts: {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly clock: Clock
}): Registration {
  const { db, catalogue, clock } = parts
  return {
    register: async ({ name, authority, caseRefPattern }) => {
      const party = catalogue.parties.byCode(authority)
      const fault = partyFault(party)
      if (!NAME.test(name)) return refuse('bad_name')
      if (fault === 'office_required') return refuse(fault)
      if (party === undefined || fault !== undefined) return refuse('unknown_authority')
      const pattern = caseRefPattern === undefined ? ok(undefined) : compileCaseRef(caseRefPattern)
      if (!pattern.ok) return pattern
      const stream = { name, authority: party.id, caseRefPattern, at: clock.now() }
      return (await insertStream(db, stream)) ? ok(undefined) : refuse('name_taken')
    },
    addKey: (key) => addKey(db, key, clock.now()),
    endKey: async (kid) =>
      (await endKey(db, kid, clock.now())) ? ok(undefined) : refuse('unknown_kid'),
    list: async () => {
      const streams = await listStreams(db)
      return streams.map((stream) => ({
        ...stream,
        party: catalogue.parties.byId(stream.authority),
      }))
    },
  }
}

async function addKey(
  db: Db,
  key: Parameters<Registration['addKey']>[0],
  now: Date,
): Promise<Result<{ readonly kid: string }, RegistrationFault>> {
  const from = key.from ?? now
  if (key.until !== undefined && key.until <= from) return refuse('bad_period')
  const publicJwk = await publicJwkOf(key.jwk)
  if (!publicJwk.ok) return publicJwk
  const stream = await streamNumber(db, key.stream)
  if (stream === undefined) return refuse('unknown_stream')
  const kid = key.kid ?? (await calculateJwkThumbprint({ ...publicJwk.value }))
  if (!KID.test(kid)) return refuse('bad_kid')
  const row = { kid, stream, publicJwk: publicJwk.value, from, until: key.until }
  return (await insertKey(db, row)) ? ok({ kid }) : refuse('kid_taken')
}

/** The public members alone, after the curve has been checked; a private key never reaches the database. */
async function publicJwkOf(jwk: unknown): Promise<Result<PublicJwk, RegistrationFault>> {
  if (typeof jwk !== 'object' || jwk === null) return refuse('bad_key')
  const { kty, crv, x, y, d } = jwk as Readonly<Record<string, unknown>>
  if (d !== undefined) return refuse('private_key')
  const publicJwk = shapeOf({ kty, crv, x, y })
  if (publicJwk === undefined) return refuse('bad_key')
  try {
    await importJWK({ ...publicJwk }, publicJwk.kty === 'OKP' ? 'EdDSA' : 'ES256')
    return ok(publicJwk)
  } catch {
    return refuse('bad_key')
  }
}

function shapeOf(jwk: Readonly<Record<'kty' | 'crv' | 'x' | 'y', unknown>>): PublicJwk | undefined {
  const { kty, crv, x, y } = jwk
  if (typeof x !== 'string') return undefined
  if (kty === 'OKP' && crv === 'Ed25519') return { kty, crv, x }
  return kty === 'EC' && crv === 'P-256' && typeof y === 'string' ? { kty, crv, x, y } : undefined
}
