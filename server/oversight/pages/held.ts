import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { Page } from '../../platform/kernel/paging.js'
import {
  FINDINGS,
  reasonsOf,
  type Finding,
  type HeldAccess,
  type NotedReview,
} from '../reviewing.js'
import type { OpenedAccess } from '../service.js'
import { accessRows } from './access.js'
import type { Pen } from './pen.js'
import { daysBetween } from '../../platform/kernel/days.js'

/** What counts stands first: on a narrow screen the last columns are off it. */
const COLUMNS = ['rule', 'due', 'state', 'decider', 'occurred', 'purpose'] as const

/** The queue: no person, what is due first first. */
export function heldListPage(
  pen: Pen,
  { items, next }: Page<HeldAccess>,
  { today, law }: { readonly today: string; readonly law: string },
): object {
  const { t, to } = pen
  return {
    law,
    title: t('oversight:held.title'),
    lead: t('oversight:held.lead'),
    empty: items.length === 0,
    seconds: to('oversight.reviews'),
    table: {
      caption: t('oversight:held.caption'),
      columns: COLUMNS.map((name) => ({ text: t(`oversight:held.column.${name}`) })),
      rows: items.map((item) => ({ cells: cellsOf(pen, item, today) })),
    },
    pager: {
      newer: null,
      older: next === undefined ? null : to('oversight.held', { after: next }),
    },
  }
}

function cellsOf(pen: Pen, item: HeldAccess, today: string): readonly object[] {
  const { t, to, texts } = pen
  const title = texts.rule(item.rule).title
  return [
    { text: title, href: to('oversight.held-one', { entry: item.index }) },
    { text: dueText(pen, item, today) },
    { text: t(`oversight:held.state.${stateOf(item)}`) },
    { text: deciderText(pen, item) },
    { at: item.occurredAt },
    { text: texts.purpose(item.purpose.code).name },
  ]
}

type State = 'delayed' | 'unseen' | 'remains' | 'ended' | 'awaits' | 'refused'

function stateOf({ isReviewed, finding, alone, decision }: HeldAccess): State {
  if (!isReviewed) return 'delayed'
  if (finding === 'ended' && alone === false && decision !== 'confirmed') {
    return decision ?? 'awaits'
  }
  return finding ?? 'unseen'
}

/** With a body's consent it is the side of which nothing may be told; the own office is never meant. */
function deciderText({ t, texts }: Pen, { decider, source, recipient }: HeldAccess): string {
  if (decider !== 'body') return t(`oversight:held.decider.${decider}`)
  const body = [source, recipient].find(({ securityBody }) => securityBody)
  return body === undefined ? t('oversight:held.decider.body') : texts.party(body.code).name
}

function dueText({ t }: Pen, { dueOn, isReviewed }: HeldAccess, today: string): string {
  const count = daysBetween(today, dueOn)
  if (count < 0 && isReviewed) return t('oversight:held.overdue', { count: -count })
  return count <= 0 ? t('oversight:held.now') : t('oversight:held.left', { count })
}

/** What one is shown with. */
export interface HeldView {
  readonly item: HeldAccess
  readonly access: OpenedAccess
  readonly history: readonly NotedReview[]
  /** The reader's office (catalogue number). */
  readonly own: number | undefined
  readonly typed: Typed & { readonly refused: string }
  readonly today: string
}

/** One held access, who decides, and the form of a review. */
export function heldPage(pen: Pen, view: HeldView): object {
  const { item, access, typed, today } = view
  const { t, to, texts } = pen
  const row = (name: string, value: object) => ({
    term: t(`oversight:held.column.${name}`),
    ...value,
  })
  const { title, text } = texts.rule(item.rule)
  const { problems } = inputsOf(t, typed, label)
  return {
    title: t('oversight:held.one'),
    back: { href: to('oversight.held'), text: t('oversight:held.title') },
    ...{ refused: typed.refused, problems },
    looked: t('oversight:held.looked'),
    why: { title, text, citation: item.citation },
    rows: [
      row('decider', { text: deciderText(pen, item) }),
      row('state', { text: t(`oversight:held.state.${stateOf(item)}`) }),
      ...(item.reason === null
        ? []
        : [row('reason', { text: t(`oversight:held.reason.${item.reason}`) })]),
      ...(item.finding === null || item.day === null
        ? []
        : [row(item.finding === 'ended' ? 'endedOn' : 'againOn', { day: item.day })]),
      row('reviews', { amount: item.reviews }),
      row('due', { text: dueText(pen, item, today) }),
      row('goneOn', { day: item.expiresOn }),
    ],
    history: view.history.length === 0 ? '' : historyTable(pen, view),
    facts: accessRows(pen, access),
    form: item.isReviewed ? formOf(pen, item, typed) : '',
  }
}

const NOTED = ['number', 'noted', 'finding', 'reason', 'day', 'by'] as const

/** All reviews in their order: how often an obstacle was prolonged, and why, stands on one page. */
function historyTable({ t, texts }: Pen, { history, own }: HeldView): object {
  return {
    caption: t('oversight:held.history.caption'),
    columns: NOTED.map((name) => ({
      text: t(`oversight:held.history.${name}`),
      numeric: name === 'number',
    })),
    rows: history.map(({ number, notedAt, finding, reason, day, office }) => ({
      cells: [
        { text: String(number) },
        { at: notedAt },
        { text: t(`oversight:held.finding.${finding}.text`) },
        { text: t(`oversight:held.reason.${reason}`) },
        { day },
        { text: office.id === own ? t('oversight:accesses.own') : texts.party(office.code).name },
      ],
    })),
  }
}

const label = (name: string) => `oversight:held.form.${name}`

function formOf(
  { t, to }: Pen,
  { index, reviews, decider, decidesAlone }: HeldAccess,
  typed: Typed,
): object {
  const { radios, input } = inputsOf(t, typed, label)
  const names = Object.keys(FINDINGS) as readonly Finding[]
  return {
    action: to('oversight.review', { entry: index }),
    seen: String(reviews),
    controls: [
      radios(
        'finding',
        names.map((value) => ({
          value,
          text: t(`oversight:held.finding.${value}.text`),
          hint: t(
            `oversight:held.finding.${value}.${value === 'ended' && !decidesAlone ? 'second' : 'hint'}`,
          ),
        })),
      ),
      radios(
        'reason',
        names.flatMap((finding) =>
          reasonsOf(finding, decider).map((value) => ({
            value,
            text: t(`oversight:held.reason.${value}`),
          })),
        ),
      ),
      { ...input('day', { hint: t('oversight:held.form.dayHint') }), type: 'date', code: true },
    ],
  }
}
