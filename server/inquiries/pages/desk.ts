import type { FieldError, Typed } from '../../platform/kernel/inputs.js'
import { inputsOf } from '../../platform/kernel/inputs.js'
import type { Page } from '../../platform/kernel/paging.js'
import type { DeskQuery, OpenedInquiry } from '../desk.js'
import type { DeskWord } from '../forms.js'
import type { InquiryRow } from '../model.js'
import { FINDINGS, isOpen, MEASURES, PASS_REASONS, possible, type InquiryEvent } from '../rules.js'
import { replyOf } from './own.js'
import {
  accessRows,
  clockOf,
  leftOf,
  optionsOf,
  questionRows,
  timelineOf,
  wordsOf,
  type Pen,
} from './pen.js'

/** The list of an office: no name, no number, no stable pseudonym of a person, and never who looked. */
export function deskPage(
  pen: Pen,
  { page, query, today }: { page: Page<InquiryRow>; query: DeskQuery; today: string },
): object {
  const { t, urls } = pen
  const show = query.isOpen ? {} : { show: 'ended' }
  const columns = ['reference', 'kind', 'reasons', 'asked', 'due', 'state']
  return {
    title: t('inquiries:desk.title'),
    lead: t('inquiries:desk.lead'),
    filter: {
      href: urls.to('inquiries.desk', query.isOpen ? { show: 'ended' } : {}),
      text: t(query.isOpen ? 'inquiries:desk.ended' : 'inquiries:desk.open'),
    },
    empty: page.items.length === 0,
    table: {
      caption: t(query.isOpen ? 'inquiries:desk.caption' : 'inquiries:desk.captionEnded'),
      columns: columns.map((name) => ({ text: t(`inquiries:desk.column.${name}`) })),
      rows: page.items.map((inquiry) => ({ cells: cellsOf(pen, inquiry, today) })),
    },
    pager: {
      newer: null,
      older:
        page.next === undefined ? null : urls.to('inquiries.desk', { ...show, after: page.next }),
    },
  }
}

function cellsOf(pen: Pen, inquiry: InquiryRow, today: string): readonly object[] {
  const { t, urls } = pen
  const { reference, kind, reasons, askedAt, dueOn, state } = inquiry
  return [
    { text: reference, href: urls.to('inquiries.opened', { inquiry: reference }) },
    { text: t(`inquiries:kind.${kind}`) },
    { text: wordsOf(pen, 'reason', reasons).join(' · ') },
    { at: askedAt },
    { text: isOpen(state) ? leftOf(pen, dueOn, today) : '–' },
    { text: t(`inquiries:desk.status.${state}`) },
  ]
}

/** What an opened inquiry is shown with. */
export interface OpenedView extends Typed {
  readonly facts: OpenedInquiry
  readonly today: string
  readonly refused: string
}

/** The question beside the access that it is about, and what can be done now. */
export function openedPage(pen: Pen, view: OpenedView): object {
  const { t, urls } = pen
  const { facts, today, refused } = view
  const { inquiry, deadline, access, events, reply } = facts
  const { reference, state, version } = inquiry
  return {
    title: t('inquiries:opened.title', { reference }),
    back: { href: urls.to('inquiries.desk'), text: t('inquiries:desk.title') },
    ...{ refused, reference, version: String(version) },
    problems: inputsOf(t, view, (name) => `inquiries:opened.${name}`).problems,
    status: t(`inquiries:desk.status.${state}`),
    clock: isOpen(state) ? clockOf(pen, deadline, today) : '',
    question: questionRows(pen, facts, 'opened'),
    access: access === undefined ? [] : accessRows(pen, access),
    reply: reply === undefined ? '' : replyOf(pen, reply),
    actions: actionsOf(pen, view),
    timeline: timelineOf(pen, events, 'person'),
  }
}

interface Action {
  readonly event: InquiryEvent
  readonly word: DeskWord
  readonly fields: readonly string[]
}

const ACTIONS: readonly Action[] = [
  { event: 'taken', word: 'take', fields: [] },
  { event: 'answered', word: 'answer', fields: ['finding', 'measures', 'words_de'] },
  { event: 'passed_on', word: 'pass', fields: ['reason'] },
]

function actionsOf(pen: Pen, view: OpenedView): readonly object[] {
  const { t, urls } = pen
  const { inquiry } = view.facts
  const mayDo = possible(inquiry.state, 'officer')
  return ACTIONS.filter(({ event }) => mayDo.includes(event)).map(({ word, fields }) => ({
    heading: t(`inquiries:opened.${word}`),
    action: urls.to('inquiries.act', { inquiry: inquiry.reference, word }),
    controls: fields.map((name) => controlOf(pen, view, name)),
    isOpen: fields.length === 0 || isWrong(view.errors, fields),
    submit: t(`inquiries:opened.${word}Submit`),
  }))
}

function isWrong(errors: readonly FieldError[], fields: readonly string[]): boolean {
  return errors.some(({ field }) => fields.includes(field))
}

function controlOf(pen: Pen, view: OpenedView, name: string): object {
  const { t } = pen
  const { radios, boxes, area } = inputsOf(t, view, (field) => `inquiries:opened.${field}`)
  switch (name) {
    case 'finding':
      return radios(name, optionsOf(pen, 'finding', FINDINGS))
    case 'measures':
      return boxes(name, optionsOf(pen, 'measure', MEASURES), t('inquiries:opened.measuresHint'))
    case 'reason':
      return radios(name, optionsOf(pen, 'passed', PASS_REASONS))
    default:
      return area(name, { hint: t('inquiries:opened.wordsHint'), optional: true, lang: 'de' })
  }
}
