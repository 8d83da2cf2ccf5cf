import { staffScope, type StaffActor } from '../../identity/index.js'
import { daysAfter, germanDay } from '../../platform/kernel/days.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { Agreement } from '../agreement.js'
import { readAgreement } from '../store/agreement.js'
import {
  insertSwitch,
  readEmergencyShares,
  readExplained,
  readHits,
  readOwnWatch,
  readSwitches,
  type EmergencyShare,
  type HitRow,
} from '../store/findings.js'
import type { Explanation } from './explanation.js'
import type { SwitchRow } from './finding.js'
import { FEWEST_PEERS } from './robust.js'
import {
  FLAG_RULES,
  PEER_RULES,
  RULE_CODES,
  SHARE_DAYS,
  STAFF_RULES,
  type FlagRule,
  type RuleCode,
} from './rules.js'
import { tallied } from './tallying.js'
import { judgeStretch } from './watching.js'
import type { WorklistParts } from './worklist.js'

/** A rule at one office: how it is set, and what came of what it found. */
export interface RuleStanding extends FlagRule {
  readonly code: RuleCode
  readonly isOn: boolean
  /** How often it was switched: what the next switch is written after. */
  readonly switches: number
  readonly hits: number
  readonly explained: number
  readonly confirmed: number
  /** It compares, and has too few to compare with. */
  readonly cannotJudge: boolean
  /** It looks at single members of staff, and the office has named no agreement: it cannot be switched on. */
  readonly lacksAgreement: boolean
}

/** All rules at one office. */
export interface Rulebook {
  readonly rules: readonly RuleStanding[]
  readonly history: readonly SwitchRow[]
  readonly explained: Readonly<Record<Explanation | 'unexplained', number>>
  /** Units that declared emergencies in the last days (`SHARE_DAYS`). */
  readonly emergencies: readonly EmergencyShare[]
  /** As of when; absent before the rules have read anything. */
  readonly asOf?: { readonly size: number; readonly at: Date }
  readonly peers?: number
  /** Under which agreement rules look at single members of staff; absent where they are off. */
  readonly agreement?: Agreement
}

/** Days of a trial, by the German calendar, both included. */
export interface TrialPeriod {
  readonly from: string
  readonly until: string
}

/** What the rules would find in a period; nothing of it is written. */
export interface Trial {
  readonly period: TrialPeriod
  readonly accesses: number
  readonly explained: number
  readonly hits: ReadonlyMap<RuleCode, number>
  /** Whether the log was longer than one trial reads, so that older entries are not in it. */
  readonly isCut: boolean
}

/** What an officer reads of the rules, and how they are set for the whole office. */
export interface Rules {
  read(actor: StaffActor): Promise<Rulebook>
  /** Switches a rule; false where it was switched since it was read. */
  toggle(
    actor: StaffActor,
    choice: { readonly rule: RuleCode; readonly isOn: boolean; readonly after: number },
  ): Promise<boolean>
  /** Tries the rules that look at single accesses on past data. */
  try(actor: StaffActor, period: TrialPeriod): Promise<Trial>
}

/** Leaves that one trial reads, and how many at a time. */
const TRIAL = { leaves: 200_000, step: 10_000 } as const

