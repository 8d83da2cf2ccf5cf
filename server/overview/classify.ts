import {
  addPeriod,
  classOf as classOfRegister,
  DISCLOSURES,
  sealedTwin,
  type Catalogue,
  type DisclosureKind,
  type EventClass,
  type Field,
  type Flow,
} from '../catalogue/index.js'
import type { Refusal, ReportedAccess } from './model.js'
import { prohibitionsBroken, type Breach } from './prohibitions.js'

/** How an access is to be recorded: where, for how long, how openly, and which rules it breaks. */
export interface Classified {
  /** Class number; a sealed one is the open one plus 100. */
  readonly class: number
  /** First day on which the entry is gone, `YYYY-MM-DD`. */
  readonly expiresOn: string
  /** Absent where the person sees it at once. */
  readonly sealed?: { readonly rule: string; readonly releaseDue?: string }
  readonly breaches: readonly Breach[]
}

/** What classification needs besides the access. */
export interface ClassifyContext {
  readonly catalogue: Catalogue
  /** ISO 8601 duration for registers whose law names none: the operator's rule. */
  readonly defaultPeriod: string
  /** Consents valid at an instant; none exist before the consent room. */
  readonly consentValid: (consentId: string, access: ReportedAccess) => boolean
}

/** Classifies an access, or says why it cannot be recorded at all. */
export function classify(
  access: ReportedAccess,
  recordedOn: string,
  context: ClassifyContext,
): Classified | Refusal {
  const { catalogue } = context
  const flows = matchingFlows(access, catalogue)
  const sharing = flows.filter((flow) =>
    access.fields.some(({ code }) => flow.fields.includes(code)),
  )
  const strictest = strictestOf(sharing)
  const secrecy = secrecyOf(access, strictest, catalogue)
  if (secrecy.disclosure === 'not_in_log') return 'not_in_log'
  const kind = classOf(access, strictest, catalogue)
  const period = kind.period ?? context.defaultPeriod
  // The law counts from when the access was logged at its source, so a late delivery gains no time.
  const expiresOn = addPeriod(access.occurredAt.toISOString().slice(0, 10), period)
  if (expiresOn <= recordedOn) return 'retention_over'
  const seal = sealOf(access, secrecy, { recordedOn, catalogue })
  return {
    class: seal ? sealedTwin(kind) : kind.number,
    expiresOn,
    ...(seal ? { sealed: seal } : {}),
    breaches: breachesOf(access, flows, context),
  }
}

/** Erasing is checked as storing: whoever may store a field may end it. */
function matchingFlows(access: ReportedAccess, catalogue: Catalogue): readonly Flow[] {
  return catalogue.flowsOf({
    source: access.source.authority,
    recipient: access.recipient.authority,
    operation: access.operation === 'erase' ? 'store' : access.operation,
    purpose: access.purpose.code,
    legalBasis: access.legalBasis.code,
  })
}

function strictestOf(flows: readonly Flow[]): Flow | undefined {
  return flows.reduce<Flow | undefined>(
    (strict, flow) =>
      strict === undefined || rank(flow.disclosure) > rank(strict.disclosure) ? flow : strict,
    undefined,
  )
}

function rank(disclosure: DisclosureKind): number {
  return DISCLOSURES.indexOf(disclosure)
}

interface Secrecy {
  readonly disclosure: DisclosureKind
  readonly rule: string
}

/**
 * The strictest matching flow; without one, a body with secrecy rights is never shown by mistake. An alert,
 * a suspicion or a search note among the fields is reviewed first, whatever the flow says (AZRG § 34 (2)).
 */
function secrecyOf(access: ReportedAccess, flow: Flow | undefined, catalogue: Catalogue): Secrecy {
  const derived: Secrecy = flow
    ? { disclosure: flow.disclosure, rule: flow.disclosureRule }
    : secrecyWithoutFlow(access, catalogue)
  const namesAlert = access.fields.some(
    ({ residentVisibility }) => residentVisibility === 'case_review',
  )
  const wishes = [access.tighten, namesAlert ? 'case_review' : undefined] as const
  return wishes.reduce<Secrecy>(
    (strict, wish) =>
      wish === undefined || rank(wish) <= rank(strict.disclosure)
        ? strict
        : { disclosure: wish, rule: TIGHTENED[wish] },
    derived,
  )
}

