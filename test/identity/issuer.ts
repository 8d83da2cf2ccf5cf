import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { Provider } from 'oidc-provider'

/** Whoever stands before the issuer now: with an identity of some level, or giving up. */
export interface AtIssuer {
  person: { readonly sub: string; readonly acr: string } | 'gives up'
}

/** A real OpenID Connect provider on loopback, at which one person identifies without a page of its own. */
export interface TestIssuer {
  readonly env: Readonly<Record<string, string>>
  readonly now: AtIssuer
  /** Makes it ready for a portal at this address. */
  serve(portal: string): Promise<void>
  close(): Promise<void>
}

const CLIENT = { id: 'mirat', secret: 'a-secret-of-this-test' }
export const HIGH = 'urn:test:high'
export const LOW = 'urn:test:low'

/** Starts an issuer; before `serve` it answers nothing of use, as one that is down. */
export async function startIssuer(): Promise<TestIssuer> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503).end()
  }
  const server = createServer((request, response) => listener(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const now: AtIssuer = { person: 'gives up' }
  return {
    env: {
      OIDC_ISSUER: url,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_LEVELS: HIGH,
      OIDC_NAME: 'Ausweisdienst',
    },
    now,
    serve: async (portal) => {
      const provider = await providerAt(url, portal)
      const answer = provider.callback()
      listener = (request, response) => {
        if (request.url?.startsWith('/interaction/'))
          void identify(provider, now, { request, response })
        else void answer(request, response)
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function providerAt(url: string, portal: string): Promise<Provider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return new Provider(url, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${portal}/eid/back`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    acrValues: [HIGH, LOW],
    jwks: { keys: [await exportJWK(privateKey)] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['of this test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    pkce: { required: () => true },
  })
}

async function identify(
  provider: Provider,
  { person }: AtIssuer,
  {
    request,
    response,
  }: { request: Parameters<RequestListener>[0]; response: Parameters<RequestListener>[1] },
): Promise<void> {
  if (person === 'gives up') {
    await provider.interactionFinished(request, response, { error: 'access_denied' })
    return
  }
  const { sub: accountId, acr } = person
  const grant = new provider.Grant({ accountId, clientId: CLIENT.id })
  grant.addOIDCScope('openid')
  const grantId = await grant.save()
  await provider.interactionFinished(request, response, {
    login: { accountId, acr },
    consent: { grantId },
  })
}
