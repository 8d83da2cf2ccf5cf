import { lookup } from 'node:dns/promises'
import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as tlsRequest, type RequestOptions } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isLoopback, reachable, type AddressJudge } from './outbound-addresses.js'
import { parseStrictJson } from './strict-json.js'

/** Why a call outside brought nothing; the far side decides most of them, so none is our fault. */
export type OutboundFault =
  'refused-address' | 'timeout' | 'too-large' | 'redirect' | 'tls' | 'unreachable' | 'type'

/** What came of a call; `body` is parsed JSON, or nothing where the answer was empty. */
export type OutboundAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'failed'; readonly why: OutboundFault }

/** One call to an address that an operator registered: GET, or POST where there is something to send. */
export interface OutboundRequest {
  readonly url: string
  /** Sent as `Authorization: Bearer`. */
  readonly bearer?: string
  readonly post?: { readonly type: string; readonly body: string }
}

/** The one way out; never throws for what happens outside. */
export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** What the way out is made of. */
export interface OutboundParts {
  /** Networks and addresses beyond the public ones (`OUTBOUND_ALLOWED`): offices sit in private networks. */
  readonly allowed: readonly string[]
  /** Lets plain http reach this machine itself; never in production. */
  readonly plainLoopback: boolean
  readonly resolve: Resolve
  /** For the whole call, finding the address included (milliseconds). */
  readonly deadlineMs: number
  /** The one trusted certificate authority, as PEM; without it those that Node.js trusts. */
  readonly ca?: string
}

/** Longest time of one call (milliseconds): a page waits for it. */
export const OUTBOUND_DEADLINE_MS = 3_000
/** Largest answer in bytes. */
export const OUTBOUND_LIMIT = 1_048_576

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i
const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|INVALID_CA|HOSTNAME_)/

/** As the machine resolves names, its hosts file included. */
export const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * Makes the way out. A name is resolved once, every address of it is judged, and the connection goes to
 * the judged addresses alone: a name that points elsewhere a moment later (DNS rebinding) changes nothing.
 * TLS is verified for the name. There are no redirects, cookies, proxies or kept connections.
 */
export function createOutbound(parts: OutboundParts): Outbound {
  const isReachable = reachable(parts.allowed)
  return async (request) => {
    const target = targetOf(request.url, parts.plainLoopback)
    if (target === undefined) return failed('refused-address')
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), parts.deadlineMs)
    try {
      const addresses = await found(hostOf(target), parts.resolve, deadline.signal)
      if (!Array.isArray(addresses)) return failed(addresses)
      if (!all(addresses, isPlain(target) ? isLoopback : isReachable))
        return failed('refused-address')
      return await call(target, request, { addresses, signal: deadline.signal, ca: parts.ca })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** Whether an operator may register the address: what its name leads to is judged at every call. */
export function isCallable(url: string, plainLoopback: boolean): boolean {
  return targetOf(url, plainLoopback) !== undefined
}

/** Credentials in an address would end in logs; a low port is another service than the web's. */
function targetOf(text: string, plainLoopback: boolean): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  const host = hostOf(url)
  if (isPlain(url) && !(plainLoopback && (host === 'localhost' || isLoopback(host)))) {
    return undefined
  }
  const port = Number(url.port || (isPlain(url) ? 80 : 443))
  return port === 443 || port > 1023 ? url : undefined
}

function isPlain({ protocol }: URL): boolean {
  return protocol === 'http:'
}

/** Decimal, octal and hexadecimal forms of IPv4 have become the usual one: URL does that. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

async function found(
  host: string,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<string[] | OutboundFault> {
  if (isIP(host) !== 0) return [host]
  const late = new Promise<'timeout'>((end) => {
    signal.addEventListener('abort', () => end('timeout'), { once: true })
  })
  const asked = resolve(host).then(
    (addresses) => [...addresses],
    (): OutboundFault => 'unreachable',
  )
  return Promise.race([asked, late])
}

/** One address that is refused refuses them all: whoever answers so is not to be trusted with the rest. */
function all(addresses: readonly string[], judge: AddressJudge): boolean {
  return addresses.length > 0 && addresses.every(judge)
}

interface Line {
  readonly addresses: readonly string[]
  readonly signal: AbortSignal
  readonly ca: string | undefined
}

function call(target: URL, request: OutboundRequest, line: Line): Promise<OutboundAnswer> {
  return new Promise((resolve) => {
    const begin = target.protocol === 'https:' ? tlsRequest : plainRequest
    const sent: ClientRequest = begin(target, optionsOf(request, line))
    const end = (answer: OutboundAnswer) => {
      // The first word counts; whatever the far side still sends is not listened to.
      resolve(line.signal.aborted ? failed('timeout') : answer)
      sent.destroy()
    }
    sent.on('error', (error) => end(failed(faultOf(error))))
    sent.on('close', () => end(failed('unreachable')))
    sent.on('response', (message) => receive(message, end))
    sent.end(request.post?.body)
  })
}

function optionsOf({ bearer, post }: OutboundRequest, { addresses, signal, ca }: Line) {
  const options: RequestOptions = {
    method: post === undefined ? 'GET' : 'POST',
    // An agent of its own: no kept connection of another call, and no proxy of the environment.
    agent: false,
    lookup: pinned(addresses),
    signal,
    // Said here, so that no variable of the environment can say otherwise.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      connection: 'close',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(post === undefined
        ? {}
        : { 'content-type': post.type, 'content-length': Buffer.byteLength(post.body) }),
    },
  }
  return ca === undefined ? options : { ...options, ca }
}

/** Answers with what was judged, whatever is asked. */
function pinned(addresses: readonly string[]): LookupFunction {
  const records = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_host, options, callback) => {
    const [first] = records
    if (options.all === true) callback(null, records)
    else callback(null, first?.address ?? '', first?.family)
  }
}

function receive(message: IncomingMessage, end: (answer: OutboundAnswer) => void): void {
  const { statusCode: status = 0, headers } = message
  const refusal = refusalOf(message)
  if (refusal !== undefined) return end(failed(refusal))
  const chunks: Buffer[] = []
  let size = 0
  message.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > OUTBOUND_LIMIT) end(failed('too-large'))
    else chunks.push(chunk)
  })
  message.on('error', () => end(failed('unreachable')))
  message.on('end', () => {
    if (size === 0) return end({ kind: 'answer', status, body: undefined })
    const isJson = JSON_TYPE.test(headers['content-type'] ?? '')
    const read = isJson ? parseStrictJson(Buffer.concat(chunks)) : undefined
    return end(read?.ok ? { kind: 'answer', status, body: read.value } : failed('type'))
  })
}

/** What the head of an answer tells already. */
function refusalOf({
  statusCode: status = 0,
  headers,
}: IncomingMessage): OutboundFault | undefined {
  if (status >= 300 && status < 400) return 'redirect'
  if (Number(headers['content-length'] ?? 0) > OUTBOUND_LIMIT) return 'too-large'
  return (headers['content-encoding'] ?? 'identity') === 'identity' ? undefined : 'type'
}

function faultOf(error: Error): OutboundFault {
  const { code } = error as NodeJS.ErrnoException
  return TLS_CODE.test(code ?? '') ? 'tls' : 'unreachable'
}

function failed(why: OutboundFault): OutboundAnswer {
  return { kind: 'failed', why }
}
