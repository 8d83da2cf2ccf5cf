import { daysBetween } from '../../platform/kernel/days.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { Page } from '../../platform/kernel/paging.js'
import type { Asked, OpenedQuestion } from '../flags/asking.js'
import { ANSWERS, isOverdue, wantsOf, type QuestionRow } from '../flags/questions.js'
import type { FindingRow } from '../flags/finding.js'
import { accessRows } from './access.js'
import { evidenceText, unitText, whenOf, type FlagPen } from './flags.js'

/** Who reads a question: the officer who asks, or the unit that answers. */
export type Side = 'officer' | 'unit'
const LISTS = { officer: 'oversight.asked', unit: 'oversight.questions' } as const
const ONES = { officer: 'oversight.answer', unit: 'oversight.question' } as const

/** A list of questions: no name, no number, no stable pseudonym of a person, and never who looked. */
export function questionsPage(
  pen: FlagPen,
  side: Side,
  view: { readonly page: Page<QuestionRow>; readonly isOpen: boolean; readonly today: string },
): object {
  const { t, to } = pen
  const { page, isOpen, today } = view
  const show = isOpen ? {} : { show: 'ended' }
  return {
    title: t(`oversight:ask.list.${side}.title`),
    lead: t(`oversight:ask.list.${side}.lead`),
    other: {
      href: to(LISTS[side], isOpen ? { show: 'ended' } : {}),
      text: t(`oversight:ask.list.${isOpen ? 'ended' : 'open'}`),
    },
    back: side === 'officer' ? backOf(pen, 'oversight.flags', 'oversight:flags.title') : '',
    empty: page.items.length === 0,
    table: tableOf(pen, { questions: page.items, today, side }),
    pager: {
      newer: null,
      older: page.next === undefined ? null : to(LISTS[side], { ...show, after: page.next }),
    },
  }
}

function backOf({ t, to }: FlagPen, page: string, text: string): object {
  return { href: to(page), text: t(text) }
}

const COLUMNS = ['reference', 'rule', 'when', 'unit', 'due', 'state'] as const

function tableOf(
  pen: FlagPen,
  view: { readonly questions: readonly QuestionRow[]; readonly today: string; readonly side: Side },
): object {
  const { t, to } = pen
  const { questions, today, side } = view
  return {
    caption: t('oversight:ask.list.caption'),
    columns: COLUMNS.map((name) => ({ text: t(`oversight:ask.column.${name}`) })),
    rows: questions.map((one) => ({
      cells: [
        { text: one.reference, href: to(ONES[side], { question: one.reference }) },
        { text: t(`oversight:flags.rule.${one.rule}.name`) },
        whenOf(one.evidence),
        { text: unitText(pen, one.evidence) },
        one.state === 'open' ? { text: leftText(pen, one, today) } : { text: '–' },
        { text: stateText(pen, one, today) },
      ],
    })),
  }
}

function leftText({ t }: FlagPen, { dueOn }: QuestionRow, today: string): string {
  const count = daysBetween(today, dueOn)
  if (count === 0) return t('rectification:clock.today')
  return count > 0
    ? t('rectification:clock.left', { count })
    : t('rectification:clock.over', { count: -count })
}

function stateText({ t }: FlagPen, question: QuestionRow, today: string): string {
  return t(`oversight:ask.state.${isOverdue(question, today) ? 'overdue' : question.state}`)
}

