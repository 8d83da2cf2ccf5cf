import type { Actor } from '../../server/identity/index.js'
import { GATE_LIMITS, openGate } from '../../server/platform/http/limits.js'
import type { Answer, RouteSpec } from '../../server/platform/http/route.js'
import { DomainError } from '../../server/platform/kernel/errors.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { listenWith } from '../support/extra-routes.js'

const LEAST_MS = 300
const plain = (body: string): Answer => ({ kind: 'bytes', body, type: 'text/plain' })

let app: TestApp
let narrow: { readonly url: string; close(): Promise<unknown> }
/** Called when the work of the slow answer is done, and only its time is missing. */
let worked: () => void

const ROUTES: readonly RouteSpec<Actor>[] = [
  {
    name: 'hold.slow',
    method: 'get',
    path: '/:lang/hold/slow',
    allow: 'everyone',
    leastMs: LEAST_MS,
    handle: async () => {
      worked()
      return plain('slow')
    },
  },
  {
    name: 'hold.refused',
    method: 'get',
    path: '/:lang/hold/refused',
    allow: 'everyone',
    leastMs: LEAST_MS,
    handle: () => Promise.reject(new DomainError('NOT_FOUND')),
  },
  {
    name: 'hold.quick',
    method: 'get',
    path: '/:lang/hold/quick',
    allow: 'everyone',
    handle: async () => plain('quick'),
  },
]

beforeAll(async () => {
  app = await startTestApp()
  const gate = openGate({ ...GATE_LIMITS, pages: 1 })
  narrow = await listenWith(app, ROUTES, { gate })
})

afterAll(async () => {
  await narrow?.close()
  await app?.close()
})

describe('an answer that is held back', () => {
  it.each([
    ['slow', 200],
    ['refused', 404],
  ])('takes its least time, whether it comes or fails: %s', async (name, status) => {
    worked = () => undefined
    const began = performance.now()
    const answer = await fetch(`${narrow.url}/de/hold/${name}`)
    expect(answer.status).toBe(status)
    expect(performance.now() - began).toBeGreaterThanOrEqual(LEAST_MS)
  })

  it('keeps no place at work while it waits', async () => {
    const isWorked = new Promise<void>((resolve) => {
      worked = resolve
    })
    const slow = fetch(`${narrow.url}/de/hold/slow`)
    await isWorked
    // One turn of the loop of events later the gate has its only place back.
    await new Promise((resolve) => setImmediate(resolve))
    expect((await fetch(`${narrow.url}/de/hold/quick`)).status).toBe(200)
    expect((await slow).status).toBe(200)
  })
})
