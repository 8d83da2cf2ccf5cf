import { germanDay } from '../../platform/kernel/days.js'
import type { Around, WatchedAccess } from './access.js'
import { explanationOf, isSuspicious, type Duties, type Explanation } from './explanation.js'
import { offHours } from './hours.js'
import { repeatedByActor } from './staff.js'
import { repeatedLooks } from './repeats.js'
import { flagRule, REPEAT_DAYS, type Evidence, type Finding, type RuleCode } from './rules.js'

/** What became of one access: an explanation, or what the rules found. */
export interface Judged {
  readonly access: WatchedAccess
  readonly explanation?: Explanation
  readonly findings: readonly Finding[]
}

const DAY_MS = 86_400_000

/** Judges accesses of one person at one office: explains first, and lets the rules look at the rest. */
export function judgePerson(
  accesses: readonly WatchedAccess[],
  around: Around,
  duties: Duties,
): readonly Judged[] {
  const explained = new Map<number, Explanation | undefined>()
  const explain = (access: WatchedAccess) => {
    if (!explained.has(access.index)) {
      explained.set(access.index, explanationOf(access, around, duties))
    }
    return explained.get(access.index)
  }
  // What is known of the person beyond these: repeats do not begin with a stretch of the log.
  const looks = around.accesses.filter(
    (one) => one.isManual && one.isQuery && explain(one) === undefined,
  )
  const repeated = repeatedLooks(looks)
  // Caseworkers are asked about visible findings: what is withheld from their person is in no count of one.
  const seen = repeatedLooks(looks.filter(({ isSealed }) => !isSealed))
  const byActor = repeatedByActor(looks)
  return accesses.map((access) => {
    const explanation = explain(access)
    if (explanation !== undefined) return { access, explanation, findings: [] }
    const all = access.isSealed ? repeated : seen
    const times = { all: all.get(access.index), byOne: byActor.get(access.index) }
    return { access, findings: findingsOf(access, around, times) }
  })
}

function findingsOf(
  access: WatchedAccess,
  around: Around,
  times: { readonly all: number | undefined; readonly byOne: number | undefined },
): readonly Finding[] {
  const found = (rule: RuleCode, more: Partial<Evidence> = {}): Finding => ({
    ...{ index: access.index, expiresOn: access.expiresOn, isSealed: access.isSealed, rule },
    weight: flagRule(rule).weight,
    evidence: {
      ...{ at: access.occurredAt.toISOString(), unit: access.unit, purpose: access.purpose },
      ...more,
    },
  })
  const why = access.isManual ? offHours(access.occurredAt) : undefined
  const isLookup = access.isManual && access.isQuery
  return [
    ...brokenBy(access, found),
    ...(why === undefined ? [] : [found('off_hours', { why })]),
    ...(times.all === undefined
      ? []
      : [found('repeated', { count: times.all, days: REPEAT_DAYS })]),
    ...byOneActor(access, times.byOne, found),
    // What broke a rule is found already, and no case would have made it right.
    ...(isLookup && !isSuspicious(access) ? [caseFinding(access, around, found)] : []),
  ]
}

/** The same person by the same member of staff: the finding says so, and its mark alone says to whom. */
function byOneActor(
  { actor, occurredAt }: WatchedAccess,
  count: number | undefined,
  found: Found,
): readonly Finding[] {
  if (actor === undefined || count === undefined) return []
  const by = { actor, day: germanDay(occurredAt) }
  return [{ ...found('staff_repeated', { count, days: REPEAT_DAYS }), by }]
}

type Found = (rule: RuleCode, more?: Partial<Evidence>) => Finding

/** What recording flagged already, under the rule of oversight that it belongs to. */
function brokenBy({ broken }: WatchedAccess, found: Found): readonly Finding[] {
  const under = (test: (rule: string) => boolean) => Object.keys(broken).filter(test).sort()
  const fieldsOf = (rules: readonly string[]) =>
    rules.reduce((sum, rule) => sum + (broken[rule] ?? 0), 0)
  const groups: readonly (readonly [RuleCode, readonly string[]])[] = [
    ['prohibited', under((rule) => rule.startsWith('rst.'))],
    ['in_spite_of_block', under((rule) => rule.startsWith('block.'))],
    ['consent_not_valid', under((rule) => rule === 'consent.not_valid')],
    ['beyond_purpose', under((rule) => rule.endsWith('.fields_beyond'))],
    ['unknown_flow', under((rule) => rule === 'flow.unknown')],
  ]
  return groups.flatMap(([rule, rules]) =>
    rules.length === 0 ? [] : [found(rule, { rules, fields: fieldsOf(rules) })],
  )
}

/** The office had a case, which was over; or none at all. */
function caseFinding(access: WatchedAccess, { cases }: Around, found: Found): Finding {
  const at = access.occurredAt.getTime()
  const ends = cases.flatMap(({ to }) =>
    to === undefined || to.getTime() > at ? [] : [to.getTime()],
  )
  if (ends.length === 0) return found('no_case')
  return found('after_close', { days: Math.floor((at - Math.max(...ends)) / DAY_MS) })
}
