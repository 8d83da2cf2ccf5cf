import { daysBetween } from '../../platform/kernel/days.js'
import type { Page } from '../../platform/kernel/paging.js'
import { APPLIED_STATES, type ListedBlock, type SeenBlock } from '../office-blocks.js'
import type { Pen } from './pen.js'

const COLUMNS = ['reference', 'kind', 'state', 'due', 'since'] as const

/** Blocks of the office: references, and nobody's name. */
export function blocksPage(
  pen: Pen,
  { items, next }: Page<ListedBlock>,
  { isOver, today }: { readonly isOver: boolean; readonly today: string },
): object {
  const { t, to } = pen
  const shown: Record<string, string> = isOver ? { show: 'over' } : {}
  const columns = COLUMNS.filter((name) => name !== 'due' || !isOver)
  return {
    title: t('oversight-blocks:title'),
    lead: t('oversight-blocks:lead'),
    other: {
      href: to('oversight.blocks', isOver ? {} : { show: 'over' }),
      text: t(`oversight-blocks:${isOver ? 'standing' : 'over'}`),
    },
    empty: items.length === 0,
    table: {
      caption: t(`oversight-blocks:${isOver ? 'captionOver' : 'caption'}`),
      columns: columns.map((name) => ({ text: columnText(pen, name, isOver) })),
      rows: items.map((item) => ({ cells: cellsOf(pen, item, { isOver, today }) })),
    },
    pager: {
      newer: null,
      older: next === undefined ? null : to('oversight.blocks', { ...shown, after: next }),
    },
  }
}

function columnText({ t }: Pen, name: (typeof COLUMNS)[number], isOver: boolean): string {
  return t(`oversight-blocks:column.${name === 'since' && isOver ? 'ended' : name}`)
}

function cellsOf(
  pen: Pen,
  item: ListedBlock,
  { isOver, today }: { isOver: boolean; today: string },
): readonly object[] {
  const { t, to } = pen
  const { reference, kind, state } = item
  const since = isOver ? item.endedAt : (item.fromAt ?? item.filedAt)
  return [
    { text: reference, href: to('oversight.block', { reference }) },
    { text: t(`blocks:kind.${kind}.name`) },
    { text: t(`blocks:desk.status.${state}`) },
    ...(isOver ? [] : [{ text: dueText(pen, item, today) }]),
    since === null ? { text: '–' } : { at: since },
  ]
}

/** Only what somebody waits for is due; without the signature no time runs. */
function dueText(
  { t }: Pen,
  { state, dueOn }: Pick<ListedBlock, 'state' | 'dueOn'>,
  today: string,
): string {
  if (!APPLIED_STATES.includes(state)) return '–'
  if (dueOn === null) return t('oversight-blocks:noForm')
  const count = daysBetween(today, dueOn)
  if (count < 0) return t('oversight:held.overdue', { count: -count })
  return count === 0 ? t('oversight:held.now') : t('oversight:held.left', { count })
}

/** One block: what was applied for and when, so that it can be judged whether the office was in time. */
export function blockPage(pen: Pen, block: SeenBlock, today: string): object {
  const { t, to, texts } = pen
  const row = (name: string, value: object) => ({
    term: t(`oversight-blocks:column.${name}`),
    ...value,
  })
  const at = (name: string, time: Date | null) => (time === null ? [] : [row(name, { at: time })])
  const { reference, kind, state, field, grounds, until } = block
  return {
    title: t('oversight-blocks:one', { kind: t(`blocks:kind.${kind}.name`), reference }),
    back: { href: to('oversight.blocks'), text: t('oversight-blocks:title') },
    looked: t('oversight-blocks:looked'),
    rows: [
      row('state', { text: t(`blocks:desk.status.${state}`) }),
      ...(field === undefined ? [] : [row('field', { text: texts.field(field.code).label })]),
      ...(grounds.length === 0
        ? []
        : [row('grounds', { items: grounds.map((code) => t(`blocks:ground.${code}`)) })]),
      ...at('filed', block.filedAt),
      ...at('form', block.formMetAt),
      ...(APPLIED_STATES.includes(state) ? [row('due', { text: dueText(pen, block, today) })] : []),
      ...at('since', block.fromAt),
      ...(until === null ? [] : [row('until', { day: until })]),
      ...at('ended', block.endedAt),
    ],
  }
}
