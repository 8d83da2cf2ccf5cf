import { inputsOf, type FieldError } from '../../platform/kernel/inputs.js'
import { EXPLANATIONS } from '../flags/explanation.js'
import type { Rulebook, RuleStanding, Trial } from '../flags/rulebook.js'
import { FEWEST_PEERS } from '../flags/robust.js'
import { RULE_CODES, UNTRIED } from '../flags/rules.js'
import type { FlagPen } from './flags.js'
import { emergencyShares } from './emergency-shares.js'
import { shareText } from './share.js'
import { staffNote } from './staff-note.js'

/** What the list of rules is shown with. */
export interface RulesView {
  readonly book: Rulebook
  readonly trial?: Trial
  readonly query: URLSearchParams
  readonly errors: readonly FieldError[]
  readonly refused: string
}

const COLUMNS = ['rule', 'is', 'threshold', 'hits', 'explained', 'confirmed'] as const
const NUMERIC: readonly string[] = ['threshold', 'hits']

/** The rules of the office: what each found, how it is set, and a trial on past data. */
export function flagRulesPage(pen: FlagPen, view: RulesView): object {
  const { t, to } = pen
  const { book, trial, query, errors, refused } = view
  const typed = { form: query, errors }
  const { problems, input } = inputsOf(t, typed, (name) => `oversight:flags.trial.${name}`)
  return {
    title: t('oversight:flags.rulesTitle'),
    lead: t('oversight:flags.rulesLead'),
    back: { href: to('oversight.flags'), text: t('oversight:flags.title') },
    ...{ refused, problems },
    explained: explainedRows(pen, book),
    emergencies: emergencyShares(pen, book),
    table: {
      caption: t('oversight:flags.rulesTitle'),
      columns: COLUMNS.map((name) => ({
        text: t(`oversight:flags.column.${name}`),
        numeric: NUMERIC.includes(name),
      })),
      rows: book.rules.map((rule) => ({ cells: cellsOf(pen, rule) })),
    },
    rules: book.rules.map((rule) => switchOf(pen, rule, book)),
    staff: staffNote(book.agreement),
    trialForm: {
      action: to('oversight.flag-rules'),
      controls: [dayInput(input('from')), dayInput(input('until'))],
    },
    trial: trial === undefined ? '' : trialOf(pen, trial),
    history: book.history.map(({ rule, isOn, at }) => ({
      title: t(`oversight:flags.rule.${rule}.name`),
      ...{ at, who: t('oversight:flags.officer'), words: '' },
      note: t(`oversight:flags.is.${isOn ? 'on' : 'off'}`),
    })),
  }
}

const dayInput = (control: object) => ({ ...control, type: 'date' })

function explainedRows({ t }: FlagPen, { explained, asOf, peers }: Rulebook): object[] {
  const row = (name: string, value: object) => ({
    term: t(`oversight:flags.explained.${name}`),
    ...value,
  })
  const all = Object.values(explained).reduce((sum, count) => sum + count, 0)
  return [
    row('all', { amount: all }),
    ...EXPLANATIONS.map((name) => row(name, { amount: explained[name] })),
    row('unexplained', { amount: explained.unexplained }),
    row('share', { text: shareText(all - explained.unexplained, all) }),
    ...(asOf === undefined
      ? []
      : [row('asOf', { at: asOf.at }), row('size', { amount: asOf.size })]),
    ...(peers === undefined ? [] : [row('peers', { amount: peers })]),
  ]
}

function cellsOf({ t, to }: FlagPen, rule: RuleStanding): object[] {
  const { code, threshold, hits } = rule
  return [
    {
      text: t(`oversight:flags.rule.${code}.name`),
      href: to('oversight.flags', { rule: code }),
    },
    { text: standingText({ t }, rule) },
    threshold === undefined ? { text: '–' } : { amount: threshold },
    { amount: hits },
    { text: shareText(rule.explained, hits) },
    { text: shareText(rule.confirmed, hits) },
  ]
}

function standingText(
  { t }: Pick<FlagPen, 't'>,
  { isOn, cannotJudge, lacksAgreement }: RuleStanding,
): string {
  const is = t(`oversight:flags.is.${isOn ? 'on' : 'off'}`)
  if (lacksAgreement) return `${is} · ${t('oversight:staff.needed')}`
  return cannotJudge ? `${is} · ${t('oversight:flags.cannotJudge')}` : is
}

function switchOf({ t, to }: FlagPen, rule: RuleStanding, { peers = 0 }: Rulebook): object {
  const { code, isOn, switches, cannotJudge, lacksAgreement } = rule
  const next = isOn ? 'off' : 'on'
  return {
    name: t(`oversight:flags.rule.${code}.name`),
    what: t(`oversight:flags.rule.${code}.what`),
    warning: cannotJudge ? t('oversight:flags.tooFew', { peers, least: FEWEST_PEERS }) : '',
    barred: lacksAgreement ? t('oversight:staff.off') : '',
    ...{ action: to('oversight.flag-switch'), rule: code, to: next, after: String(switches) },
    submit: t(`oversight:flags.turn.${next}`, { rule: t(`oversight:flags.rule.${code}.name`) }),
  }
}

function trialOf({ t }: FlagPen, trial: Trial): object {
  const { accesses, explained, hits, isCut } = trial
  return {
    rows: [
      { term: t('oversight:flags.explained.all'), amount: accesses },
      { term: t('oversight:flags.explained.share'), text: shareText(explained, accesses) },
    ],
    cut: isCut ? t('oversight:flags.trial.cut') : '',
    table: {
      caption: t('oversight:flags.trial.result'),
      columns: ['rule', 'hits'].map((name) => ({
        text: t(`oversight:flags.column.${name}`),
        numeric: NUMERIC.includes(name),
      })),
      rows: RULE_CODES.filter((code) => !UNTRIED.includes(code)).map((code) => ({
        cells: [{ text: t(`oversight:flags.rule.${code}.name`) }, { amount: hits.get(code) ?? 0 }],
      })),
    },
  }
}
