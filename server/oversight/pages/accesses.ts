import type { Choices, Chosen } from '../filter.js'
import type { RuleCode } from '../flags/rules.js'
import type { FoundRules } from '../flags/standing.js'
import type { AccessPage, OfficeAccess } from '../service.js'
import { chosenTags, filterControls } from './filters.js'
import type { Pen } from './pen.js'

/** What the list is shown with. */
export interface AccessesView {
  readonly page: AccessPage
  readonly chosen: Chosen
  readonly choices: Choices
}

const COLUMNS = ['time', 'operation', 'way', 'purpose', 'fields', 'notes']

/** The list: no name, no number, no stable pseudonym of a person. */
export function accessesPage(pen: Pen, { page, chosen, choices }: AccessesView): object {
  const { t, to } = pen
  const { items, next, count } = page
  return {
    title: t('oversight:accesses.title'),
    lead: t('oversight:accesses.lead'),
    action: to('oversight.accesses'),
    filters: filterControls(pen, chosen, choices),
    saving: to('oversight.search-new', { ...chosen }),
    tags: chosenTags(pen, chosen, (rest) => to('oversight.accesses', rest)),
    count: count === undefined ? '' : countText(pen, count),
    files: filesOf(pen, chosen, count),
    empty: items.length === 0,
    none: t(next === undefined ? 'oversight:accesses.none' : 'oversight:accesses.noneSoFar'),
    person: { href: to('oversight.lookups'), text: t('oversight-lookups:menu') },
    table: accessTable(pen, items, { own: choices.own, caption: 'oversight:accesses.caption' }),
    pager: {
      newer: null,
      older: next === undefined ? null : to('oversight.accesses', { ...chosen, before: next }),
    },
  }
}

/** Accesses of the own office as a table; `caption` is a text key. */
export function accessTable(
  pen: Pen,
  items: readonly OfficeAccess[],
  {
    own,
    caption,
    flagged = new Map(),
  }: {
    readonly own: Pick<OfficeAccess['source'], 'id'>
    readonly caption: string
    readonly flagged?: FoundRules
  },
): object {
  return {
    caption: pen.t(caption),
    columns: COLUMNS.map((name) => ({ text: pen.t(`oversight:columns.${name}`) })),
    rows: items.map((access) => ({ cells: cellsOf(pen, access, { own, flagged }) })),
  }
}

/** Ways to ask for the list as files; a second person releases them. */
function filesOf({ t, to }: Pen, chosen: Chosen, count: AccessPage['count']): readonly object[] {
  if (count === undefined || count.value === 0) return []
  return (['pdf', 'csv', 'json'] as const).map((format) => ({
    href: to('reports.access-new', { ...chosen, format }),
    text: t(`oversight:accesses.${format}`),
  }))
}

function countText({ t }: Pen, { value, isExact }: NonNullable<AccessPage['count']>): string {
  return t(isExact ? 'oversight:accesses.count' : 'oversight:accesses.about', { count: value })
}

function cellsOf(
  { t, to, texts }: Pen,
  access: OfficeAccess,
  {
    own,
    flagged,
  }: { readonly own: Pick<OfficeAccess['source'], 'id'>; readonly flagged: FoundRules },
): object[] {
  const { unit } = access
  // Its own long name in every row tells an officer nothing.
  const nameOf = ({ id, code }: OfficeAccess['source']) =>
    id === own.id ? t('oversight:accesses.own') : texts.party(code).name
  // One column for both sides: two would leave German words too little room to stand unbroken.
  const way = { from: nameOf(access.source), to: nameOf(access.recipient) }
  return [
    { at: access.occurredAt },
    {
      text: [t(`oversight:operation.${access.operation}`), ...unitOf(texts, unit)].join(' · '),
      href: to('oversight.access', { entry: access.index }),
    },
    { text: t('oversight:accesses.way', way) },
    { text: texts.purpose(access.purpose.code).name },
    { text: fieldsText(access, { t, texts }) },
    { text: notesOf(access, t, flagged.get(access.index) ?? []) },
  ]
}

/** What is not as with most accesses; two columns of "no" and "yes" would leave the others no room. */
function notesOf(
  { isFlagged, shown }: OfficeAccess,
  t: Pen['t'],
  rules: readonly RuleCode[],
): string {
  const notes = [
    ...rules.map((rule) => t(`oversight:flags.rule.${rule}.name`)),
    ...(isFlagged ? [t('oversight:flag.yes')] : []),
    ...(shown === 'yes'
      ? []
      : [`${t('oversight:columns.shown')}: ${t(`oversight:shown.${shown}`)}`]),
  ]
  return notes.length === 0 ? '–' : notes.join(' · ')
}

/** The unit that acted stands with what it did: a column of its own would leave the others no room. */
function unitOf(texts: Pen['texts'], unit: OfficeAccess['unit']): readonly string[] {
  return unit === undefined ? [] : [texts.unit(unit.code).label]
}

/** Accesses to whole records would fill the page: the first fields, and how many more. */
const FIELDS_NAMED = 3

function fieldsText({ fields }: OfficeAccess, { t, texts }: Pick<Pen, 't' | 'texts'>): string {
  const named = fields.slice(0, FIELDS_NAMED).map(({ code }) => texts.field(code).label)
  const more = fields.length - named.length
  const all = more === 0 ? named : [...named, t('oversight:accesses.more', { count: more })]
  return all.join(' · ')
}
