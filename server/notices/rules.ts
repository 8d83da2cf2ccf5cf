/** Who may see a message: what a code letter opens may be read by whoever opened the letter. */
type Sight = 'letter' | 'counter'

/** What a parameter of a message looks like: codes, references, days and times alone. */
const PARAMS = {
  /** Public reference of a case. */
  reference: /^[2-9A-Z]{8}$/,
  /** Code of an office in the catalogue. */
  office: /^[a-z0-9]+([._-][a-z0-9]+)*$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  /** ISO 8601, UTC. */
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
} as const
/** Names of parameters. */
export type ParamName = keyof typeof PARAMS

interface Kind {
  readonly sight: Sight
  readonly params: readonly ParamName[]
  /** Where it leads on: the page of the case, of the question, of permissions, of the block, of the ways in, or nowhere. */
  readonly leads: 'request' | 'inquiry' | 'consents' | 'block' | 'devices' | 'nowhere'
}

const aboutRequest = (...more: readonly ParamName[]): Kind => ({
  sight: 'counter',
  params: ['reference', 'office', ...more],
  leads: 'request',
})
const aboutConsent: Kind = {
  sight: 'counter',
  params: ['reference', 'office'],
  leads: 'consents',
}
const aboutBlock = (...more: readonly ParamName[]): Kind => ({
  sight: 'counter',
  params: ['reference', 'office', ...more],
  leads: 'block',
})
const aboutAccount = (leads: Kind['leads'], ...params: readonly ParamName[]): Kind => ({
  sight: 'letter',
  params,
  leads,
})

/** Everything that can be told: the one table behind sending, pages and tests. */
export const MESSAGES = {
  request_form_met: aboutRequest('day'),
  request_asked: aboutRequest(),
  request_extended: aboutRequest('day'),
  request_passed_on: aboutRequest(),
  request_decided: aboutRequest('day'),
  request_closed: aboutRequest(),
  request_due_soon: aboutRequest('day'),
  request_overdue: aboutRequest('day'),
  inquiry_answered: { sight: 'counter', params: ['reference'], leads: 'inquiry' },
  consent_asked: aboutConsent,
  consent_recorded: aboutConsent,
  block_granted: aboutBlock(),
  block_refused: aboutBlock(),
  block_hearing: aboutBlock('day'),
  block_changed: aboutBlock(),
  block_ended: aboutBlock(),
  block_ends_soon: aboutBlock('day'),
  block_requested: aboutBlock('day'),
  block_in_spite: aboutBlock('day'),
  access_confirmed: { sight: 'counter', params: ['office', 'day'], leads: 'nowhere' },
  code_handed: aboutAccount('devices', 'office'),
  code_posted: aboutAccount('devices', 'office'),
  loss_handed: aboutAccount('devices', 'office'),
  loss_posted: aboutAccount('devices', 'office', 'time'),
  passkey_added: aboutAccount('devices'),
  eid_added: aboutAccount('devices'),
  account_ends: aboutAccount('nowhere', 'day'),
  address_asked: aboutAccount('devices'),
  address_confirmed: aboutAccount('nowhere'),
  address_removed: aboutAccount('nowhere'),
  mails_stopped: aboutAccount('devices'),
} as const satisfies Readonly<Record<string, Kind>>
/** What happened. */
export type MessageCode = keyof typeof MESSAGES

/** Parameters of a message: which ones its code takes stands in `MESSAGES`. */
export type Params = Readonly<Partial<Record<ParamName, string>>>

/** The kind of a code; nothing where this version does not know it. */
export function kindOf(code: string): Kind | undefined {
  return Object.hasOwn(MESSAGES, code) ? MESSAGES[code as MessageCode] : undefined
}

/** Codes that a session of an assurance may see. */
export function codesFor(assurance: 'letter' | 'counter' | 'high'): readonly MessageCode[] {
  const codes = Object.keys(MESSAGES) as MessageCode[]
  return assurance === 'letter' ? codes.filter((code) => MESSAGES[code].sight === 'letter') : codes
}

/** Names of parameters that are missing, too many, or no code: none may reach the database. */
export function wrongParams(code: MessageCode, params: Params): readonly string[] {
  const wanted: readonly string[] = MESSAGES[code].params
  const given = Object.entries(params)
  const wrong = given.filter(([name, value]) => {
    return !wanted.includes(name) || !PARAMS[name as ParamName].test(value)
  })
  const missing = wanted.filter((name) => params[name as ParamName] === undefined)
  return [...wrong.map(([name]) => name), ...missing]
}

/**
 * How long a message is kept, from the day on which it was told. It only points at what its own room keeps
 * longer: after a year nobody needs the pointer (GDPR Article 5 (1) (e)).
 */
export const MESSAGE_PERIOD = 'P1Y'

/** When a resident wants a neutral mail. */
export const CHOICES = ['each', 'daily', 'none'] as const
export type Choice = (typeof CHOICES)[number]

/** How long a mailed code counts (milliseconds). */
export const CODE_LIFE_MS = 30 * 60_000

/** How often a mail is tried before it is given up: about three and a half days. */
export const MOST_TRIES = 20

/** What handing a mail over came to. */
export type Delivered =
  | { readonly kind: 'sent' }
  /** For good, and because of the address: another try changes nothing. */
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'later'; readonly code: string }

/** What a mail is from then on; `waiting` is tried again after its pause. */
export function afterTry(delivered: Delivered, tries: number): MailEnd {
  if (delivered.kind !== 'later') return delivered.kind
  return tries >= MOST_TRIES ? 'given_up' : 'waiting'
}
/** How a try ended. */
export type MailEnd = 'sent' | 'refused' | 'given_up' | 'waiting'
