import type { Block, Cells } from '../../platform/pdf/blocks.js'
import { daysAfter, daysBetween } from '../../platform/kernel/days.js'
import { COUNTED, type Counted, type Survey } from '../rules.js'
import { pairOf, say, value, type PaperParts, type Tongue } from './tongues.js'

/** What is drawn besides its table, and how. */
const DRAWN: Readonly<Partial<Record<Counted, 'ranked' | 'course'>>> = {
  purpose: 'ranked',
  other: 'ranked',
  week: 'course',
}
/** Bars of one drawing; the table has the rest. */
const MOST_RANKED = 12
/** A longer course is drawn by month. */
const MOST_WEEKS = 30
const MOST_MONTHS = 36
const WEEK = 7

type Count = readonly [string, number]

/** Counts of the whole report: a table of each kind, and drawings of the same numbers. */
export function* summaryBlocks(parts: PaperParts, { counts }: Survey): Generator<Block> {
  yield { kind: 'heading', level: 2, cells: say(parts, 'reports:access.summary') }
  for (const name of COUNTED) {
    const sorted = name === 'week' ? weeksOf([...counts.week]) : [...counts[name]].sort(byCount)
    if (sorted.length === 0) continue
    yield { kind: 'heading', level: 3, cells: say(parts, `reports:access.by.${name}`) }
    if (DRAWN[name] !== undefined) yield drawing(parts, name, sorted)
    yield tableOf(parts, name, sorted)
  }
}

/** Bars carry the numbers of the table's rows, because names are too long for a label. */
function drawing({ german }: PaperParts, name: Counted, sorted: readonly Count[]): Block {
  const isCourse = DRAWN[name] === 'course'
  const bars = isCourse
    ? courseOf(sorted)
    : sorted.slice(0, MOST_RANKED).map(([, amount], at) => ({ label: String(at + 1), amount }))
  const list = bars.map(({ label, amount }) => `${label}: ${amount}`).join('; ')
  const what = german.t(`reports:access.by.${name}`)
  const text = german.t(`reports:access.drawing.${isCourse ? 'course' : 'ranked'}`, { what, list })
  return { kind: 'bars', bars, alt: { text, lang: german.tag } }
}

/** In the order of time; a week without any is left out of a long course alone, which is drawn by month. */
function weeksOf(weeks: readonly Count[]): readonly Count[] {
  const sorted = [...weeks].sort(byCode)
  const places = placesOf(sorted)
  const first = sorted[0]?.[0]
  if (first === undefined || places > MOST_WEEKS) return sorted
  const counts = new Map(sorted)
  return Array.from({ length: places }, (_, place): Count => {
    const monday = daysAfter(first, place * WEEK)
    return [monday, counts.get(monday) ?? 0]
  })
}

/** How many weeks there are from the first to the last. */
function placesOf(sorted: readonly Count[]): number {
  const [first, last] = [sorted[0]?.[0], sorted.at(-1)?.[0]]
  return first === undefined || last === undefined ? 0 : daysBetween(first, last) / WEEK + 1
}

function courseOf(weeks: readonly Count[]): readonly { label: string; amount: number }[] {
  if (placesOf(weeks) <= MOST_WEEKS) {
    return weeks.map(([monday, amount]) => ({ label: dayText(monday), amount }))
  }
  const months = emptyMonths(weeks)
  for (const [monday, amount] of weeks) {
    const [year = '', month = ''] = monday.split('-')
    const label = `${month}.${year}`
    months.set(label, (months.get(label) ?? 0) + amount)
  }
  return [...months].slice(-MOST_MONTHS).map(([label, amount]) => ({ label, amount }))
}

/** Every month from the first week to the last: one that is missing would let two stand side by side that did not. */
function emptyMonths(weeks: readonly Count[]): Map<string, number> {
  const months = new Map<string, number>()
  const last = weeks.at(-1)?.[0] ?? ''
  for (let day = weeks[0]?.[0] ?? last; day <= last && day !== ''; day = daysAfter(day, WEEK)) {
    const [year = '', month = ''] = day.split('-')
    months.set(`${month}.${year}`, 0)
  }
  return months
}

function tableOf(parts: PaperParts, name: Counted, sorted: readonly Count[]): Block {
  const { german } = parts
  const number = (amount: number): Cells => [value(german, String(amount))]
  const isRanked = DRAWN[name] === 'ranked'
  return {
    kind: 'table',
    head: [
      ...(isRanked ? [say(parts, 'reports:access.number')] : []),
      say(parts, `reports:access.by.${name}`),
      say(parts, 'reports:access.count'),
    ],
    widths: isRanked ? [0.6, 4, 1] : [4, 1],
    rows: sorted.map(([code, count], at): Cells[] => [
      ...(isRanked ? [number(at + 1)] : []),
      name === 'week'
        ? [value(german, dayText(code))]
        : pairOf(parts, (tongue) => countedText(tongue, name, code)),
      number(count),
    ]),
  }
}

/** The most first; where two are the same, by code: the order is never left to chance. */
function byCount(one: Count, other: Count): number {
  return other[1] - one[1] || byCode(one, other)
}

function byCode(one: Count, other: Count): number {
  return one[0] < other[0] ? -1 : 1
}

function dayText(day: string): string {
  return day.split('-').reverse().join('.')
}

function countedText({ t, texts }: Tongue, name: Exclude<Counted, 'week'>, code: string): string {
  switch (name) {
    case 'operation':
      return t(`oversight:operation.${code}`)
    case 'purpose':
      return texts.purpose(code).name
    case 'other':
      return texts.party(code).name
    case 'shown':
      return t(`oversight:shown.${code}`)
    case 'flagged':
      return t(`oversight:flaggedBy.${code}`)
  }
}
