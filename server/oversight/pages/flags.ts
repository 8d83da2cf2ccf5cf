import type { Catalogue } from '../../catalogue/index.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { daysAfter } from '../../platform/kernel/days.js'
import type { Page } from '../../platform/kernel/paging.js'
import type { Agreement } from '../agreement.js'
import type { OpenedFinding } from '../flags/worklist.js'
import {
  daysOf,
  isOfUnit,
  RULE_CODES,
  STAFF_RULES,
  tellsPerson,
  type Evidence,
  type RuleCode,
} from '../flags/rules.js'
import type { FindingRow, FindingStepRow } from '../flags/finding.js'
import { FINDING_REASONS, SHOWN_STATES, stepsOf, type ShownStates } from '../flags/states.js'
import type { Pen } from './pen.js'
import { staffNote } from './staff-note.js'

/** What pages of findings are written with: terms of the catalogue by their numbers as well. */
export interface FlagPen extends Pen {
  readonly catalogue: Pick<Catalogue, 'units' | 'purposes'>
}

/** What the work list is shown with. */
export interface FlagsView {
  readonly page: Page<FindingRow>
  readonly shown: ShownStates
  readonly rule?: RuleCode
  readonly agreement: Agreement | undefined
}

const COLUMNS = ['rule', 'evidence', 'when', 'unit', 'state']

/** The work list: no name, no number, no stable pseudonym of a person, and never who looked. */
export function flagsPage(pen: FlagPen, { page, shown, rule, agreement }: FlagsView): object {
  const { t, to } = pen
  const chosen = {
    ...(shown === 'open' ? {} : { state: shown }),
    ...(rule === undefined ? {} : { rule }),
  }
  return {
    title: t('oversight:flags.title'),
    lead: t('oversight:flags.lead'),
    rules: { href: to('oversight.flag-rules'), text: t('oversight:flags.rulesLink') },
    own: { href: to('oversight.flags-own'), text: t('oversight:staff.link') },
    staff: staffNote(agreement),
    questions: { href: to('oversight.asked'), text: t('oversight:ask.list.link') },
    action: to('oversight.flags'),
    filters: filtersOf(pen, shown, rule),
    empty: page.items.length === 0,
    table: {
      caption: t('oversight:flags.caption'),
      columns: COLUMNS.map((name) => ({ text: t(`oversight:flags.column.${name}`) })),
      rows: page.items.map((finding) => ({ cells: cellsOf(pen, finding) })),
    },
    pager: {
      newer: null,
      older:
        page.next === undefined ? null : to('oversight.flags', { ...chosen, after: page.next }),
    },
  }
}

function filtersOf({ t }: FlagPen, shown: ShownStates, rule: RuleCode | undefined): object[] {
  const form = new URLSearchParams({ state: shown, rule: rule ?? '' })
  const { choice } = inputsOf(t, { form, errors: [] }, (name) => `oversight:flags.by.${name}`)
  return [
    choice(
      'state',
      SHOWN_STATES.map((value) => ({ value, text: t(`oversight:flags.shown.${value}`) })),
    ),
    choice('rule', [
      { value: '', text: t('oversight:by.all') },
      ...RULE_CODES.map((value) => ({ value, text: t(`oversight:flags.rule.${value}.name`) })),
    ]),
  ]
}

function cellsOf(pen: FlagPen, finding: FindingRow): object[] {
  const { t, to } = pen
  const { index, rule, evidence } = finding
  return [
    {
      text: t(`oversight:flags.rule.${rule}.name`),
      href: to('oversight.flag', { entry: index, flagRule: rule }),
    },
    { text: evidenceText(pen, finding) },
    whenOf(evidence),
    { text: unitText(pen, evidence) },
    { text: stateText(pen, finding) },
  ]
}

/** When it was: an instant, or the day of several. */
export function whenOf({ at, day }: Evidence): object {
  return at === undefined ? { day: day ?? '' } : { at: new Date(at) }
}

/** The unit that a finding is about, in words. */
export function unitText({ t, texts, catalogue }: FlagPen, { unit }: Evidence): string {
  const known = catalogue.units.byId(unit)
  return known === undefined ? t('oversight:flags.noUnit') : texts.unit(known.code).label
}

function stateText({ t }: FlagPen, { state, isSealed }: FindingRow): string {
  const text = t(`oversight:flags.state.${state}`)
  return isSealed ? `${text} · ${t('oversight:flags.sealed')}` : text
}

/** What a sentence of evidence is made of. */
type Shown = Pick<FindingRow, 'rule' | 'evidence'>

/** What a finding rests on, as one sentence. */
export function evidenceText(pen: FlagPen, finding: Shown): string {
  const { t } = pen
  const { rule, evidence } = finding
  const { shares = [0, 0] } = evidence
  if (rule === 'off_hours')
    return t(`oversight:flags.evidence.off_hours.${evidence.why ?? 'night'}`)
  if (rule === 'emergency_without_note') return missingNote(pen, evidence)
  return t(`oversight:flags.evidence.${rule}`, {
    ...{ number: numberIn(finding), median: evidence.box?.median ?? 0 },
    ...{ purpose: purposeText(pen, evidence), before: shares[0], now: shares[1] },
  })
}

