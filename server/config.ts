import { datedNames, type DatedName } from './platform/kernel/dated-names.js'
import { StartError } from './platform/kernel/errors.js'
import { PREFIX } from './platform/db/roles.js'
import { networks } from './platform/http/networks.js'
import { scannerAddress, type ScannerAddress } from './platform/files/scanner.js'
import { mailServer, type MailServer } from './platform/mail.js'

/** One variable of the environment: its name and what `.env.example` says of it. */
export interface Variable {
  readonly name: string
  readonly explain: string
}

/** Everything that the program reads from its environment; `.env.example` lists the same. */
export const VARIABLES: readonly Variable[] = [
  { name: 'NODE_ENV', explain: 'production refuses demonstration data and missing legal bases' },
  { name: 'PORT', explain: 'port of the portal, 3000 by default' },
  { name: 'HOST', explain: 'address to listen on, 127.0.0.1 by default' },
  { name: 'ORIGIN', explain: 'scheme, host and port under which browsers reach the portal' },
  {
    name: 'TRUSTED_PROXIES',
    explain: 'addresses or networks (10.0.0.0/8) of your reverse proxies, with commas between',
  },
  {
    name: 'OUTBOUND_ALLOWED',
    explain: 'private addresses or networks of connected registers, with commas between',
  },
  { name: 'DATA_DIR', explain: 'folder of keys and of the embedded PostgreSQL, .data by default' },
  { name: 'DATABASE_URL', explain: 'any PostgreSQL from 15 on, as a user that may create roles' },
  { name: 'DB_ROLE_PREFIX', explain: 'prefix of the database roles, mirat by default' },
  { name: 'SECRETS_FILE', explain: 'file of the keys; DATA_DIR/secrets.json by default' },
  { name: 'LOG_ORIGIN', explain: 'name of the log in its checkpoints; never changes once begun' },
  { name: 'LEGAL_BASIS', explain: 'legal basis of the portal’s own log, shown on every page' },
  { name: 'CONTROLLER_NAME', explain: 'who is responsible for this portal (GDPR Article 4 (7))' },
  { name: 'CONTROLLER_ADDRESS', explain: 'its postal address, in one line' },
  { name: 'CONTROLLER_REPRESENTATIVE', explain: 'the person or office that represents it' },
  { name: 'CONTROLLER_CONTACT', explain: 'its e-mail address for everybody' },
  { name: 'DPO_CONTACT', explain: 'e-mail address of its data protection officer' },
  { name: 'OIDC_ISSUER', explain: 'issuer of eIDs by OpenID Connect; no such sign-in without it' },
  { name: 'OIDC_CLIENT_ID', explain: 'name of this portal at the issuer' },
  { name: 'OIDC_CLIENT_SECRET', explain: 'its secret there' },
  {
    name: 'OIDC_LEVELS',
    explain: 'levels (acr) of the issuer that count as high, with blanks between',
  },
  { name: 'OIDC_NAME', explain: 'name of the issuer as people know it' },
  {
    name: 'CLAMD',
    explain: 'host:port or socket of a ClamAV that looks at files people send; none without it',
  },
  {
    name: 'SMTP_URL',
    explain: 'smtps://user:password@host of a mail server; no e-mail without it',
  },
  { name: 'MAIL_FROM', explain: 'address in whose name this portal mails' },
  { name: 'DEFAULT_RETENTION', explain: 'ISO 8601 duration where no rule says one; P1Y else' },
  { name: 'TICK_SECONDS', explain: 'seconds between two public checkpoints, 60 by default' },
  {
    name: 'METRICS_TOKEN',
    explain: 'opens /metrics to Bearer requests with this token; no such page without it',
  },
  { name: 'OPEN_REQUESTS', explain: 'requests that one person may have open, 50 by default' },
  { name: 'FILINGS_A_DAY', explain: 'requests that one person may file on one day, 20 by default' },
  {
    name: 'SERVICE_AGREEMENTS',
    explain:
      'agreements with staff councils: office code, =, name, a comma, first day; more after a ;',
  },
  { name: 'HOLDINGS', explain: 'off shows only what the log itself covers' },
  {
    name: 'DEMO',
    explain: 'true loads demonstration people and offers /demo; default outside production',
  },
  { name: 'DEMO_SEED', explain: 'any word: the same word makes the same people' },
  { name: 'DEMO_RESIDENTS', explain: 'how many further invented residents to make' },
]

