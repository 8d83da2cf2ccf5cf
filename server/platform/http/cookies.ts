import { parseCookie, stringifySetCookie } from 'cookie'
import type { IncomingHttpHeaders } from 'node:http'

/** Names and attributes of our two cookies: `__Host-` needs https, which loopback has not. */
export interface Cookies {
  session(headers: IncomingHttpHeaders): string | undefined
  visitor(headers: IncomingHttpHeaders): string | undefined
  /** Set-Cookie values. */
  begin(token: string): string
  end(): string
  visit(nonce: string): string
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Reads and writes the session cookie and the visitor's nonce behind forms without a session. */
export function createCookies(secure: boolean): Cookies {
  const name = secure ? '__Host-mirat' : 'mirat'
  const visitor = `${name}-visit`
  const set = (cookie: string, value: string, maxAge?: number) =>
    stringifySetCookie({
      name: cookie,
      value,
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
      ...(maxAge === undefined ? {} : { maxAge }),
    })
  const read = (headers: IncomingHttpHeaders, cookie: string) => {
    const value = parseCookie(headers.cookie ?? '')[cookie]
    return value !== undefined && TOKEN.test(value) ? value : undefined
  }
  return {
    session: (headers) => read(headers, name),
    visitor: (headers) => read(headers, visitor),
    begin: (token) => set(name, token),
    end: () => set(name, '', 0),
    visit: (nonce) => set(visitor, nonce),
  }
}
