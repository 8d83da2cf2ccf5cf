import type { Party } from '../../catalogue/index.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { Page } from '../../platform/kernel/paging.js'
import type { DeskQuery, OpenedBlock } from '../desk.js'
import type { DeskWord } from '../forms.js'
import type { BlockRow } from '../model.js'
import { isApplied, type BlockEvent } from '../rules.js'
import { controlOf } from './controls.js'
import {
  applicationRows,
  clockOf,
  dayName,
  leftOf,
  noteOf,
  timelineOf,
  type Pen,
  type Row,
} from './pen.js'

/** The list of an office: no name, no number, no stable pseudonym of a person, and nothing that guards a witness. */
export function deskPage(
  pen: Pen,
  { page, query, today }: { page: Page<BlockRow>; query: DeskQuery; today: string },
): object {
  const { t, urls } = pen
  const { isOver } = query
  const columns = ['reference', 'kind', 'filed', 'due', 'state']
  const older = { ...(isOver ? { show: 'over' } : {}), after: page.next ?? '' }
  return {
    title: t('blocks:desk.title'),
    lead: t('blocks:desk.lead'),
    filter: {
      href: urls.to('blocks.desk', isOver ? {} : { show: 'over' }),
      text: t(isOver ? 'blocks:desk.standing' : 'blocks:desk.over'),
    },
    empty: page.items.length === 0,
    table: {
      caption: t(isOver ? 'blocks:desk.captionOver' : 'blocks:desk.caption'),
      columns: columns.map((name) => ({ text: t(`blocks:desk.column.${name}`) })),
      rows: page.items.map((block) => ({ cells: cellsOf(pen, block, today) })),
    },
    pager: { newer: null, older: page.next === undefined ? null : urls.to('blocks.desk', older) },
  }
}

function cellsOf(pen: Pen, block: BlockRow, today: string): readonly object[] {
  const { t, urls } = pen
  const { reference, kind, filedAt, dueOn, state } = block
  return [
    { text: reference, href: urls.to('blocks.opened', { reference }) },
    { text: t(`blocks:kind.${kind}.name`) },
    { at: filedAt ?? block.savedAt },
    { text: isApplied(state) && dueOn !== undefined ? leftOf(pen, dueOn, today) : '–' },
    { text: t(`blocks:desk.status.${state}`) },
  ]
}

/** What an opened block is shown with. */
export interface OpenedView extends Typed {
  readonly facts: OpenedBlock
  readonly today: string
  readonly refused: string
  /** Parties that a block works against. */
  readonly outside: readonly Party[]
}

/** The application, what can be done now, and the same words for whoever asks about blocked data. */
export function openedPage(pen: Pen, view: OpenedView): object {
  const { t, urls, german } = pen
  const { facts, today, refused } = view
  const { block, deadline, events } = facts
  const { reference, state, version } = block
  return {
    title: t('blocks:opened.title', { kind: t(`blocks:kind.${block.kind}.name`), reference }),
    back: { href: urls.to('blocks.desk'), text: t('blocks:desk.title') },
    ...{ refused, reference, version: String(version) },
    problems: inputsOf(t, view, (name) => `blocks:input.${name}`).problems,
    status: t(`blocks:desk.status.${state}`),
    clock: deadline === undefined ? '' : clockOf(pen, deadline, today),
    lacksForm: isApplied(state) && block.formMetAt === undefined,
    guarded: block.isGuarded,
    rows: rowsOf(pen, facts),
    neutral: block.kind === 'transmission' ? german.t('blocks:neutral.text') : '',
    unheard: facts.unheard.map(({ at, detail, shownOn }) => ({
      at,
      items: noteOf(pen, { event: 'transfer_unheard', detail }),
      shown: t('blocks:opened.shownOn', { day: dayName(pen, shownOn) }),
    })),
    actions: actionsOf(pen, view),
    timeline: timelineOf(pen, events, 'person'),
  }
}

function rowsOf(pen: Pen, { block, field, words, isErased }: OpenedBlock): readonly Row[] {
  const term = (name: string) => pen.t(`blocks:term.${name}`)
  return [
    ...applicationRows(pen, { block, field, words }),
    ...(block.fromAt === undefined ? [] : [{ term: term('from'), at: block.fromAt }]),
    ...(block.until === undefined ? [] : [{ term: term('until'), day: block.until }]),
    ...(isErased ? [{ term: term('words'), text: pen.t('blocks:one.erased') }] : []),
  ]
}

interface Action {
  readonly event: BlockEvent
  readonly word: DeskWord
  readonly fields: readonly string[]
}

const HEARING = ['about', 'recipient', 'transfer', 'ending', 'hearing_until', 'words_de']
const ACTIONS: readonly Action[] = [
  { event: 'form_met', word: 'form', fields: ['form'] },
  { event: 'taken', word: 'take', fields: [] },
  { event: 'granted', word: 'grant', fields: ['until', 'guarded'] },
  { event: 'refusal_proposed', word: 'refuse', fields: ['reasons', 'words_de'] },
  { event: 'refusal_confirmed', word: 'confirm', fields: [] },
  { event: 'refusal_returned', word: 'return', fields: [] },
  { event: 'hearing_opened', word: 'hear', fields: HEARING },
  { event: 'transfer_decided', word: 'transfer', fields: ['result', 'transfer', 'words_de'] },
  { event: 'kept', word: 'keep', fields: ['words_de'] },
  { event: 'ended', word: 'end', fields: ['reasons', 'words_de'] },
  { event: 'lift_agreed', word: 'agree', fields: ['words_de'] },
  {
    event: 'transfer_unheard',
    word: 'unheard',
    fields: ['recipient', 'transfer', 'why', 'shown_on'],
  },
]

function actionsOf(pen: Pen, view: OpenedView): readonly object[] {
  const { t, urls } = pen
  const { block, mayDo } = view.facts
  return ACTIONS.filter(({ event }) => mayDo.includes(event)).map(({ word, fields }) => ({
    heading: t(`blocks:act.${word}.heading`),
    text: t(`blocks:act.${word}.text`),
    action: urls.to('blocks.decide', { reference: block.reference, word }),
    controls: fields.flatMap((name) => controlOf(pen, { ...view, word }, name)),
    isOpen: fields.length === 0 || isWrong(view, word),
    submit: t(`blocks:act.${word}.submit`),
  }))
}

function isWrong({ errors }: Pick<OpenedView, 'errors'>, word: DeskWord): boolean {
  return errors.some(({ field }) => field.startsWith(`${word}_`))
}
