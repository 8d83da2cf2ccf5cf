import type { Actor } from '../../server/identity/index.js'
import type { RouteSpec } from '../../server/platform/http/route.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'

const WHO: RouteSpec<Actor> = {
  name: 'client.who',
  method: 'get',
  path: '/:lang/who',
  allow: 'everyone',
  handle: async ({ client }) => ({ kind: 'bytes', body: client, type: 'text/plain' }),
}

let app: TestApp
let open: { readonly url: string; close(): Promise<unknown> }
let behind: typeof open

beforeAll(async () => {
  app = await startTestApp()
  open = await listenWith(app, [WHO])
  behind = await listenWith(app, [WHO], { trustedProxies: ['127.0.0.0/8', '198.51.100.7'] })
})

afterAll(async () => {
  await open?.close()
  await behind?.close()
  await app?.close()
})

async function seen({ url }: typeof open, forwarded: string): Promise<string> {
  const headers = { 'x-forwarded-for': forwarded }
  return (await fetch(`${url}/de/who`, { headers })).text()
}

describe('the address of a client', () => {
  it('is that of the connection, whatever a client says of itself', async () => {
    expect(await seen(open, '203.0.113.9')).toBe('127.0.0.1')
  })

  it.each([
    ['is what a trusted proxy says', '203.0.113.9', '203.0.113.9'],
    [
      'is what the last trusted proxy saw, not what came before',
      '1.1.1.1, 203.0.113.9',
      '203.0.113.9',
    ],
    ['is found through several trusted proxies', '203.0.113.9, 198.51.100.7', '203.0.113.9'],
    ['is written as IPv4 where it is one', '::ffff:203.0.113.9', '203.0.113.9'],
    ['may be IPv6', '2001:db8::1', '2001:db8::1'],
    ['is the proxy’s where the proxy says no address', 'unknown', '127.0.0.1'],
    ['is the proxy’s where the proxy says none that is whole', '203.0.113.9:4711', '127.0.0.1'],
  ])('%s', async (_rule, forwarded, client) => {
    expect(await seen(behind, forwarded)).toBe(client)
  })
})
