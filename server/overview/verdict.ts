import {
  classOf as classOfRegister,
  DISCLOSURES,
  type Catalogue,
  type DisclosureKind,
  type DisplayDelay,
  type EventClass,
  type Field,
  type Flow,
} from '../catalogue/index.js'
import type { AccessKind } from './model.js'
import { prohibitionsBroken, type Breach } from './prohibitions.js'

/** What the catalogue says of a kind of access, whenever it happens and whomever it is about. */
export interface Verdict {
  readonly disclosure: DisclosureKind
  /** The rule that says so. */
  readonly rule: string
  readonly kind: EventClass
  /** A uniform delay of what would announce a removal or a search. */
  readonly delay?: DisplayDelay
  readonly breaches: readonly Breach[]
}

/** Judges a kind of access by the sourced flows that match it. */
export function judge(access: AccessKind, catalogue: Catalogue): Verdict {
  const flows = matchingFlows(access, catalogue)
  const sharing = flows.filter((flow) =>
    access.fields.some(({ code }) => flow.fields.includes(code)),
  )
  const strictest = strictestOf(sharing)
  const delay = delayOf(access, catalogue)
  return {
    ...secrecyOf(access, strictest, catalogue),
    kind: classOf(access, strictest, catalogue),
    ...(delay ? { delay } : {}),
    breaches: breachesOf(access, flows),
  }
}

/** Erasing is checked as storing: whoever may store a field may end it. */
function matchingFlows(access: AccessKind, catalogue: Catalogue): readonly Flow[] {
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

type Secrecy = Pick<Verdict, 'disclosure' | 'rule'>

/**
 * The strictest matching flow; without one, a body with secrecy rights is never shown by mistake. An alert,
 * a suspicion or a search note among the fields is reviewed first, whatever the flow says (AZRG § 34 (2)).
 */
function secrecyOf(access: AccessKind, flow: Flow | undefined, catalogue: Catalogue): Secrecy {
  const derived: Secrecy = flow
    ? { disclosure: flow.disclosure, rule: flow.disclosureRule }
    : secrecyWithoutFlow(access, catalogue)
  const namesAlert = access.fields.some(
    ({ residentVisibility }) => residentVisibility === 'case_review',
  )
  return namesAlert ? tightened(derived, 'case_review') : derived
}

/** The stricter of a secrecy and a wish for one; a wish never loosens. */
export function tightened(secrecy: Secrecy, wish: keyof typeof TIGHTENED | undefined): Secrecy {
  if (wish === undefined || rank(wish) <= rank(secrecy.disclosure)) return secrecy
  return { disclosure: wish, rule: TIGHTENED[wish] }
}

const TIGHTENED = {
  case_review: 'dis.azr.case_review',
  body_consent: 'dis.azr.body_consent',
  withheld: 'dis.bmg.withheld',
} as const

function secrecyWithoutFlow(access: AccessKind, catalogue: Catalogue): Secrecy {
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

function classOf(access: AccessKind, flow: Flow | undefined, catalogue: Catalogue): EventClass {
  const register = flow?.register ?? registerOfFields(access.fields)
  const found = classOfRegister(catalogue.classes, register)
  const fallback = catalogue.classes.find(({ period }) => period === undefined)
  const kind = found ?? fallback
  if (!kind) throw new Error('the catalogue has no class for registers without a rule')
  return kind
}

function delayOf(access: AccessKind, { delays }: Catalogue): DisplayDelay | undefined {
  return delays.find(
    ({ purposes, fields }) =>
      purposes.includes(access.purpose.code) ||
      access.fields.some(({ code }) => fields.includes(code)),
  )
}

function breachesOf(access: AccessKind, flows: readonly Flow[]): Breach[] {
  const allowed = new Set(flows.flatMap(({ fields }) => fields))
  const uncovered = access.fields.filter(({ code }) => !allowed.has(code))
  const breaches: Breach[] = prohibitionsBroken(access, uncovered)
  if (flows.length === 0) breaches.push({ rule: 'flow.unknown', fields: [] })
  else if (uncovered.length > 0) breaches.push({ rule: 'flow.fields_beyond', fields: uncovered })
  return breaches
}
