import { createHash, createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto'
import { CompactSign } from 'jose'

/** A public Ed25519 key as others read it (RFC 8037); `kid` is its thumbprint (RFC 7638). */
export interface PublicSigningKey {
  readonly kty: 'OKP'
  readonly crv: 'Ed25519'
  readonly x: string
  readonly kid: string
  readonly alg: 'EdDSA'
  readonly use: 'sig'
}

/** Signs claims as a compact JWS (RFC 7515) whose header names algorithm, key and `typ` (RFC 8725 section 3.11). */
export interface ClaimSigner {
  readonly publicKey: PublicSigningKey
  sign(typ: string, claims: Readonly<Record<string, unknown>>): Promise<string>
}

/** PKCS #8 around an Ed25519 seed (RFC 8410 section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Makes a signer whose key is derived (HKDF-SHA256, RFC 5869) from a secret of the installation: the
 * label keeps it apart from whatever else that secret is for, so that no key is used for two things.
 */
export function signerFrom(secret: Buffer, label: string): ClaimSigner {
  const seed = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), label, 32))
  const der = Buffer.concat([PKCS8_PREFIX, seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = publicKeyOf(createPublicKey(key).export({ format: 'jwk' }).x ?? '')
  return {
    publicKey,
    sign: (typ, claims) =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', kid: publicKey.kid, typ })
        .sign(key),
  }
}

function publicKeyOf(x: string): PublicSigningKey {
  const members = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x })
  const kid = createHash('sha256').update(members).digest('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }
}
