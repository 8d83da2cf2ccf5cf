import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { csrfIn, visitor } from '../../support/visitor.js'
import { addressOf, type Address } from './addresses.js'

/** What a scanner writes where the live values belong; whatever else it writes there goes on as it is. */
export const STAND_IN = { csrf: 'MIRAT-CSRF', session: 'MIRAT-SESSION' } as const

/** The portal's session cookie behind https. */
export const SESSION_COOKIE = '__Host-mirat'

/** What came through. */
export interface Passed {
  requests: number
  readonly statuses: Record<string, number>
  /** Addresses of ours that were asked, with the answers that they gave. */
  readonly covered: Map<string, Set<number>>
  /** Answers of 500 and above, and requests that were never answered. */
  readonly faults: string[]
  /** Requests that would have ended the account of the person who is signed in. */
  heldBack: number
}

/** A way to the portal on which a session never ends, every form has its token, and everything is counted. */
export interface Relay {
  readonly url: string
  readonly passed: Passed
  close(): Promise<void>
}

interface Way {
  readonly target: URL
  readonly person: string | undefined
  readonly addresses: readonly Address[]
  readonly passed: Passed
  readonly pass: () => Promise<Pass>
  readonly forget: () => void
  readonly from: () => string
}

/** What makes a request one of a person, or of somebody unknown. */
interface Pass {
  readonly cookies: ReadonlyMap<string, string>
  readonly csrf: string
}

const LARGEST = 4 * 1024 * 1024
const ANSWER_MS = 20_000
/** Some forms want a proof of the last five minutes. */
const RENEW_MS = 3 * 60_000
const OURS = /^__Host-mirat(-visit)?$/
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/
const CSRF_FIELD = new RegExp(`(^|&)csrf=(?:${STAND_IN.csrf}|[A-Za-z0-9_-]{64})(?=&|$)`, 'g')

/** Opens a way to a portal for one person, or for somebody unknown. */
export async function openRelay(options: {
  target: string
  person: string | undefined
  addresses: readonly Address[]
}): Promise<Relay> {
  const { target, person, addresses } = options
  const passed: Passed = {
    ...{ requests: 0, heldBack: 0, statuses: {}, faults: [] },
    covered: new Map(),
  }
  const keeper = passKeeper(target, person)
  const way = { target: new URL(target), person, addresses, passed, ...keeper, from: loopback() }
  const server = createServer((asked, answer) => {
    lead(way, asked, answer).catch((error: unknown) => {
      passed.faults.push(`${asked.method} ${asked.url} failed: ${String(error).slice(0, 200)}`)
      if (!answer.headersSent) answer.writeHead(502)
      answer.end()
    })
  })
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Signs in when there is no session, when it has grown old, and when a form has ended it. */
function passKeeper(url: string, person: string | undefined): Pick<Way, 'pass' | 'forget'> {
  let held: { readonly pass: Promise<Pass>; readonly until: number } | undefined
  return {
    pass: () => {
      if (held === undefined || performance.now() > held.until) {
        held = { pass: newPass(url, person), until: performance.now() + RENEW_MS }
      }
      return held.pass
    },
    forget: () => {
      held = undefined
    },
  }
}

async function newPass(url: string, person: string | undefined): Promise<Pass> {
  const browser = visitor({ url })
  if (person !== undefined) {
    const { status } = await browser.signIn(person)
    if (status !== 303) throw new Error(`${person} could not be signed in: ${status}`)
  }
  const { body } = await browser.get('/demo')
  const pairs = browser.cookies().split('; ')
  const cookies = new Map(pairs.map((pair) => pair.split('=', 2) as [string, string]))
  return { cookies, csrf: csrfIn(body) }
}

/** Every request comes from another address of this machine: guesses are counted by network address. */
function loopback(): () => string {
  let number = 0
  return () => {
    number += 1
    const part = (shift: number) => ((number >> shift) % 250) + 2
    return `127.${part(16)}.${part(8)}.${part(0)}`
  }
}

async function lead(way: Way, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { addresses, passed } = way
  const body = await bodyOf(asked).catch(() => undefined)
  // The scanner went away in the middle of what it sent: nothing that the portal could answer.
  if (body === undefined) return
  const address = addressOf(addresses, asked.method ?? '', asked.url ?? '')
  passed.requests += 1
  // With a token of its own making it goes on: that the portal refuses it is to be seen.
  if (address?.ends === true && asked.method === 'POST' && hasToken(body)) {
    passed.heldBack += 1
    answer.writeHead(403).end()
    return
  }
  const pass = await way.pass()
  const status = await forward(way, { asked, answer, body: withToken(asked, body, pass), pass })
  passed.statuses[status] = (passed.statuses[status] ?? 0) + 1
  const name = address === undefined ? undefined : `${address.method} ${address.path}`
  if (name !== undefined)
    passed.covered.set(name, (passed.covered.get(name) ?? new Set()).add(status))
  if (status >= 500) {
    passed.faults.push(
      `${status} ${asked.method} ${asked.url} ${body.toString('latin1')}`.slice(0, 400),
    )
  }
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of asked as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= LARGEST) parts.push(part)
  }
  return Buffer.concat(parts)
}

function hasToken(body: Buffer): boolean {
  return body.toString('latin1').search(CSRF_FIELD) >= 0
}

function withToken({ headers }: IncomingMessage, body: Buffer, { csrf }: Pass): Buffer {
  if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return body
  const text = body.toString('latin1').replaceAll(CSRF_FIELD, `$1csrf=${csrf}`)
  return Buffer.from(text, 'latin1')
}

function forward(
  { target, from, forget, person }: Way,
  parts: { asked: IncomingMessage; answer: ServerResponse; body: Buffer; pass: Pass },
): Promise<number> {
  const { asked, answer, body, pass } = parts
  const cookie = cookiesFor(asked.headers.cookie, pass)
  const headers = { ...asked.headers, cookie, connection: 'close' }
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {}
  delete headers['transfer-encoding']
  // A scanner may ask for encodings that it cannot read, and then sees empty pages without a word.
  delete headers['accept-encoding']
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port: target.port, localAddress: from(), agent: false },
        ...{ method: asked.method, path: asked.url, headers: { ...headers, ...length } },
      },
      (got) => {
        const ends = (got.headers['set-cookie'] ?? []).some((line) =>
          line.startsWith(`${SESSION_COOKIE}=`),
        )
        if (ends && person !== undefined) forget()
        answer.writeHead(got.statusCode ?? 502, got.rawHeaders)
        got.pipe(answer)
        got.once('error', reject)
        got.once('end', () => resolve(got.statusCode ?? 0))
      },
    )
    sent.setTimeout(ANSWER_MS, () => sent.destroy(new Error('no answer')))
    sent.once('error', reject)
    sent.end(body)
  })
}

/** Ours where nothing stands or what we once gave out; a cookie that a scanner has altered stays altered. */
function cookiesFor(raw: string | undefined, { cookies }: Pass): string {
  const given = (raw ?? '').split(/;\s*/).filter((pair) => pair !== '')
  const altered = given.filter((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return !OURS.test(name) || (value !== STAND_IN.session && !TOKEN_SHAPE.test(value))
  })
  const names = new Set(altered.map((pair) => pair.split('=', 1)[0]))
  const own = [...cookies].filter(([name]) => !names.has(name))
  return [...altered, ...own.map(([name, value]) => `${name}=${value}`)].join('; ')
}
