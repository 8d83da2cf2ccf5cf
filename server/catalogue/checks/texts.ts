import type { Reference } from '../reference.js'

type Entry = Readonly<Record<string, unknown>>

/** Texts that are rightly empty, but then in both languages. */
const MAY_BE_EMPTY = new Set(['condition', 'withdrawal'])

/** Texts that are missing in German or English, or stand in one of the two alone. */
export function missingTexts(reference: Reference): string[] {
  return [
    ...unpaired('authority', reference.authorities),
    ...unpaired('office', reference.offices),
    ...unpaired('field', reference.fields),
    ...unpaired('purpose', reference.purposes),
    ...unpaired('legal basis', reference.legalBases),
    ...blank('legal basis', reference.legalBases, 'shortTitle'),
    ...unpaired('flow', reference.flows),
    ...unpaired('consent', reference.consents),
    ...unpaired('rule', reference.rules),
    ...unpaired('unit', reference.units),
    ...reference.delays.flatMap(({ purposes, fields }) => [
      ...unpaired('delayed purpose', purposes),
      ...unpaired('delayed field', fields),
    ]),
  ]
}

function unpaired(sort: string, entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) =>
    Object.keys(entry)
      .filter((key) => key.endsWith('De'))
      .map((key) => key.slice(0, -'De'.length))
      .flatMap((name) => faultOf(entry, name).map((fault) => `${sort} ${codeOf(entry)}: ${fault}`)),
  )
}

function faultOf(entry: Entry, name: string): string[] {
  const isBlank = (language: string) => isEmpty(entry[`${name}${language}`])
  if (isBlank('De') && isBlank('En') && MAY_BE_EMPTY.has(name)) return []
  return ['De', 'En'].filter(isBlank).map((language) => `${name}${language} is missing`)
}

function blank(sort: string, entries: readonly Entry[], key: string): string[] {
  return entries
    .filter((entry) => isEmpty(entry[key]))
    .map((entry) => `${sort} ${codeOf(entry)}: ${key} is missing`)
}

function isEmpty(text: unknown): boolean {
  return typeof text !== 'string' || text.trim() === ''
}

function codeOf(entry: Entry): string {
  return String(entry.code)
}
