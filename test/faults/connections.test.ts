import { connect } from 'node:net'
import { listen, PATIENCE, type Listening } from '../../server/platform/http/listen.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { idleConnections } from '../support/idle.js'

describe('connections that are slow on purpose', () => {
  const patience = { headersMs: 300, requestMs: 600, checkMs: 50, idleMs: 600 }
  let server: Listening

  beforeAll(async () => {
    const long = Buffer.alloc(64 * 1024 * 1024)
    server = await listen(
      (request, response) => {
        request.on('error', () => undefined).resume()
        request.once('end', () => response.end(request.url === '/long' ? long : 'here'))
      },
      { host: '127.0.0.1', port: 0, patience },
    )
  })

  afterAll(() => server?.close())

  /** Sends the lines, then a byte now and then; gives the time until it was cut, and what came back. */
  function drip(lines: string, options: { byte: string; reads: boolean }) {
    return new Promise<{ ms: number; said: string }>((resolve) => {
      const began = performance.now()
      const socket = connect(server.port, '127.0.0.1')
      const dripping = setInterval(() => options.byte && socket.write(options.byte), 40)
      let said = ''
      socket.on('error', () => undefined)
      if (options.reads) socket.on('data', (data) => (said = (said + data.toString()).slice(-99)))
      else socket.pause()
      socket.once('close', () => {
        clearInterval(dripping)
        resolve({ ms: performance.now() - began, said })
      })
      socket.write(lines)
      // A reader that takes nothing does not see the end either, unless it reads at last.
      if (!options.reads) setTimeout(() => socket.resume(), 2_500)
    })
  }

  it.each([
    ['a slow header', 'GET / HTTP/1.1\r\nHost: x\r\n', 'X: y\r\n'],
    ['a slow body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n', 'x'],
    ['a connection that says nothing', '', ''],
  ])('cuts %s', async (_name, lines, byte) => {
    const { ms } = await drip(lines, { byte, reads: true })
    expect(ms).toBeGreaterThan(250)
    expect(ms).toBeLessThan(3_000)
  })

  it('cuts a reader that takes nothing, and holds nothing for it any longer', async () => {
    const { said } = await drip('GET /long HTTP/1.1\r\nHost: x\r\n\r\n', { byte: '', reads: false })
    expect(said).toBe('')
  })

  it('serves a reader that takes its time but goes on', async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/`)
    expect(await answer.text()).toBe('here')
  })

  it('is set to cut each of them within 15 seconds', () => {
    for (const ms of [PATIENCE.headersMs, PATIENCE.requestMs, PATIENCE.idleMs]) {
      expect(ms).toBeLessThanOrEqual(15_000)
    }
    expect(PATIENCE.checkMs).toBeLessThanOrEqual(1_000)
  })
})

describe('two thousand idle connections', () => {
  let app: TestApp

  beforeAll(async () => {
    app = await startTestApp()
  })

  afterAll(() => app?.close())

  it('keep nobody from being served', async () => {
    const idle = await idleConnections(Number(new URL(app.url).port), 2_000)
    const times: number[] = []
    for (let tries = 0; tries < 20; tries++) {
      const began = performance.now()
      expect((await fetch(`${app.url}/livez`)).status).toBe(200)
      times.push(performance.now() - began)
    }
    expect(idle.open()).toBe(2_000)
    expect(Math.max(...times)).toBeLessThan(1_000)
    idle.end()
  })
})
