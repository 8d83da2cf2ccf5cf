import { createTransport } from 'nodemailer'

/** A server that takes mails, as `SMTP_URL` names it. */
export interface MailServer {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (smtps); else STARTTLS is demanded, but for a server on this machine. */
  readonly secure: boolean
  readonly user?: string
  readonly password?: string
}

/** A mail in plain text to one address. */
export interface PlainMail {
  /** One plain address. */
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** What became of a mail; codes are short, and name nobody. */
export type MailAnswer =
  | { readonly kind: 'sent' }
  /** The server of the address refuses it for good. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Anything else: the next try may do better. */
  | { readonly kind: 'later'; readonly code: string }

const HERE: readonly string[] = ['localhost', '127.0.0.1', '[::1]']
const PORTS = { 'smtps:': 465, 'smtp:': 587 }

/** The server that an address names: smtps://user:password@host:port, or smtp:// with STARTTLS. */
export function mailServer(text: string): MailServer | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || (url.protocol !== 'smtps:' && url.protocol !== 'smtp:')) return undefined
  const isBare = url.pathname.length < 2 && url.search === '' && url.hash === ''
  if (url.hostname === '' || !isBare || (url.username === '') !== (url.password === '')) {
    return undefined
  }
  try {
    return Object.freeze({
      host: url.hostname,
      port: url.port === '' ? PORTS[url.protocol] : Number(url.port),
      secure: url.protocol === 'smtps:',
      ...(url.username === ''
        ? {}
        : {
            user: decodeURIComponent(url.username),
            password: decodeURIComponent(url.password),
          }),
    })
  } catch {
    return undefined
  }
}

/** Whether mails reach a server unencrypted: on this machine alone, where nobody listens in. */
export function isPlain({ host, secure }: Pick<MailServer, 'host' | 'secure'>): boolean {
  return !secure && HERE.includes(host)
}

/** One address and nothing else; whoever hands it in has looked closer. */
const ONE_ADDRESS = /^[^\s,;:<>()[\]"\\@]{1,64}@[A-Za-z0-9.-]{1,253}$/

/** Milliseconds: a server that does not answer holds a place of four. */
const WAITS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/**
 * Makes the way to a server. Certificates are checked; without TLS nothing is sent to another machine,
 * `mustEncrypt` demands it here as well.
 */
export function createMailer(
  server: MailServer & { readonly mustEncrypt?: boolean },
  from: string,
): (mail: PlainMail) => Promise<MailAnswer> {
  const plain = isPlain(server) && server.mustEncrypt !== true
  const transport = createTransport({
    ...WAITS,
    host: server.host.replace(/^\[|\]$/g, ''),
    port: server.port,
    secure: server.secure,
    requireTLS: !plain,
    ignoreTLS: plain,
    tls: { minVersion: 'TLSv1.2' },
    // Else the name of this machine would travel.
    name: from.split('@')[1] ?? '',
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(server.user === undefined
      ? {}
      : { auth: { user: server.user, pass: server.password ?? '' } }),
  })
  return async ({ to, subject, text }) => {
    if (!ONE_ADDRESS.test(to)) return { kind: 'refused', code: 'address' }
    try {
      await transport.sendMail({
        // In parts and checked above: the library reads a text with a comma as two addresses.
        from: { name: 'Mirat', address: from },
        to: { name: '', address: to },
        envelope: { from, to: [to] },
        ...{ subject, text, xMailer: false },
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return { kind: 'sent' }
    } catch (error) {
      return answerOf(error)
    }
  }
}

interface Refusal {
  readonly code?: unknown
  readonly command?: unknown
  readonly responseCode?: unknown
  readonly response?: unknown
}

/**
 * Only a permanent answer to the recipient speaks of the address, and not one about policy (RFC 3463, class
 * 5.7): our own server may be what is refused.
 */
function answerOf(error: unknown): MailAnswer {
  const { code, command, responseCode, response } = error as Refusal
  const status = typeof responseCode === 'number' ? responseCode : 0
  const enhanced =
    /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(typeof response === 'string' ? response : '')?.[1] ??
    ''
  const isOurs = enhanced.startsWith('5.7.') || status === 530 || status === 535
  if (command === 'RCPT TO' && status >= 500 && !isOurs) {
    return { kind: 'refused', code: `status_${status}` }
  }
  if (status > 0) return { kind: 'later', code: `status_${status}` }
  return { kind: 'later', code: typeof code === 'string' ? code.toLowerCase() : 'failed' }
}