function missingNote({ t }: FlagPen, { why = '', days = 0 }: Evidence): string {
  const ground = t(`emergencies:ground.${why}`)
  return t('oversight:flags.evidence.emergency_without_note', { ground, days })
}

/** The number that a sentence names, by what its rule counts. */
function numberIn({ rule, evidence }: Shown): number {
  const { count = 0, days = 0, fields = 0, box } = evidence
  if (rule === 'repeated' || rule === 'staff_repeated') return count
  return rule === 'after_close' ? days : (box?.value ?? fields)
}

function purposeText({ texts, catalogue }: FlagPen, { purpose = 0 }: Evidence): string {
  const known = catalogue.purposes.byId(purpose)
  return known === undefined ? '' : texts.purpose(known.code).name
}

/** What an opened finding is shown with. */
export interface FlagView extends Typed {
  readonly opened: OpenedFinding
  readonly refused: string
}

/** One finding: what it rests on, its peers, what was made of it, and what can be made of it now. */
export function flagPage(pen: FlagPen, { opened, refused, ...typed }: FlagView): object {
  const { t, to } = pen
  const { finding, steps } = opened
  const { index, rule, evidence, state, version } = finding
  const { problems, radios } = inputsOf(t, typed, (name) => `oversight:flags.${name}`)
  const acts = stepsOf(state, rule).flatMap((step) =>
    FINDING_REASONS[step].map((reason) => ({
      value: `${step}.${reason}`,
      text: `${t(`oversight:flags.step.${step}`)}: ${t(`oversight:flags.reason.${step}.${reason}`)}`,
    })),
  )
  return {
    title: t(`oversight:flags.rule.${rule}.name`),
    lead: evidenceText(pen, finding),
    back: { href: to('oversight.flags'), text: t('oversight:flags.title') },
    ...{ refused, problems, version: String(version) },
    rows: factRows(pen, finding),
    box: boxRows(pen, evidence, rule),
    boxTitle: t(`oversight:${STAFF_RULES.includes(rule) ? 'staff' : 'flags'}.boxTitle`),
    access: { href: to('oversight.access', { entry: index }), text: t('oversight:flags.access') },
    list: listOf(pen, finding),
    looks: t(finding.isSealed ? 'oversight:flags.looksSealed' : 'oversight:flags.looks'),
    steps: steps.map((step) => ({
      title: t(`oversight:flags.state.${step.state}`),
      ...{ at: step.at, who: t(`oversight:flags.${doerOf(step)}`), words: '' },
      note: t(`oversight:flags.reason.${step.state}.${step.reason}`),
    })),
    form:
      acts.length === 0
        ? ''
        : {
            action: to('oversight.flag-act', { entry: index, flagRule: rule }),
            telling: t(
              `oversight:flags.${tellsPerson(rule, finding.isSealed) ? 'told' : 'notTold'}`,
            ),
            controls: [radios('act', acts)],
          },
  }
}

/** A note that was told in time explains without an officer. */
function doerOf({ state, reason }: FindingStepRow): 'portal' | 'officer' {
  return state === 'explained' && reason === 'emergency' ? 'portal' : 'officer'
}

/** What a finding about a day or a week of a unit is about: its accesses, of which it names one alone. */
function listOf(
  { t, to, catalogue }: FlagPen,
  { rule, evidence }: FindingRow,
): { readonly href: string; readonly text: string } | '' {
  const { day, unit } = evidence
  if (day === undefined || !isOfUnit(rule)) return ''
  const known = catalogue.units.byId(unit)
  const days = { from: daysAfter(day, 1 - daysOf(rule)), until: day }
  const chosen = known === undefined ? days : { ...days, unit: known.code }
  return { href: to('oversight.accesses', chosen), text: t('oversight:flags.list') }
}

function factRows(pen: FlagPen, finding: FindingRow): object[] {
  const { t } = pen
  const { rule, evidence } = finding
  const row = (name: string, value: object) => ({
    term: t(`oversight:flags.fact.${name}`),
    ...value,
  })
  return [
    row('why', { text: t(`oversight:flags.rule.${rule}.what`) }),
    row('when', whenOf(evidence)),
    row('unit', { text: unitText(pen, evidence) }),
    ...(evidence.purpose === undefined
      ? []
      : [row('purpose', { text: purposeText(pen, evidence) })]),
    row('state', { text: stateText(pen, finding) }),
    row('found', { at: finding.foundAt }),
    row('size', { amount: finding.size }),
  ]
}

/** The unit among its peers, or one member of staff among those of such units: without a word of who. */
function boxRows({ t }: FlagPen, { box }: Evidence, rule: RuleCode): object[] {
  if (box === undefined) return []
  const room = STAFF_RULES.includes(rule) ? 'staff' : 'flags'
  const row = (name: string, amount: number) => ({
    term: t(`oversight:${room}.box.${name}`),
    amount,
  })
  return [
    row('value', box.value),
    row('median', box.median),
    row('mad', box.mad),
    row('peers', box.peers),
    ...(box.z === undefined ? [] : [row('z', box.z)]),
  ]
}
