import { openGate } from '../../server/platform/http/limits.js'
import { expectProblem } from '../ingestion/problems.js'
import { observe } from '../ingestion/observed.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { visitor } from '../support/visitor.js'

describe('the gate', () => {
  const full = { pages: 2, programs: 2, stream: 1, uploads: 2, sender: 1 }
  const forever = () => new Promise<never>(() => undefined)
  const refusal = { code: 'UNAVAILABLE' }

  it('refuses what exceeds its places, and counts it', async () => {
    const gate = openGate(full)
    let leave = () => undefined as void
    const first = gate.within('/de/me', () => new Promise<void>((resolve) => (leave = resolve)))
    void gate.within('/de/me', forever)
    await expect(gate.within('/de/', async () => 1)).rejects.toMatchObject(refusal)
    expect([gate.inFlight(), gate.shed()]).toEqual([2, 1])
    leave()
    await first
    expect(await gate.within('/de/', async () => 1)).toBe(1)
  })

  it('frees the place of a request that fails', async () => {
    const gate = openGate({ ...full, pages: 1 })
    const failing = gate.within('/de/', () => Promise.reject(new Error('x')))
    await expect(failing).rejects.toThrow('x')
    expect(gate.inFlight()).toBe(0)
  })

  it('keeps pages and programs apart, and one stream from the places of another', async () => {
    const gate = openGate(full)
    void gate.within('/api/v1/streams/loud/batches', forever)
    const again = gate.within('/api/v1/streams/loud/receipts/1', async () => 1)
    await expect(again).rejects.toMatchObject(refusal)
    // The same stream, its name written in another way.
    const disguised = gate.within('/api/v1/streams/l%6Fud/batches', async () => 1)
    await expect(disguised).rejects.toMatchObject(refusal)
    expect(await gate.within('/api/v1/streams/quiet/batches', async () => 1)).toBe(1)
    void gate.within('/api/v1/catalogue', forever)
    await expect(gate.within('/api/v1/catalogue', forever)).rejects.toMatchObject(refusal)
    expect(await gate.within('/de/', async () => 1)).toBe(1)
  })
})

describe('an overloaded portal', () => {
  let app: TestApp
  const leave: (() => void)[] = []

  beforeAll(async () => {
    app = await startTestApp()
    const hold = () => new Promise<void>((resolve) => leave.push(resolve))
    for (let place = 0; place < 16; place++) {
      void app.portal.gate.within('/de/', hold)
      void app.portal.gate.within(`/api/v1/streams/s${place}/batches`, hold)
    }
  })

  afterAll(async () => {
    for (const one of leave) one()
    await app?.close()
  })

  it('sends people away at once, in their language, and says when to come back', async () => {
    const times: number[] = []
    for (let tries = 0; tries < 10; tries++) {
      const began = performance.now()
      const page = await visitor(app).get('/ar/sign-in')
      times.push(performance.now() - began)
      expect(page.status).toBe(503)
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(page.body).toContain(page.headers.get('x-request-id'))
      expect(page.body).toMatch(/<html[^>]* lang="ar"[^>]* dir="rtl"/)
    }
    expect(Math.min(...times)).toBeLessThan(100)
  })

  it('sends programs away with a problem', async () => {
    const answer = await observe(app, '/api/v1/catalogue')
    expectProblem(answer, 503, 'unavailable')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('still says that it lives, and shows the public log', async () => {
    for (const path of ['/livez', '/readyz', '/log/checkpoint', '/log/vkey']) {
      expect([path, (await observe(app, path)).status]).toEqual([path, 200])
    }
  })

  it('serves again as soon as there is room', async () => {
    for (const one of leave.splice(0)) one()
    await new Promise((resolve) => setImmediate(resolve))
    expect((await visitor(app).get('/ar/sign-in')).status).toBe(200)
  })
})
