import { execFile } from 'node:child_process'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createSocketServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import {
  createOutbound,
  systemResolve,
  type OutboundParts,
} from '../../server/platform/http/outbound.js'
import { ROOT } from '../../server/platform/root.js'
import { certificateFor } from '../support/certificate.js'

const NAME = 'register.example'
const ours = certificateFor([NAME, '127.0.0.1'])
const servers: Server[] = []
const JSON_HEAD = { 'content-type': 'application/json' }

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function listening(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const plain = (answer: RequestListener) => listening(createServer(answer))
const secure = (answer: RequestListener, certificate = ours) =>
  listening(createTlsServer(certificate, answer))
const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) => {
    response.writeHead(status, JSON_HEAD).end(JSON.stringify(body))
  }

/** Resolves every name to this machine, which the operator allows, and trusts our certificate. */
const PARTS: OutboundParts = {
  allowed: ['127.0.0.1'],
  plainLoopback: false,
  resolve: () => Promise.resolve(['127.0.0.1']),
  deadlineMs: 3_000,
  ca: ours.cert,
}
const way = (parts: Partial<OutboundParts> = {}) => createOutbound({ ...PARTS, ...parts })
const answered = (status: number, body: unknown) => ({ kind: 'answer', status, body })
const failed = (why: string) => ({ kind: 'failed', why })

/** A call in a process with these variables. */
async function calledIn(env: Readonly<Record<string, string>>, url: string): Promise<unknown> {
  const args = ['--import', 'tsx', join(ROOT, 'test/platform/outbound-call.ts'), url, ours.cert]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: ROOT })
  return JSON.parse(stdout)
}

describe('a call over https', () => {
  it('brings the answer of the office, whatever its status', async () => {
    const port = await secure(json({ known: true }, 409))
    expect(await way()({ url: `https://${NAME}:${port}/values` })).toEqual(
      answered(409, { known: true }),
    )
  })

  it('sends what it was given and nothing of its own', async () => {
    let met: object = {}
    const port = await secure((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method, url, headers } = request
        met = { method, url, headers, body: Buffer.concat(chunks).toString() }
        response.writeHead(201, { 'set-cookie': 'a=b' }).end()
      })
    })
    const url = `https://${NAME}:${port}/corrections?x=1`
    const post = { type: 'application/jose', body: 'ä.b.c' }
    expect(await way()({ url, bearer: 'token', post })).toEqual(answered(201, undefined))
    expect(met).toEqual({
      method: 'POST',
      url: '/corrections?x=1',
      body: 'ä.b.c',
      headers: {
        host: `${NAME}:${port}`,
        accept: 'application/json',
        'accept-encoding': 'identity',
        connection: 'close',
        authorization: 'Bearer token',
        'content-type': 'application/jose',
        'content-length': '6',
      },
    })
  })

  it.each([
    ['another name', certificateFor(['other.example'])],
    ['a day that is over', certificateFor([NAME], { until: new Date(Date.now() - 1000) })],
    ['an authority nobody trusts', certificateFor([NAME])],
  ])('ends at a certificate of %s', async (what, certificate) => {
    const port = await secure(json({}), certificate)
    const ca = what === 'an authority nobody trusts' ? ours.cert : certificate.cert
    expect(await way({ ca })({ url: `https://${NAME}:${port}/` })).toEqual(failed('tls'))
  })

  it('verifies certificates even where the environment says not to', async () => {
    const port = await secure(json({}), certificateFor(['other.example']))
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    expect(await calledIn(env, `https://${NAME}:${port}/`)).toEqual(failed('tls'))
  })

  it('goes through no proxy of the environment', async () => {
    const port = await secure(json('straight'))
    const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'ALL_PROXY', 'all_proxy']
    const env = Object.fromEntries(names.map((name) => [name, 'http://127.0.0.1:9']))
    const answer = await calledIn({ ...env, NODE_USE_ENV_PROXY: '1' }, `https://${NAME}:${port}/`)
    expect(answer).toEqual(answered(200, 'straight'))
  })
})

describe('an address', () => {
  it('that is refused refuses the others of its name', async () => {
    const resolve = () => Promise.resolve(['93.184.215.14', '10.0.0.1'])
    expect(await way({ resolve })({ url: 'https://register.example/' })).toEqual(
      failed('refused-address'),
    )
  })

  it('that changes after it was judged changes nothing: the name is asked for once', async () => {
    const port = await secure(json('first'))
    const asked: string[] = []
    const resolve = (host: string) => {
      asked.push(host)
      return Promise.resolve([asked.length === 1 ? '127.0.0.1' : '169.254.169.254'])
    }
    const call = way({ resolve })
    expect(await call({ url: `https://${NAME}:${port}/` })).toEqual(answered(200, 'first'))
    expect(asked).toEqual([NAME])
    expect(await call({ url: `https://${NAME}:${port}/` })).toEqual(failed('refused-address'))
  })

  it('that nobody knows is unreachable, as is one where nobody listens', async () => {
    const resolve = () => Promise.reject(new Error('ENOTFOUND'))
    const url = `https://${NAME}:1024/`
    expect(await way({ resolve })({ url })).toEqual(failed('unreachable'))
    expect(await way({ resolve: () => Promise.resolve([]) })({ url })).toEqual(
      failed('refused-address'),
    )
    expect(await way()({ url })).toEqual(failed('unreachable'))
  })
})