const TIGHTENED = {
  case_review: 'dis.azr.case_review',
  body_consent: 'dis.azr.body_consent',
  withheld: 'dis.bmg.withheld',
} as const

function secrecyWithoutFlow(access: ReportedAccess, catalogue: Catalogue): Secrecy {
  const kinds = [access.source.authority, access.recipient.authority]
  const isService = kinds.includes('nachrichtendienste') && access.operation === 'query'
  const register = registerOfFields(access.fields)
  if (isService && register === 'azr')
    return { disclosure: 'not_in_log', rule: 'dis.azr.not_in_log' }
  const rule = catalogue.rules.all.find(
    ({ type, code, register: of, authorities }) =>
      type === 'disclosure' &&
      code in BY_RULE &&
      of === register &&
      authorities.some((kind) => kinds.includes(kind)),
  )
  if (rule) return { disclosure: BY_RULE[rule.code as keyof typeof BY_RULE], rule: rule.code }
  const isSecret =
    access.source.securityBody || access.recipient.securityBody || access.purpose.sensitive
  return isSecret
    ? { disclosure: 'case_review', rule: 'dis.state_law' }
    : { disclosure: 'open', rule: 'dis.open' }
}

/** Disclosure rules that name bodies and a register, and what they mean for an access without a flow. */
const BY_RULE = {
  'dis.azr.body_consent': 'body_consent',
  'dis.azr.case_review': 'case_review',
  'dis.bmg.withheld': 'withheld',
  'dis.sgb.body_consent': 'body_consent',
} as const

const REGISTER_OF_PREFIX: Readonly<Record<string, string>> = {
  asyl: 'bamf',
  mr: 'melderegister',
  soc: 'social',
  reg: 'pstr',
  vol: 'consent',
}

/** Fields of several registers share one access: the first in catalogue order names the register. */
function registerOfFields(fields: readonly Field[]): string {
  const register = fields[0]?.register ?? ''
  return REGISTER_OF_PREFIX[register] ?? register
}

function classOf(access: ReportedAccess, flow: Flow | undefined, catalogue: Catalogue): EventClass {
  const register = flow?.register ?? registerOfFields(access.fields)
  const found = classOfRegister(catalogue.classes, register)
  const fallback = catalogue.classes.find(({ period }) => period === undefined)
  const kind = found ?? fallback
  if (!kind) throw new Error('the catalogue has no class for registers without a rule')
  return kind
}

/** Anything not open is sealed; so is, for a uniform time, what would announce a removal or a search. */
function sealOf(
  access: ReportedAccess,
  { disclosure, rule }: Secrecy,
  { recordedOn, catalogue }: { recordedOn: string; catalogue: Catalogue },
): Classified['sealed'] {
  const delay = catalogue.delays.find(
    ({ purposes, fields }) =>
      purposes.includes(access.purpose.code) ||
      access.fields.some(({ code }) => fields.includes(code)),
  )
  const due = [delay ? addPeriod(recordedOn, delay.period) : '', access.holdUntil ?? '']
    .sort()
    .at(-1)
  if (disclosure !== 'open') return { rule, ...(due ? { releaseDue: due } : {}) }
  if (!due || due <= recordedOn) return undefined
  return { rule: delay?.rule ?? 'dis.delay', releaseDue: due }
}

function breachesOf(
  access: ReportedAccess,
  flows: readonly Flow[],
  { consentValid }: ClassifyContext,
): Breach[] {
  const allowed = new Set(flows.flatMap(({ fields }) => fields))
  const uncovered = access.fields.filter(({ code }) => !allowed.has(code))
  const breaches: Breach[] = prohibitionsBroken(access, uncovered)
  if (flows.length === 0) breaches.push({ rule: 'flow.unknown', fields: [] })
  else if (uncovered.length > 0) breaches.push({ rule: 'flow.fields_beyond', fields: uncovered })
  if (access.consentId !== undefined && !consentValid(access.consentId, access)) {
    breaches.push({ rule: 'consent.not_valid', fields: [] })
  }
  return breaches
}
