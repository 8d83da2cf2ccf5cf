import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { DomainError } from '../kernel/errors.js'
import type { Random } from '../kernel/random.js'

const NONCE_BYTES = 16

/** A token for one form: a fresh nonce and its MAC, so that compressed pages never repeat the secret. */
export function csrfToken(secret: Buffer, random: Random): string {
  const nonce = random.bytes(NONCE_BYTES)
  return Buffer.concat([nonce, mac(secret, nonce)]).toString('base64url')
}

/** Throws CSRF unless the request comes from our own page and carries a token of this session. */
export function checkCsrf(request: {
  headers: IncomingHttpHeaders
  token: string | null
  secret: Buffer
  origin: string
}): void {
  checkOwnPage(request.headers, request.origin)
  const raw = Buffer.from(request.token ?? '', 'base64url')
  if (raw.length !== NONCE_BYTES + 32) throw new DomainError('CSRF')
  const expected = mac(request.secret, raw.subarray(0, NONCE_BYTES))
  if (!timingSafeEqual(expected, raw.subarray(NONCE_BYTES))) throw new DomainError('CSRF')
}

/** Throws CSRF where the headers say that a request comes from another site: known before any body is read. */
export function checkOwnPage(headers: IncomingHttpHeaders, origin: string): void {
  if (!fromOwnPage(headers, origin)) throw new DomainError('CSRF')
}

/** Fetch metadata first; browsers without it send Origin with every POST; neither means no browser form. */
function fromOwnPage(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  if (headers.origin !== undefined) return headers.origin === origin
  return true
}

function mac(secret: Buffer, nonce: Buffer): Buffer {
  return createHmac('sha256', secret).update('mirat/csrf/v1\0').update(nonce).digest()
}
