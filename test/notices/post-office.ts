import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as a server got it. */
export interface GotMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came, headers and body. */
  readonly raw: string
  readonly subject: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a server answers to a recipient, in order; it takes what nothing is said of. */
export interface Refused {
  readonly code: number
  readonly text: string
}

/** A mail server on loopback. */
export interface PostOffice {
  readonly port: number
  readonly mails: GotMail[]
  /** Answers to the next recipients; what is left over is taken. */
  readonly refusals: Refused[]
  /** How many connections there were. */
  connections(): number
  close(): Promise<void>
}

/** Opens a mail server, on a port of one's own or another one. */
export async function openPostOffice(
  options: SMTPServerOptions = {},
  port = 0,
): Promise<PostOffice> {
  const mails: GotMail[] = []
  const refusals: Refused[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    ...options,
    onConnect: (_session, done) => {
      connections += 1
      done()
    },
    onRcptTo: (_address, _session, done) => {
      const refused = refusals.shift()
      if (refused === undefined) return done()
      done(Object.assign(new Error(refused.text), { responseCode: refused.code }))
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = envelope
        const from = mailFrom === false ? '' : mailFrom.address
        mails.push({
          ...readMail(Buffer.concat(chunks).toString('latin1')),
          from,
          to: rcptTo.map(({ address }) => address),
        })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  const listener = server.listen(port, '127.0.0.1')
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    mails,
    refusals,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}

/** Reads a mail of one plain-text part (RFC 5322, 2045, 2047). */
function readMail(raw: string): Omit<GotMail, 'from' | 'to'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const body = rest.join('\r\n\r\n')
  const encoding = headers['content-transfer-encoding'] ?? '7bit'
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? unquoted(body) : body, 'latin1')
  return {
    raw,
    headers,
    text: bytes.toString('utf8').replaceAll('\r\n', '\n'),
    subject: wordsOf(headers['subject'] ?? ''),
  }
}

function unquoted(text: string): string {
  return text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

function wordsOf(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, text: string) => {
      const bytes =
        kind.toUpperCase() === 'B'
          ? Buffer.from(text, 'base64')
          : Buffer.from(unquoted(text.replaceAll('_', ' ')), 'latin1')
      return bytes.toString('latin1')
    })
    .replace(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'))
}