describe('plain http', () => {
  it('reaches this machine where that is allowed, by name or address', async () => {
    const port = await plain(json('here'))
    const call = way({ plainLoopback: true, allowed: [], resolve: systemResolve })
    for (const host of ['localhost', '127.0.0.1']) {
      const answer = await call({ url: `http://${host}:${port}/` })
      expect(answer).toEqual(answered(200, 'here'))
    }
  })

  it('reaches nothing else, whatever the operator allows', async () => {
    const parts = { plainLoopback: true, allowed: ['10.0.0.0/8'] }
    const call = way({ ...parts, resolve: () => Promise.resolve(['10.0.0.1']) })
    expect(await call({ url: 'http://localhost:8080/' })).toEqual(failed('refused-address'))
    const both = way({ ...parts, resolve: () => Promise.resolve(['127.0.0.1', '10.0.0.1']) })
    expect(await both({ url: 'http://localhost:8080/' })).toEqual(failed('refused-address'))
    const url = 'http://register.example:8080/'
    expect(await way({ plainLoopback: true })({ url })).toEqual(failed('refused-address'))
  })
})

describe('an answer', () => {
  const answerOf = async (listener: RequestListener, parts: Partial<OutboundParts> = {}) => {
    const port = await secure(listener)
    return way(parts)({ url: `https://${NAME}:${port}/` })
  }

  it.each([301, 302, 303, 307, 308])('of %i is not followed', async (status) => {
    let calls = 0
    const answer = await answerOf((_request, response) => {
      calls += 1
      response.writeHead(status, { location: 'http://169.254.169.254/' }).end()
    })
    expect([answer, calls]).toEqual([failed('redirect'), 1])
  })

  it.each([true, false])('of two megabytes is not read (announced: %s)', async (announced) => {
    const body = Buffer.alloc(2 * 1_048_576, 0x20)
    const answer = await answerOf((_request, response) => {
      const length = announced ? { 'content-length': body.length } : {}
      response.writeHead(200, { ...JSON_HEAD, ...length }).end(body)
    })
    expect(answer).toEqual(failed('too-large'))
  })

  it('that drips is cut at the deadline, in its head or in its body', async () => {
    const drip: RequestListener = (_request, response) => {
      response.writeHead(200, JSON_HEAD)
      const drops = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(drops))
    }
    for (const listener of [drip, () => undefined]) {
      const begun = performance.now()
      expect(await answerOf(listener, { deadlineMs: 400 })).toEqual(failed('timeout'))
      expect(performance.now() - begun).toBeLessThan(900)
    }
  })

  it('is waited for three seconds at most, finding the name included', async () => {
    const begun = performance.now()
    const resolve = async () => wait(4_000, ['127.0.0.1'], { ref: false })
    expect(await way({ resolve })({ url: `https://${NAME}/` })).toEqual(failed('timeout'))
    expect(performance.now() - begun).toBeGreaterThan(2_900)
    expect(performance.now() - begun).toBeLessThan(3_500)
  })

  it('is waited for no longer where nobody shakes hands', async () => {
    const silent = createSocketServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const answer = await way({ deadlineMs: 300 })({ url: `https://${NAME}:${port}/` })
    silent.close()
    expect(answer).toEqual(failed('timeout'))
  })

  it.each([
    ['text/html', '{}'],
    ['application/json', '<html>'],
    ['application/json', '{"a":1,"a":2}'],
    ['application/jsonp', '{}'],
    ['', '{}'],
  ])('of type "%s" with %s is no JSON', async (type, body) => {
    const answer = await answerOf((_request, response) => {
      response.writeHead(200, { 'content-type': type }).end(body)
    })
    expect(answer).toEqual(failed('type'))
  })

  it('may be a problem, with a character set, or empty', async () => {
    const types = ['application/problem+json', 'application/json; charset=utf-8']
    for (const type of types) {
      const answer = await answerOf((_request, response) => {
        response.writeHead(422, { 'content-type': type }).end('{"a":1}')
      })
      expect(answer).toEqual(answered(422, { a: 1 }))
    }
    const empty = await answerOf((_request, response) => response.writeHead(204).end())
    expect(empty).toEqual(answered(204, undefined))
  })

  it('that is compressed is not unpacked', async () => {
    const answer = await answerOf((_request, response) => {
      response.writeHead(200, { ...JSON_HEAD, 'content-encoding': 'gzip' }).end('x')
    })
    expect(answer).toEqual(failed('type'))
  })

  it('that is cut off, or that changes the protocol, is none', async () => {
    const cut = await answerOf((_request, response) => {
      response.writeHead(200, { ...JSON_HEAD, 'content-length': 100 })
      response.write('{', () => response.destroy())
    })
    expect(cut).toEqual(failed('unreachable'))
    const other = await answerOf((request) => {
      request.socket.end('HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
    })
    expect(other).toEqual(failed('unreachable'))
    const garbage = await answerOf((request) => request.socket.end('what?\r\n\r\n'))
    expect(garbage).toEqual(failed('unreachable'))
  })
})
