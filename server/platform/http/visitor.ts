import type { Request, Response } from 'express'
import { createHmac } from 'node:crypto'
import type { Random } from '../kernel/random.js'
import type { Cookies } from './cookies.js'

/** The secret behind the forms of a visitor without a session: bound to a nonce in a cookie of its own. */
export function visitorSecret(
  deps: { cookies: Cookies; random: Random; visitorKey: Buffer },
  { request, response }: { request: Request; response: Response },
): Buffer {
  const known = deps.cookies.visitor(request.headers)
  const nonce = known ?? deps.random.bytes(32).toString('base64url')
  if (known === undefined && request.method === 'GET') {
    response.append('Set-Cookie', deps.cookies.visit(nonce))
  }
  return createHmac('sha256', deps.visitorKey).update(nonce).digest()
}