/** What was asked about a finding, and the form to ask, or why there is none. */
export function askSection(
  pen: FlagPen,
  view: Typed & { readonly finding: FindingRow; readonly asked: Asked; readonly today: string },
): object {
  const { t, to } = pen
  const { finding, asked, today } = view
  const { index, rule } = finding
  const { questions, obstacle } = asked
  const { boxes } = inputsOf(t, view, (name) => `oversight:ask.${name}`)
  const wants = wantsOf(rule).map((value) => ({ value, text: t(`oversight:ask.want.${value}`) }))
  return {
    questions: questions.length === 0 ? '' : tableOf(pen, { questions, today, side: 'officer' }),
    answers: questions.flatMap(({ reference, answer, caseRef }) =>
      answer === null
        ? []
        : [
            `${reference}: ${t(`oversight:ask.answers.${answer}`)}. ${
              caseRef === null ? '' : t('oversight:ask.withCase')
            }`,
          ],
    ),
    obstacle: obstacle === undefined ? '' : t(`oversight:ask.obstacle.${obstacle}`),
    form:
      obstacle === undefined
        ? {
            action: to('oversight.ask', { entry: index, flagRule: rule }),
            control: boxes('wants', wants),
          }
        : '',
  }
}

/** What an opened question is shown with. */
export interface QuestionView extends Typed {
  readonly opened: OpenedQuestion
  readonly refused: string
  readonly today: string
}

/** One question: what it is about, what is asked, and the answer or the form for it. */
export function questionPage(pen: FlagPen, side: Side, view: QuestionView): object {
  const { t } = pen
  const { opened, refused, today } = view
  const { question, access, steps } = opened
  const { reference, rule, wants } = question
  return {
    title: t('oversight:ask.one.title', { reference }),
    lead: evidenceText(pen, question),
    back: backOf(pen, LISTS[side], `oversight:ask.list.${side}.title`),
    ...{ refused, problems: inputsOf(t, view, (name) => `oversight:ask.${name}`).problems },
    rows: factRows(pen, question, today),
    finding: side === 'officer' ? findingLink(pen, question) : '',
    wants: wants.map((want) => t(`oversight:ask.want.${want}`)),
    access: access === undefined ? [] : accessRows(pen, access),
    answer: answerRows(pen, question),
    form: side === 'unit' && question.state === 'open' ? answerForm(pen, view) : '',
    rule: t(`oversight:flags.rule.${rule}.what`),
    steps: steps.map(({ kind, at }) => ({
      ...{ at, title: t(`oversight:ask.event.${kind}`), who: t(`oversight:ask.by.${kind}`) },
      ...{ note: '', words: '' },
    })),
  }
}

function findingLink({ t, to }: FlagPen, { index, rule }: QuestionRow): object {
  return {
    href: to('oversight.flag', { entry: index, flagRule: rule }),
    text: t('oversight:ask.one.finding'),
  }
}

function factRows(pen: FlagPen, question: QuestionRow, today: string): object[] {
  const { t } = pen
  const { rule, evidence, askedAt, dueOn, state } = question
  const row = (name: string, value: object) => ({ term: t(`oversight:ask.fact.${name}`), ...value })
  return [
    row('state', { text: stateText(pen, question, today) }),
    row('rule', { text: t(`oversight:flags.rule.${rule}.name`) }),
    row('when', whenOf(evidence)),
    row('unit', { text: unitText(pen, evidence) }),
    row('asked', { at: askedAt }),
    row('due', { day: dueOn }),
    ...(state === 'open' ? [row('left', { text: leftText(pen, question, today) })] : []),
  ]
}

function answerRows({ t }: FlagPen, { answer, caseRef }: QuestionRow): object[] {
  if (answer === null) return []
  return [
    { term: t('oversight:ask.answer'), text: t(`oversight:ask.answers.${answer}`) },
    ...(caseRef === null ? [] : [{ term: t('oversight:ask.caseRef'), code: caseRef }]),
  ]
}

function answerForm({ t, to }: FlagPen, view: QuestionView): object {
  const { reference } = view.opened.question
  const { radios, input } = inputsOf(t, view, (name) => `oversight:ask.${name}`)
  const answers = ANSWERS.map((value) => ({ value, text: t(`oversight:ask.answers.${value}`) }))
  const caseRef = input('caseRef', {
    ...{ hint: t('oversight:ask.caseRefHint'), optional: true, code: true },
  })
  return {
    action: to('oversight.reply', { question: reference }),
    controls: [radios('answer', answers), ...(view.opened.access === undefined ? [] : [caseRef])],
  }
}
