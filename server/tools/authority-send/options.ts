import { parseArgs } from 'node:util'
import { EXIT, Stop } from './stop.js'

/** What one run sends, where, and as whom. */
export interface SendOptions {
  readonly url: string
  /** Origin that the portal knows itself by: the audience of what is signed. */
  readonly audience: string
  readonly stream: string
  readonly issuer: string
  readonly keyFile: string
  readonly kid: string | undefined
  /** Most events in a batch. */
  readonly batch: number
  /** Most tries for one request. */
  readonly attempts: number
  /** Whether events that a restored portal has lost are to be sent again. */
  readonly resendLost: boolean
  /** Whether the input tells of appointments instead of accesses. */
  readonly appointments: boolean
  /** Whether it declares accesses to have been made in an emergency. */
  readonly emergencies: boolean
  /** Absent for the standard input. */
  readonly inputFile: string | undefined
  /** Absent where nothing is kept: a run from the standard input without --state. */
  readonly stateFile: string | undefined
}

/** What a new key is to be. */
export interface KeygenOptions {
  readonly out: string
  readonly algorithm: 'EdDSA' | 'ES256'
}

export const HELP = `Delivers accesses to a Mirat portal, in signed batches, each exactly once.

  npm run authority:send -- --url URL --stream NAME --iss CODE --key FILE [options] [INPUT]
  npm run authority:send -- keygen --out FILE [--alg EdDSA|ES256]

INPUT is a file of JSON lines, one event a line without "seq"; without INPUT, or with -, the
standard input is read. Numbers follow the last one that the portal has received.

  --url URL        address of the portal, such as https://mirat.example
  --aud ORIGIN     origin that the portal knows itself by, where it is not that of --url
  --stream NAME    stream that the operator of the portal has registered for you
  --iss CODE       code of your office in the portal's catalogue
  --key FILE       private JWK, Ed25519 or P-256
  --kid ID         key id, where it is neither in the file nor the thumbprint of the key
  --batch N        events in a batch, 1 to 1000 (500)
  --attempts N     tries for one request before giving up, 1 to 100 (10)
  --appointments   INPUT tells of appointments: {ref, version, subject, day, unit, status} a line; no progress
                   is kept, because what is known already changes nothing
  --emergencies    INPUT declares accesses to be in an emergency: {seq, ground, notedAt, notedBy} a line, the last
                   two once the note is written; no progress is kept either, and a batch has at most 100
  --resend-lost    first sets the progress back to what the portal still has after a restore
  --state FILE     where the progress is kept (INPUT with .state.json; none for the standard input)

After a crash or an interruption, run the same command again: it skips what was delivered and sends
the batch whose fate is unknown once more, identically, which the portal then knows. keygen makes a
key pair, keeps the private one in FILE (readable by you alone) and prints the public one, which the
operator registers with the command stream:key.

Exit codes: 0 all delivered; 1 wrong arguments, key or file; 2 an event was refused (each is named
with its line; nothing of its batch was recorded); 3 the portal could not be reached or was too busy
(run again); 4 the portal does not accept this signature, key or stream.
`

const OPTIONS = {
  url: { type: 'string' },
  aud: { type: 'string' },
  stream: { type: 'string' },
  iss: { type: 'string' },
  key: { type: 'string' },
  kid: { type: 'string' },
  batch: { type: 'string', default: '500' },
  attempts: { type: 'string', default: '10' },
  state: { type: 'string' },
  'resend-lost': { type: 'boolean', default: false },
  appointments: { type: 'boolean', default: false },
  emergencies: { type: 'boolean', default: false },
} as const

/** Reads the arguments of a delivery; all that is missing is named at once. */
export function parseSend(args: readonly string[]): SendOptions {
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true }),
  )
  const missing = (['url', 'stream', 'iss', 'key'] as const).filter((name) => !values[name])
  if (missing.length > 0) throw usage(`Missing: ${missing.map((name) => `--${name}`).join(', ')}.`)
  if (positionals.length > 1) throw usage('Only one INPUT can be sent at a time.')
  const { url = '', stream = '', iss = '', key = '' } = values
  const inputFile = positionals[0] === '-' ? undefined : positionals[0]
  const resendLost = values['resend-lost']
  if (resendLost && inputFile === undefined) throw usage('--resend-lost needs an INPUT file.')
  const { appointments, emergencies } = values
  if (appointments && emergencies)
    throw usage('Send appointments and emergencies one after the other.')
  if (resendLost && (appointments || emergencies)) {
    throw usage('Appointments and emergencies are sent again as a whole.')
  }
  return {
    url: originOf(url, '--url'),
    audience: originOf(values.aud ?? url, '--aud'),
    stream,
    issuer: iss,
    keyFile: key,
    kid: values.kid,
    batch: whole(values.batch, { name: '--batch', most: 1000 }),
    attempts: whole(values.attempts, { name: '--attempts', most: 100 }),
    resendLost,
    ...{ appointments, emergencies },
    inputFile,
    stateFile: values.state ?? (inputFile === undefined ? undefined : `${inputFile}.state.json`),
  }
}

/** Reads the arguments of `keygen`. */
export function parseKeygen(args: readonly string[]): KeygenOptions {
  const options = { out: { type: 'string' }, alg: { type: 'string', default: 'EdDSA' } } as const
  const { out, alg } = parsed(() => parseArgs({ args: [...args], options })).values
  if (out === undefined) throw usage('Missing: --out.')
  if (alg !== 'EdDSA' && alg !== 'ES256') throw usage('--alg is EdDSA or ES256.')
  return { out, algorithm: alg }
}

function parsed<Parsed>(read: () => Parsed): Parsed {
  try {
    return read()
  } catch (error) {
    throw usage((error as Error).message)
  }
}

function originOf(text: string, name: string): string {
  try {
    const { origin, protocol } = new URL(text)
    if (protocol === 'http:' || protocol === 'https:') return origin
  } catch {
    // Said below, in words of ours.
  }
  throw usage(`${name} must be an address such as https://mirat.example.`)
}

function whole(text: string, { name, most }: { name: string; most: number }): number {
  const value = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  throw usage(`${name} must be a whole number from 1 to ${most}.`)
}

function usage(sentence: string): Stop {
  return new Stop(EXIT.usage, `${sentence} See --help.`)
}
