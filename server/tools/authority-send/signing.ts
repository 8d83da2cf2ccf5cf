import {
  calculateJwkThumbprint,
  CompactSign,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import type { KeygenOptions } from './options.js'
import { EXIT, Stop } from './stop.js'

/** Signs requests of one authority. */
export interface Signer {
  readonly kid: string
  /** A compact JWS of a type over claims; iss, iat, exp and jti are added, fresh each time. */
  sign(typ: string, claims: Readonly<Record<string, unknown>>): Promise<string>
}

/** Lifetime of a signed request in seconds: five below the portal's limit, as clocks differ. */
const LIFETIME = 55

/** Opens a private JWK (RFC 7517), Ed25519 or P-256. */
export async function openSigner(
  file: string,
  who: { readonly issuer: string; readonly kid: string | undefined },
): Promise<Signer> {
  const jwk = await readJwk(file)
  const alg = algorithmOf(jwk)
  if (alg === undefined || jwk.d === undefined) {
    throw new Stop(EXIT.usage, `${file} holds no private JWK of Ed25519 or P-256.`)
  }
  const key = await importJWK(jwk, alg)
  const kid = who.kid ?? jwk.kid ?? (await calculateJwkThumbprint(jwk))
  return {
    kid,
    sign: (typ, claims) => {
      const iat = Math.floor(new Date().getTime() / 1000)
      const times = { iat, exp: iat + LIFETIME, jti: randomUUID() }
      const payload = JSON.stringify({ iss: who.issuer, ...times, ...claims })
      return new CompactSign(Buffer.from(payload)).setProtectedHeader({ alg, kid, typ }).sign(key)
    },
  }
}

async function readJwk(file: string): Promise<JWK> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK
  } catch {
    throw new Stop(EXIT.usage, `The key file ${file} cannot be read as a JWK.`)
  }
}

function algorithmOf({ kty, crv }: JWK): 'EdDSA' | 'ES256' | undefined {
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA'
  return kty === 'EC' && crv === 'P-256' ? 'ES256' : undefined
}

/** Makes a key pair, writes the private JWK for its owner's eyes alone, and gives the public one. */
export async function generateKey({ out, algorithm }: KeygenOptions): Promise<JWK> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, {
    ...(algorithm === 'EdDSA' ? { crv: 'Ed25519' } : {}),
    extractable: true,
  })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const privateJwk = { ...(await exportJWK(privateKey)), alg: algorithm, kid }
  try {
    await writeFile(out, `${JSON.stringify(privateJwk)}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
    const reason = isThere ? 'exists already and is not overwritten' : 'cannot be written'
    throw new Stop(EXIT.usage, `${out} ${reason}.`)
  }
  return { ...publicJwk, alg: algorithm, kid }
}
