import type { Sense } from '../../platform/kernel/section.js'
import type { Tongue } from '../service/tongues.js'
import type { Scalar } from './leaves.js'

/** Words of one language for everything that a copy holds. */
export interface CopyTongue extends Tongue {
  /** A nationality by its code. */
  readonly nationality: (code: string) => string
  /** The provision of a legal basis as German law cites it. */
  readonly citation: (code: string) => string
}

const GERMAN = 'de'

/** How each sort of term is told. */
const TERMS: Readonly<Record<string, (tongue: CopyTongue, code: string) => string>> = {
  party: ({ texts }, code) => texts.party(code).name,
  unit: ({ texts }, code) => texts.unit(code).label,
  purpose: ({ texts }, code) => texts.purpose(code).name,
  legalBasis: (tongue, code) => basisText(tongue, code),
  field: ({ texts }, code) => texts.field(code).label,
  rule: ({ texts }, code) => texts.rule(code).title,
  nationality: ({ nationality }, code) => nationality(code),
  language: ({ tag }, code) => languageName(tag, code),
}

/** A value in words of one language; nothing where it needs none, because it says itself. */
export function wordsOf(tongue: CopyTongue, sense: Sense, value: Scalar): string | undefined {
  if (sense === 'plain' || sense === 'inner') {
    return typeof value === 'boolean' ? tongue.t(value ? 'copy:yes' : 'copy:no') : undefined
  }
  for (const one of [sense].flat()) {
    const found = worded(() => wordOf(tongue, one, String(value)))
    if (found !== undefined) return found
  }
  return undefined
}

/** A value as it stands on paper: in words, or as German offices write days and times. */
export function textOf(tongue: CopyTongue, sense: Sense, value: Scalar): string {
  const words = wordsOf(tongue, sense, value)
  if (words !== undefined) return words
  if (value instanceof Date) return TIME.format(value)
  return String(value).replace(DAY, '$3.$2.$1')
}

/** What a line is about; inside some groups the group is named as well. */
export function labelOf({ t }: Pick<CopyTongue, 't'>, path: string): string {
  const names = path.split('.')
  const name = names.at(-1) ?? ''
  const group = names.slice(0, -1).findLast((one) => NAMED.has(one))
  const label = t(`copy:field.${name}`)
  return group === undefined ? label : `${t(`copy:field.${group}`)}: ${label}`
}

/** Groups whose name says whose the values are. */
const NAMED = new Set(['statement', 'reply', 'decision', 'pending'])
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME = new Intl.DateTimeFormat('de-DE', {
  ...{ timeZone: 'Europe/Berlin', day: '2-digit', month: '2-digit', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit' },
} as const)

function wordOf(tongue: CopyTongue, sense: string, value: string): string {
  if (sense.includes(':')) return tongue.t(sense.replace('*', value))
  const term = TERMS[sense]
  if (term === undefined) throw new Error(`no sort of term is called ${sense}`)
  return term(tongue, value)
}

/** A code that nobody has words for must not cost a person the whole copy: it stands there as it is. */
function worded(word: () => string): string | undefined {
  try {
    return word()
  } catch {
    return undefined
  }
}

/** Laws are cited in German alone: in a text from the right a citation would fall apart. */
function basisText({ tag, texts, citation }: CopyTongue, code: string): string {
  const { title } = texts.legalBasis(code)
  return tag === GERMAN ? `${title} (${citation(code)})` : title
}

const languages = new Map<string, Intl.DisplayNames>()

function languageName(tag: string, code: string): string {
  const names = languages.get(tag) ?? new Intl.DisplayNames(tag, { type: 'language' })
  languages.set(tag, names)
  return names.of(code) ?? code
}
