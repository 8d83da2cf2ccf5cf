import { isPeriod } from '../rules.js'
import type { Reference, RuleEntry } from '../reference.js'

/** Rules whose period is no ISO 8601 duration, or begins nowhere. */
export function badPeriods({ rules }: Reference): string[] {
  return rules.flatMap(({ code, period, periodStart }) => [
    ...(period === null || isPeriod(period) ? [] : [`rule ${code}: ${period} is no duration`]),
    ...((period === null) === (periodStart === null)
      ? []
      : [`rule ${code}: a period and its beginning belong together`]),
  ])
}

/** Fields whose retention rule is a rule of another type. */
export function badFieldRetention({ fields, rules }: Reference): string[] {
  const types = new Map(rules.map(({ code, type }) => [code, type]))
  return fields
    .filter(({ retentionRuleCode: code }) => code !== null && types.get(code) !== 'retention')
    .map(
      ({ code, retentionRuleCode }) =>
        `field ${code}: ${retentionRuleCode} does not set a retention`,
    )
}

/** Classes that disagree with the rule they cite, or share a number. */
export function badClasses({ classes, rules }: Reference): string[] {
  const byCode = new Map(rules.map((rule) => [rule.code, rule]))
  const numbers = classes.map(({ number }) => number)
  return classes.flatMap((one, place) => {
    const fault = (text: string) => `class ${one.code}: ${text}`
    const rule = byCode.get(one.retentionRuleCode)
    return [
      ...(numbers.indexOf(one.number) < place ? [fault(`the number ${one.number} is taken`)] : []),
      ...(rule ? ruleFaults(one, rule).map(fault) : []),
    ]
  })
}

function ruleFaults(one: Reference['classes'][number], rule: RuleEntry): string[] {
  const { register } = rule
  return [
    ...(rule.type === 'retention' ? [] : [`${rule.code} does not set a retention`]),
    ...(one.period === rule.period
      ? []
      : [`its period ${one.period ?? 'null'} is not that of ${rule.code}`]),
    ...(register === null || one.registers.includes(register)
      ? []
      : [`${rule.code} is about the register ${register}`]),
  ]
}

/**
 * Registers of flows and of fields that are in no class or in several, so that the retention of an
 * entry could not be resolved; and registers of a class that nothing else names.
 */
export function unclassedRegisters({ flows, fields, classes }: Reference): string[] {
  const used = new Set([...flows, ...fields].map(({ register }) => register))
  const listed = classes.flatMap(({ registers }) => registers)
  return [
    ...[...used]
      .map((register) => ({ register, times: listed.filter((one) => one === register).length }))
      .filter(({ times }) => times !== 1)
      .map(({ register, times }) => `register ${register}: it is in ${times} classes`),
    ...listed
      .filter((register) => !used.has(register))
      .map((register) => `register ${register}: no flow and no field has it`),
  ]
}

/** Display delays that disagree with their rule, or that delay nothing. */
export function badDelays({ delays, rules }: Reference): string[] {
  return delays.flatMap(({ ruleCode, period, purposes, fields }) => {
    const rule = rules.find(({ code }) => code === ruleCode)
    const fault = (text: string) => `delay ${ruleCode}: ${text}`
    return [
      ...(rule && rule.type !== 'disclosure' ? [fault('it is no rule of disclosure')] : []),
      ...(rule && rule.period !== period ? [fault('its period is not that of its rule')] : []),
      ...(isPeriod(period) ? [] : [fault(`${period} is no duration`)]),
      ...(purposes.length + fields.length > 0 ? [] : [fault('it delays nothing')]),
    ]
  })
}
