import fc from 'fast-check'
import { STAFF_AND_RESIDENTS, type Shape } from './shapes.js'

/** One malformed request, as bytes on the wire. */
export interface Malformed {
  readonly who: number
  readonly bytes: Buffer
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND']

const nasty = fc.constantFrom(
  '%',
  '%zz',
  '%00',
  '%c0%af',
  '%ff%fe',
  '%ed%a0%80',
  '../../etc/passwd',
  '..%2f..%2f',
  "' or 1=1 --",
  '<script>x</script>',
  '{{x}}',
  '__proto__',
  'constructor',
  '999999999999999999999',
  '-1',
  '1e309',
  '0x10',
  '١٢',
  '\u202e',
  '\ud83d\ude00',
  '🕳'.repeat(40),
  'a'.repeat(3_000),
)
const word = fc.oneof(
  nasty,
  nasty,
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 12 }),
  fc.integer().map(String),
  fc.uuid(),
)

/** What may stand for a parameter of a path: nonsense, or what could be there. */
const parameter = fc.oneof(
  word,
  fc.constantFrom('de', 'en', 'ar', '0', '1', 'i.pf.abh', 'bva', 'name', 'tile', '0/000.p/1'),
)

const encoded = (text: string) => encodeURI(text).replaceAll(/\s/g, '%20')
const raw = (text: string) => text.replaceAll(/[\0\r\n\s]/g, '+')
const spelled = fc
  .tuple(word, fc.nat({ max: 3 }))
  .map(([text, isRaw]) => (isRaw === 0 ? raw(text) : encoded(text)))

const query = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(
          'page',
          'office',
          'from',
          'to',
          'q',
          'after',
          'before',
          'purpose',
          'flag',
          'person',
          'next',
        ),
        spelled,
      ),
      spelled,
    ),
    { maxLength: 4 },
  )
  .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map(([a, b]) => `${a}=${b}`).join('&')}`))

const header = fc.tuple(
  fc.constantFrom(
    ...[
      'Accept-Language',
      'Accept',
      'Cookie',
      'Origin',
      'Referer',
      'Sec-Fetch-Site',
      'Authorization',
    ],
    ...[
      'If-None-Match',
      'Range',
      'X-Forwarded-For',
      'Content-Encoding',
      'Accept-Encoding',
      'Expect',
    ],
    ...['Transfer-Encoding', 'Host', 'Connection', 'X-HTTP-Method-Override', 'Forwarded', 'Cookie'],
  ),
  fc.oneof(
    word.map(raw),
    fc.constantFrom(
      'chunked',
      'gzip',
      'bytes=0-',
      'Bearer a.b.c',
      'mirat=',
      'mirat=%',
      'same-origin',
    ),
    fc.constantFrom(
      'mirat-visit=x',
      'de;q=9',
      '*',
      'null',
      '"',
      ';;;=',
      'ar-u-nu-arab',
      'x-default',
    ),
  ),
)

const json = fc.json({ maxDepth: 4 })
const deep = fc.constantFrom(
  '['.repeat(5_000),
  '{"a":'.repeat(500),
  '{"a":1,"a":2}',
  '"\\ud800"',
  '1e999',
)
const pairs = fc
  .array(
    fc.tuple(fc.oneof(fc.constantFrom('csrf', 'person', 'reason', 'case'), spelled), spelled),
    {
      maxLength: 6,
    },
  )
  .map((all) => all.map(([a, b]) => `${a}=${b}`).join('&'))
const compact = fc
  .array(fc.base64String({ maxLength: 60 }), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map((part) => part.replaceAll(/[+/=]/g, '_')).join('.'))
const oversized = fc.constantFrom('x'.repeat(17_000), 'a=b&'.repeat(5_000), 'x'.repeat(1_100_000))
const body = fc.tuple(
  fc.constantFrom(
    ...['application/x-www-form-urlencoded', 'application/json', 'application/jose', 'text/plain'],
    ...['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded; charset=utf-7', ''],
  ),
  fc.oneof(
    ...[
      { weight: 6, arbitrary: pairs },
      { weight: 4, arbitrary: json },
      { weight: 2, arbitrary: deep },
    ],
    { weight: 4, arbitrary: compact },
    { weight: 2, arbitrary: word },
    { weight: 1, arbitrary: oversized },
  ),
)

/** Requests that an HTTP parser takes: a real address or one near it, with everything around it wrong. */
export function spoken(shapes: readonly Shape[]): fc.Arbitrary<Malformed> {
  const path = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.constantFrom(...shapes), fc.array(parameter, { minLength: 4, maxLength: 4 }))
        .map(([shape, words]) => filled(shape.path, words)),
    },
    {
      weight: 2,
      arbitrary: fc.array(spelled, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    },
  )
  return fc
    .record({
      who: fc.nat({ max: STAFF_AND_RESIDENTS.length }),
      method: fc.oneof(fc.constantFrom('GET', 'POST'), fc.constantFrom(...METHODS)),
      path,
      query,
      headers: fc.array(header, { maxLength: 3 }),
      body: fc.option(body, { freq: 2 }),
    })
    .map(({ who, method, path: at, query: asked, headers, body: sent }) => {
      const lines = [`${method} ${at}${asked} HTTP/1.1`, 'Host: localhost', 'Connection: close']
      for (const [name, value] of headers) lines.push(`${name}: ${value}`)
      const content = Buffer.from(sent?.[1] ?? '')
      if (sent !== null) lines.push(`Content-Type: ${sent[0]}`, `Content-Length: ${content.length}`)
      const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
      return { who, bytes: Buffer.concat([head, content]) }
    })
}

/** What no HTTP parser takes, and what it might. */
export const garbage: fc.Arbitrary<Malformed> = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).map((text) => Buffer.from(text)),
    fc
      .tuple(fc.constantFrom(...METHODS), word, fc.constantFrom('HTTP/1.1', 'HTTP/9.9', 'HTP', ''))
      .map((parts) => Buffer.from(`${parts.join(' ')}\r\n\r\n`)),
    fc.constantFrom(
      ...['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n'].map(
        Buffer.from,
      ),
      Buffer.from(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`),
      Buffer.from('POST /demo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n'),
      Buffer.from(
        'POST /demo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nab',
      ),
      Buffer.from('GET http://other/de/ HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from('CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from('GET * HTTP/1.1\r\nHost: x\r\n\r\nOPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    ),
  )
  .map((bytes) => ({ who: 0, bytes }))

function filled(path: string, words: readonly string[]): string {
  let at = 0
  const next = () => {
    const text = words[at++ % words.length] ?? ''
    return at % 4 === 3 ? raw(text) : encoded(text)
  }
  return path
    .replace('/:lang', () => `/${['de', 'en', 'ar', next()][(words[0]?.length ?? 0) % 4]}`)
    .replaceAll(/[:*]\w+/g, next)
}
