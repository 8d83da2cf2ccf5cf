import type { Operation, Party } from '../../catalogue/index.js'
import { actorOf } from '../entry.js'
import { SPANS, type AccessCursor, type AccessFilter, type Span } from '../filter.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import type { RawFilter } from '../forms.js'
import { distinct } from '../rules.js'
import type { AccessList } from '../service.js'
import { cardOf } from './sentence.js'
import {
  byName,
  byText,
  exampleNote,
  fieldNames,
  letterNote,
  monthName,
  officeName,
  type Words,
} from './words.js'

/** What the page was asked for, and what of it could not be used. */
export interface AccessesAsked {
  /** The filter as the address gave it: kept in the form. */
  readonly raw: RawFilter
  readonly filter: AccessFilter
  readonly problems: readonly FieldError[]
}

const OPERATIONS: readonly Operation[] = ['query', 'transmit', 'store', 'erase']

/** The log by months, with its filters and the ways to newer and older entries. */
export function accessesPage(words: Words, list: AccessList, asked: AccessesAsked) {
  const { t, urls } = words
  const { months, newer, older } = list
  const isFiltered = Object.keys(asked.raw).length > 0
  return {
    title: t('overview:accesses.title'),
    letterNote: letterNote(words),
    exampleNote: exampleNote(words, partiesOn(list)),
    action: urls.to('overview.accesses'),
    problems: asked.problems.map(({ field, key }) => ({ field, text: t(key) })),
    isFiltered,
    choices: choicesOf(words, list, asked),
    months: months.map(({ month, groups }) => ({
      month,
      cards: groups.map((group) => cardOf(words, group)),
    })),
    empty: t(isFiltered ? 'overview:accesses.noneFound' : 'overview:accesses.none'),
    pager: {
      newer: newer === undefined ? null : pageUrl(words, asked.raw, newer),
      older: older === undefined ? null : pageUrl(words, asked.raw, older),
    },
  }
}

function partiesOn({ months }: AccessList): readonly Party[] {
  return months.flatMap(({ groups }) => groups.map(({ latest }) => actorOf(latest)))
}

function pageUrl({ urls }: Words, raw: RawFilter, cursor: AccessCursor): string {
  return urls.to('overview.accesses', { ...raw, ...cursor })
}

interface Option {
  readonly value: string
  readonly text: string
}

/** The inputs of the form; a session that sees kinds of data cannot ask for a single field. */
function choicesOf(words: Words, { occurring }: AccessList, asked: AccessesAsked) {
  const { texts, sight } = words
  const { filter } = asked
  const offices = byName(words, withChosen(occurring.parties, filter.office))
  const purposes = byText(
    words,
    withChosen(occurring.purposes, filter.purpose),
    ({ code }) => texts.purpose(code).name,
  )
  const fields = withChosen(occurring.fields, filter.field)
  const choices = [
    choice(
      'office',
      offices.map((party) => ({ value: party.code, text: officeName(words, party) })),
    ),
    choice(
      'purpose',
      purposes.map(({ code }) => ({ value: code, text: texts.purpose(code).name })),
    ),
    ...(sight === 'kinds' ? [] : [choice('field', fieldOptions(words, fields))]),
    choice(
      'operation',
      OPERATIONS.map((word) => ({ value: word, text: words.t(`overview:operation.${word}`) })),
    ),
    choice('period', periodOptions(words, filter)),
    choice('only', [{ value: 'flagged', text: words.t('overview:filter.flagged') }]),
  ]
  return choices.map(({ name, options }) => shownChoice(words, { name, options, asked }))
}

function choice(name: keyof RawFilter, options: readonly Option[]) {
  return { name, options }
}

function fieldOptions(words: Words, fields: AccessList['occurring']['fields']): readonly Option[] {
  return fields.map((field) => ({ value: field.code, text: fieldNames(words, [field])[0] ?? '' }))
}

function periodOptions(words: Words, { period }: AccessFilter): readonly Option[] {
  const spans = (Object.keys(SPANS) as Span[]).map((span) => ({
    value: span,
    text: words.t(`overview:span.${span}`),
  }))
  if (period === undefined || !('month' in period)) return spans
  return [...spans, { value: period.month, text: monthName(words, period.month) }]
}

function shownChoice(
  { t }: Words,
  {
    name,
    options,
    asked,
  }: { name: keyof RawFilter; options: readonly Option[]; asked: AccessesAsked },
) {
  const chosen = asked.raw[name] ?? ''
  const problem = asked.problems.find(({ field }) => field === name)
  const all = [{ value: '', text: t(`overview:filter.any.${name}`) }, ...options]
  return {
    name,
    label: t(`overview:filter.${name}`),
    hint: null,
    error: problem === undefined ? null : t(problem.key),
    options: all.map((option) => ({ ...option, chosen: option.value === chosen })),
  }
}

function withChosen<Term>(terms: readonly Term[], chosen: Term | undefined): readonly Term[] {
  return chosen === undefined ? terms : distinct([...terms, chosen])
}
