import { isCalendarDay } from '../../platform/kernel/days.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { FILTERS, type Chosen } from '../filter.js'
import {
  LATEST_DAYS,
  MOST_SEARCHES,
  SEARCH_NAMES,
  type LatestDays,
  type SavedSearch,
} from '../searching.js'
import { chosenText, chosenWords } from '../words.js'
import type { Pen } from './pen.js'

/** The searches of an officer, each with what it chooses in words. */
export function searchesPage(pen: Pen, searches: readonly SavedSearch[]): object {
  const { t, to } = pen
  return {
    title: t('oversight-searches:title'),
    lead: t('oversight-searches:lead'),
    all: { href: to('oversight.accesses'), text: t('oversight-searches:all') },
    full: searches.length < MOST_SEARCHES ? '' : t('oversight-searches:full'),
    searches: searches.map((one) => ({
      label: labelOf(pen, one),
      words: wordsOf(pen, one),
      dropped: droppedText(pen, one),
      open: openLink(pen, one),
      change: {
        href: to('oversight.search', { search: one.search }),
        text: t('oversight-searches:change', { what: labelOf(pen, one) }),
      },
    })),
  }
}

/** One of them: to open, to take out as a report, to name anew, to delete. */
export function searchPage(pen: Pen, search: SavedSearch, typed: Typed): object {
  const { t, to } = pen
  const place = { search: search.search }
  const { radios, problems } = inputsOf(t, shownIn(typed, search), label)
  return {
    title: labelOf(pen, search),
    back: { href: to('oversight.searches'), text: t('oversight-searches:title') },
    problems,
    rows: [
      ...wordsOf(pen, search),
      { term: t('oversight-searches:keptUntil'), day: search.expiresOn },
    ],
    dropped: droppedText(pen, search),
    open: openLink(pen, search),
    reports: (['pdf', 'csv', 'json'] as const).map((format) => ({
      href: to('reports.access-new', { ...search.chosen, format }),
      text: t(`oversight:accesses.${format}`),
    })),
    naming: {
      action: to('oversight.search-name', place),
      control: radios('name', namesIn(pen)),
    },
    drop: to('oversight.search-drop', place),
  }
}

/** What is asked before a choice is saved. */
export function newSearchPage(
  pen: Pen,
  { chosen, typed, refused }: { chosen: Chosen; typed: Typed; refused: string },
): object {
  const { t, to } = pen
  const { radios, choice, problems } = inputsOf(t, typed, label)
  const fixed = { value: '', text: t('oversight-searches:fixed') }
  const moving = LATEST_DAYS.map((days) => ({ value: String(days), text: latest(pen, days) }))
  return {
    title: t('oversight-searches:new'),
    back: {
      href: to('oversight.accesses', { ...chosen }),
      text: t('oversight:accesses.title'),
    },
    ...{ problems, refused },
    rows: chosenWords(pen, chosen).map(rowOf),
    action: to('oversight.search-save'),
    query: new URLSearchParams(chosen).toString(),
    controls: [radios('name', namesIn(pen)), choice('days', [fixed, ...moving])],
  }
}

const label = (name: string) => `oversight-searches:form.${name}`

/** The name that it has is chosen until another one is. */
function shownIn({ form, errors }: Typed, { name }: SavedSearch): Typed {
  return { form: form.has('name') ? form : new URLSearchParams({ name }), errors }
}

function namesIn({ t }: Pen) {
  return SEARCH_NAMES.map((value) => ({ value, text: t(`oversight-searches:names.${value}`) }))
}

/** Name and place: two searches of one name differ by their numbers. */
function labelOf({ t }: Pen, { name, place }: SavedSearch): string {
  return t('oversight-searches:label', {
    name: t(`oversight-searches:names.${name}`),
    number: place,
  })
}

function latest({ t }: Pen, days: LatestDays): string {
  return t('oversight-searches:latest', { count: days })
}

function wordsOf(pen: Pen, { chosen, days }: SavedSearch): readonly object[] {
  if (days === null) return chosenWords(pen, chosen).map(rowOf)
  const period = { term: pen.t('oversight-searches:period'), text: latest(pen, days) }
  const others = FILTERS.filter((name) => name !== 'from' && name !== 'until')
  const rows = others.flatMap((name) => {
    const value = chosen[name]
    if (value === undefined) return []
    return [{ term: pen.t(`oversight:by.${name}`), text: chosenText(pen, name, value) }]
  })
  return [period, ...rows]
}

const rowOf = ({ term, value }: { term: string; value: string }) =>
  isCalendarDay(value) ? { term, day: value } : { term, text: value }

function droppedText({ t }: Pen, { dropped }: SavedSearch): string {
  if (dropped.length === 0) return ''
  const what = dropped.map((name) => t(`oversight:by.${name}`)).join(' · ')
  return t('oversight-searches:dropped', { what })
}

function openLink(pen: Pen, search: SavedSearch): object {
  return {
    href: pen.to('oversight.accesses', { ...search.chosen }),
    text: pen.t('oversight-searches:open', { what: labelOf(pen, search) }),
  }
}