/** Who is responsible, as privacy notice and imprint name it (GDPR Article 13 (1); DDG section 5). */
export interface Controller {
  readonly name: string
  readonly address: string
  readonly representative: string
  /** An e-mail address, as is the next. */
  readonly contact: string
  readonly dpo: string
}

/** Who vouches for people by OpenID Connect. */
export interface OidcProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly levels: readonly string[]
  readonly name: string
}

/** The configuration, checked and frozen. */
export interface Config {
  readonly production: boolean
  readonly port: number
  readonly host: string
  readonly origin: string
  /** Addresses and networks of reverse proxies; none means that clients come straight to us. */
  readonly trustedProxies: readonly string[]
  /** Addresses and networks beyond the public ones that calls to registers may reach. */
  readonly outboundAllowed: readonly string[]
  readonly dataDir: string
  readonly databaseUrl?: string
  readonly rolePrefix: string
  readonly secretsFile?: string
  readonly metricsToken?: string
  readonly logOrigin?: string
  readonly legalBasis: string
  readonly controller: Controller
  readonly oidc?: OidcProvider
  /** The virus scanner for what people send; without one nobody looks for known malware. */
  readonly scanner?: ScannerAddress
  /** Where neutral mails are handed over, and in whose name. */
  readonly mail?: { readonly server: MailServer; readonly from: string }
  readonly defaultPeriod: string
  readonly tickMs: number
  /** How many requests for rectification one person may have open at a time. */
  readonly openRequests: number
  readonly filingsADay: number
  /** Offices whose rules may look at single members of staff, and by which agreement; none unless named. */
  readonly serviceAgreements: readonly DatedName[]
  readonly holdings: boolean
  readonly demo: boolean
  readonly demoSeed: string
  readonly demoResidents: number
}

type Env = Readonly<Record<string, string | undefined>>
type Read = (name: string) => string | undefined

const NO_LEGAL_BASIS = 'Art. 6 Abs. 1 Buchst. e DSGVO (Demonstration)'

/** Says in every line that nobody stands behind a demonstration; `.example` belongs to nobody (RFC 2606). */
const NOBODY: Controller = {
  name: 'Demonstration: keine echte Stelle',
  address: 'Demonstration: keine echte Anschrift',
  representative: 'Demonstration: keine echte Person',
  contact: 'kontakt@mirat.example',
  dpo: 'datenschutz@mirat.example',
}

/** Variables that have a default on a development machine only. */
const NEEDED = [
  'LEGAL_BASIS',
  'CONTROLLER_NAME',
  'CONTROLLER_ADDRESS',
  'CONTROLLER_REPRESENTATIVE',
  'CONTROLLER_CONTACT',
  'DPO_CONTACT',
  'SECRETS_FILE',
  'LOG_ORIGIN',
  'DATABASE_URL',
]

/** Reads the environment; throws one StartError that names all faults at once. */
export function loadConfig(env: Env): Config {
  const faults: string[] = []
  const read = (name: string) => (env[name] === '' ? undefined : env[name])
  const check = <Value>(
    name: string,
    fallback: Value,
    parse: (text: string) => Value | undefined,
  ) => {
    const text = read(name)
    const value = text === undefined ? fallback : parse(text)
    const shown = name === 'METRICS_TOKEN' ? 'at least 16 letters or digits' : JSON.stringify(text)
    if (value === undefined) faults.push(`${name} is not usable: ${shown}`)
    return value ?? fallback
  }
  const production = read('NODE_ENV') === 'production'
  const port = check('PORT', 3000, (text) => whole(text, 0, 65_535))
  const demo = check('DEMO', !production, flag)
  const config: Config = {
    production,
    port,
    host: read('HOST') ?? '127.0.0.1',
    origin: check('ORIGIN', `http://localhost:${port}`, origin),
    trustedProxies: check('TRUSTED_PROXIES', [], networks),
    outboundAllowed: check('OUTBOUND_ALLOWED', [], networks),
    dataDir: read('DATA_DIR') ?? '.data',
    rolePrefix: check('DB_ROLE_PREFIX', 'mirat', (text) => (PREFIX.test(text) ? text : undefined)),
    legalBasis: read('LEGAL_BASIS') ?? NO_LEGAL_BASIS,
    controller: Object.freeze({
      name: read('CONTROLLER_NAME') ?? NOBODY.name,
      address: read('CONTROLLER_ADDRESS') ?? NOBODY.address,
      representative: read('CONTROLLER_REPRESENTATIVE') ?? NOBODY.representative,
      contact: check('CONTROLLER_CONTACT', NOBODY.contact, mailAddress),
      dpo: check('DPO_CONTACT', NOBODY.dpo, mailAddress),
    }),
    defaultPeriod: check('DEFAULT_RETENTION', 'P1Y', period),
    tickMs: 1000 * check('TICK_SECONDS', 60, (text) => whole(text, 1, 3600)),
    openRequests: check('OPEN_REQUESTS', 50, (text) => whole(text, 1, 100_000)),
    filingsADay: check('FILINGS_A_DAY', 20, (text) => whole(text, 1, 100_000)),
    serviceAgreements: check('SERVICE_AGREEMENTS', [], datedNames),
    holdings: check('HOLDINGS', true, flag),
    demo,
    demoSeed: read('DEMO_SEED') ?? 'mirat',
    demoResidents: check('DEMO_RESIDENTS', 0, (text) => whole(text, 0, 1_000_000)),
    ...optional('oidc', oidcProvider(read, faults)),
    ...optional('mail', mailing(read, faults)),
    ...optional('databaseUrl', check<string>('DATABASE_URL', '', databaseUrl)),
    ...optional('secretsFile', read('SECRETS_FILE')),
    ...optional('metricsToken', check<string>('METRICS_TOKEN', '', token)),
    ...optional('scanner', check<ScannerAddress | ''>('CLAMD', '', scannerAddress)),
    ...optional('logOrigin', check<string>('LOG_ORIGIN', '', logName)),
  }
  if (production) faults.push(...productionFaults(config, read))
  if (faults.length > 0) throw new StartError(`The configuration has faults: ${faults.join('; ')}.`)
  return Object.freeze(config)
}

