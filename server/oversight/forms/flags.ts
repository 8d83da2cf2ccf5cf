import { daysBetween, isCalendarDay } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import { RULE_CODES, type RuleCode } from '../flags/rules.js'
import {
  actOf,
  SHOWN_STATES,
  type FindingAct,
  type FindingState,
  type ShownStates,
} from '../flags/states.js'

/** The states behind a choice. */
export function statesOf(shown: ShownStates): readonly FindingState[] {
  return shown === 'open' ? ['new', 'asked'] : [shown]
}

/** A query of the work list; what cannot be read is left out. */
export function readFlagQuery(query: URLSearchParams) {
  const shown = SHOWN_STATES.find((one) => one === query.get('state')) ?? 'open'
  const rule = readRule(query.get('rule'))
  const after = readPlace(query.get('after'))
  return {
    ...{ shown, states: statesOf(shown) },
    ...(rule === undefined ? {} : { rule }),
    ...(after === undefined ? {} : { after }),
  }
}

/** A rule by its code, or nothing. */
export function readRule(raw: string | null | undefined): RuleCode | undefined {
  return RULE_CODES.find((one) => one === raw)
}

const PLACE = /^(\d{1,3})\.(0|[1-9]\d{0,14})\.([a-z_]{1,40})$/

function readPlace(raw: string | null) {
  const [, weight = '', index = '', code = ''] = PLACE.exec(raw ?? '') ?? []
  const rule = readRule(code)
  return rule === undefined ? undefined : { weight: Number(weight), index: Number(index), rule }
}

const CHOOSE = 'rectification:problem.choose'
const NUMBER = /^\d{1,6}$/

/** What an officer makes of a finding, as the page showed it. */
export function readFlagAct(
  form: URLSearchParams,
): Result<{ readonly act: FindingAct; readonly version: number }, readonly FieldError[]> {
  const act = actOf(form.get('act') ?? '')
  if (act === undefined) return refuse([{ field: 'act', key: CHOOSE }])
  return ok({ act, version: numberOf(form.get('version')) })
}

/** A number that the page wrote into the form; what is none matches nothing. */
function numberOf(raw: string | null): number {
  return NUMBER.test(raw ?? '') ? Number(raw) : -1
}

/** Which rule is switched which way, as the page showed it; nothing where the form is none of ours. */
export function readSwitch(
  form: URLSearchParams,
): { readonly rule: RuleCode; readonly isOn: boolean; readonly after: number } | undefined {
  const rule = readRule(form.get('rule'))
  const to = form.get('to')
  if (rule === undefined || (to !== 'on' && to !== 'off')) return undefined
  return { rule, isOn: to === 'on', after: numberOf(form.get('after')) }
}

/** The longest period that is tried at once, in days. */
export const LONGEST_TRIAL = 31

/** The period of a trial; nothing where none is asked for, errors where it cannot be tried. */
export function readTrial(
  query: URLSearchParams,
): Result<{ readonly from: string; readonly until: string }, readonly FieldError[]> | undefined {
  const [from, until] = [query.get('from') ?? '', query.get('until') ?? '']
  if (from === '' && until === '') return undefined
  const errors = [
    ...(isCalendarDay(from) ? [] : [{ field: 'from', key: NO_DAY }]),
    ...(isCalendarDay(until) ? [] : [{ field: 'until', key: NO_DAY }]),
  ]
  if (errors.length > 0) return refuse(errors)
  const days = daysBetween(from, until)
  if (days < 0) return refuse([{ field: 'until', key: 'oversight:flags.problem.order' }])
  if (days >= LONGEST_TRIAL) {
    const key = 'oversight:flags.problem.long'
    return refuse([{ field: 'until', key, params: { most: LONGEST_TRIAL } }])
  }
  return ok({ from, until })
}

const NO_DAY = 'oversight:flags.problem.day'
