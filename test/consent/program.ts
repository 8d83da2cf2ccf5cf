import { randomUUID } from 'node:crypto'
import type { TestApp } from '../support/app.js'
import { authorityOf, type TestAuthority } from '../ingestion/authority.js'
import { observe, type Answer } from '../ingestion/observed.js'

/** A program of an office that reads and asks about consents. */
export interface Program {
  readonly authority: TestAuthority
  /** A signed GET below the address of consents; `query` is not signed. */
  read(below: string, query?: string, changes?: object): Promise<Answer>
  /** The claims of an asking. */
  claims(asking: object): Record<string, unknown>
  /** Signs and posts claims. */
  ask(claims: object, header?: object): Promise<Answer>
}

const API = '/api/v1/consent'

/** Gives an office a key. */
export async function programOf(app: TestApp, code: string): Promise<Program> {
  const authority = await authorityOf(app, { code })
  const common = () => {
    const iat = Math.floor(app.clock.now().getTime() / 1000)
    return { iss: code, aud: app.url, iat, exp: iat + 60, jti: randomUUID() }
  }
  return {
    authority,
    read: async (below, query = '', changes = {}) => {
      const htu = `${app.url}${API}${below}`
      const claims = { ...common(), htm: 'GET', htu, ...changes }
      const token = await authority.sign(claims, { typ: 'access-read+jwt' })
      return observe(app, `${API}${below}${query}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    },
    claims: (asking) => ({ ...common(), ...asking }),
    ask: async (claims, header = {}) =>
      observe(app, `${API}/asks`, {
        method: 'POST',
        headers: { 'content-type': 'application/jose' },
        body: await authority.sign(claims, { typ: 'consent-ask+jwt', ...header }),
      }),
  }
}
