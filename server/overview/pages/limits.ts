import type { LimitFacts } from '../service.js'
import type { Words } from './words.js'

/** Rules about what no page of anybody shows, in the order in which they are told. */
const WITHHOLDING = [
  'dis.azr.not_in_log',
  'dis.azr.body_consent',
  'dis.bmg.withheld',
  'dis.sgb.body_consent',
  'dis.azr.case_review',
  'dis.azr.no_reason',
] as const

/** That only some of the queries of social data are recorded at all. */
const SAMPLING = 'ret.log.sgb'

const PERIOD = /^P(\d+)([DWMY])$/
const UNITS: Readonly<Record<string, string>> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' }

/** The same notice for everybody, whatever is withheld from whom. */
export function limitsPage(words: Words, { classes, delays }: LimitFacts) {
  const { t, texts } = words
  return {
    title: t('overview:limits.title'),
    withholding: WITHHOLDING.map((code) => ruleOf(words, code)),
    sampling: ruleOf(words, SAMPLING),
    keeping: classes.map(({ code, period, citation }) => ({
      what: t(`overview:limits.class.${code}`),
      period:
        period === undefined ? t('overview:limits.operatorPeriod') : periodText(words, period),
      citation,
    })),
    delays: delays.map(({ purposes, fields, period, citation, rule }) => ({
      ...texts.rule(rule),
      period: periodText(words, period),
      citation,
      items: [
        ...purposes.map((purpose) => texts.purpose(purpose).name),
        ...fields.map((field) => texts.field(field).label),
      ],
    })),
  }
}

function ruleOf({ texts, catalogue }: Words, code: string) {
  return { ...texts.rule(code), citation: catalogue.rules.byCode(code)?.citation ?? null }
}

/** An ISO 8601 duration of one unit in words; throws for one that no rule has. */
export function periodText({ t }: Words, period: string): string {
  const [, amount, unit] = PERIOD.exec(period) ?? []
  if (amount === undefined || unit === undefined) throw new Error(`not one unit of time: ${period}`)
  return t(`overview:period.${UNITS[unit] ?? ''}`, { count: Number(amount) })
}