/** Makes the reading and setting of rules. */
export function createRules(parts: Omit<WorklistParts, 'tell'>): Rules {
  const { inTransaction, clock } = parts
  return {
    read: (actor) =>
      inTransaction(staffScope(actor), async (trx) => {
        const history = await readSwitches(trx)
        const watch = await readOwnWatch(trx)
        const peers = watch?.peers ?? undefined
        const agreement = await readAgreement(trx)
        const seen = { hits: await readHits(trx), history, peers, agreement }
        return {
          rules: RULE_CODES.map((code) => standingOf(code, seen)),
          history,
          explained: await readExplained(trx),
          emergencies: await readEmergencyShares(trx, sinceOf(clock.now())),
          ...(watch === undefined ? {} : { asOf: { size: watch.below, at: watch.at } }),
          ...(peers === undefined ? {} : { peers }),
          ...(agreement === undefined ? {} : { agreement }),
        }
      }),
    toggle: (actor, { rule, isOn, after }) =>
      inTransaction(staffScope(actor), async (trx) => {
        if (STAFF_RULES.includes(rule) && (await readAgreement(trx)) === undefined) return false
        const known = (await readSwitches(trx)).filter((one) => one.rule === rule)
        if (known.length !== after || (known[0]?.isOn ?? true) === isOn) return false
        const next = { rule, isOn, number: after + 1, at: clock.now() }
        return insertSwitch(trx, officeIn(actor), next)
      }),
    try: (actor, period) => tryRules(parts, officeIn(actor), period),
  }
}

function officeIn({ office }: StaffActor): number {
  if (office === undefined) throw new DomainError('NOT_FOUND')
  return office
}

function standingOf(
  code: RuleCode,
  {
    hits,
    history,
    peers,
    agreement,
  }: {
    readonly hits: readonly HitRow[]
    readonly history: readonly SwitchRow[]
    readonly peers: number | undefined
    readonly agreement: Agreement | undefined
  },
): RuleStanding {
  const own = hits.filter((one) => one.rule === code)
  const switches = history.filter((one) => one.rule === code)
  const sum = (states: readonly string[]) =>
    own.reduce((total, { state, count }) => total + (states.includes(state) ? count : 0), 0)
  const rule: FlagRule = FLAG_RULES.find((one) => one.code === code) ?? { code, weight: 0 }
  const lacksAgreement = STAFF_RULES.includes(code) && agreement === undefined
  return {
    ...rule,
    code,
    isOn: !lacksAgreement && (switches[0]?.isOn ?? true),
    lacksAgreement,
    switches: switches.length,
    hits: own.reduce((total, { count }) => total + count, 0),
    explained: sum(['explained', 'dismissed']),
    confirmed: sum(['confirmed']),
    cannotJudge: PEER_RULES.includes(code) && peers !== undefined && peers < FEWEST_PEERS,
  }
}

/** The latest entries first, so that a long log leaves the oldest out and not the newest. */
async function tryRules(
  parts: Omit<WorklistParts, 'tell'>,
  office: number,
  period: TrialPeriod,
): Promise<Trial> {
  const size = (await parts.logState())?.size ?? 0
  const bottom = Math.max(0, size - TRIAL.leaves)
  const hits = new Map<RuleCode, number>()
  const total = { accesses: 0, explained: 0 }
  for (let to = size; to > bottom; to -= TRIAL.step) {
    const from = Math.max(bottom, to - TRIAL.step)
    const judged = await judgeStretch(parts, office, { from, to, days: instantsOf(period) })
    for (const { counts } of tallied(judged)) {
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
      total.accesses += all
      total.explained += all - counts.unexplained
    }
    for (const { rule } of judged.flatMap(({ findings }) => findings)) {
      hits.set(rule, (hits.get(rule) ?? 0) + 1)
    }
  }
  return { period, ...total, hits, isCut: bottom > 0 }
}

function sinceOf(now: Date): { readonly day: string; readonly instant: Date } {
  const day = daysAfter(germanDay(now), -SHARE_DAYS)
  return { day, instant: midnight(day) }
}

/** Days of the German calendar as instants: summer and winter time begin on a Sunday at night, never at midnight. */
function instantsOf({ from, until }: TrialPeriod): { readonly since: Date; readonly until: Date } {
  return { since: midnight(from), until: midnight(until, 1) }
}

const HOUR_MS = 3_600_000

/** The German midnight with which a day begins, or one some days later. */
function midnight(day: string, later = 0): Date {
  const utc = Date.parse(day) + later * 24 * HOUR_MS
  const hour = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' as const },
  }).format(utc)
  return new Date(utc - Number(hour) * HOUR_MS)
}