/** All of it or nothing; plain http is for an issuer on this machine alone. */
function oidcProvider(read: Read, faults: string[]): OidcProvider | undefined {
  const issuer = read('OIDC_ISSUER')
  if (issuer === undefined) return undefined
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  const isHere = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname)
  if (url?.protocol !== 'https:' && !isHere) {
    faults.push(`OIDC_ISSUER is not usable: ${JSON.stringify(issuer)}`)
  }
  const needed = (name: string) => {
    const text = read(name)
    if (text === undefined) faults.push(`${name} is missing`)
    return text ?? ''
  }
  return Object.freeze({
    issuer,
    clientId: needed('OIDC_CLIENT_ID'),
    clientSecret: needed('OIDC_CLIENT_SECRET'),
    levels: Object.freeze(needed('OIDC_LEVELS').split(/\s+/)),
    name: needed('OIDC_NAME'),
  })
}

/** Both or neither; the address of the server holds a password, so that it is never shown. */
function mailing(read: Read, faults: string[]): Config['mail'] | undefined {
  const [url, sender] = [read('SMTP_URL'), read('MAIL_FROM')]
  if (url === undefined && sender === undefined) return undefined
  const [server, from] = [mailServer(url ?? ''), mailAddress(sender ?? '')]
  if (server === undefined) faults.push('SMTP_URL must be smtps://user:password@host or smtp://')
  if (from === undefined) faults.push(`MAIL_FROM is not usable: ${JSON.stringify(sender)}`)
  return server && from ? Object.freeze({ server, from }) : undefined
}

function productionFaults(config: Config, read: Read): string[] {
  const faults: string[] = []
  if (config.demo) faults.push('DEMO must not be set in production')
  const missing = NEEDED.filter((name) => read(name) === undefined)
  faults.push(...missing.map((name) => `${name} is missing`))
  if (!config.origin.startsWith('https://')) faults.push('ORIGIN must begin with https://')
  return faults
}

function optional<Name extends string, Value>(name: Name, value: Value | '' | undefined) {
  return (value === undefined || value === '' ? {} : { [name]: value }) as { [key in Name]?: Value }
}

function whole(text: string, low: number, high: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  return value >= low && value <= high ? value : undefined
}

function flag(text: string): boolean | undefined {
  if (['true', 'on', '1'].includes(text)) return true
  return ['false', 'off', '0'].includes(text) ? false : undefined
}

function origin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && /^https?:$/.test(url.protocol) && url.origin === text ? text : undefined
}

function databaseUrl(text: string): string | undefined {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) ? text : undefined
}

function mailAddress(text: string): string | undefined {
  return /^[\w.+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text) ? text : undefined
}

function period(text: string): string | undefined {
  return /^P[1-9]\d{0,3}[DWMY]$/.test(text) ? text : undefined
}

function token(text: string): string | undefined {
  return /^[\w.~+/-]{16,200}$/.test(text) ? text : undefined
}

function logName(text: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9./_-]{2,99}$/.test(text) ? text : undefined
}
