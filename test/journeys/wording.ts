import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Catalogue } from '../../server/catalogue/index.js'
import { LANGUAGES } from '../../server/platform/http/languages.js'
import { ROOT } from '../../server/platform/root.js'
import type { PageText } from './reading.js'

/** Tells what in the texts of a page its reader could not read. */
export interface Wording {
  faults(texts: readonly PageText[], tag: string): readonly string[]
}

/** Names that stand in Latin letters in every language, kinds of files among them. */
const NAMES = new Set(['Mirat', 'ICAO', 'PDF', 'JSON', 'JPEG', 'PNG', 'CSV'])
/** Shorter pieces of sentences occur in other languages by chance. */
const TELLING = 14
const LATIN_WORD = /[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]+/g
/** References of requests, by which people and offices name them in letters. */
const REFERENCE = /(?<![\w])[2-9A-HJ-NP-Z]{8}(?![\w])/g
const KEY = new RegExp(`\\b(?:${rooms().join('|')}):[a-z]`, 'i')
const HOLE = /\{\{|\}\}|\bundefined\b|\bNaN\b|\[object/

/** Makes the judge from all texts of the locales and of the catalogue. */
export function wordingOf(catalogue: Catalogue): Wording {
  const codes = codesOf(catalogue)
  const spoken = new Map(LANGUAGES.map(({ tag }) => [tag, piecesIn(tag, catalogue)]))
  const piecesOf = (tag: string): ReadonlySet<string> => spoken.get(tag) ?? new Set()
  const foreign = new Map(
    LANGUAGES.map(({ tag }) => {
      const others = LANGUAGES.filter((other) => other.tag !== tag)
      const pieces = others.flatMap((other) => [...piecesOf(other.tag)])
      return [tag, new Set(pieces.filter((piece) => !piecesOf(tag).has(piece)))]
    }),
  )
  return {
    faults: (texts, tag) => {
      const own = texts.filter((one) => one.lang === tag && !one.isCode)
      const words = [...new Set(own.map(({ text }) => plain(text)))]
      const others = foreign.get(tag) ?? new Set<string>()
      return words.flatMap((text) => [
        ...(KEY.test(text) ? [`a key: ${text}`] : []),
        ...(HOLE.test(text) ? [`a hole: ${text}`] : []),
        ...(isRawCode(text, codes) && !piecesOf(tag).has(text) ? [`a code: ${text}`] : []),
        ...(hasForeign(text, others) ? [`another language: ${text}`] : []),
        ...(isLatin(tag) ? [] : latinWords(text)),
      ])
    },
  }
}

function rooms(): readonly string[] {
  const files = readdirSync(join(ROOT, 'locales/de')).filter((name) => name.endsWith('.json'))
  return files.map((name) => name.slice(0, -'.json'.length))
}

/** Isolates are no part of the words. */
function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ')
}

function isLatin(tag: string): boolean {
  return new Intl.Locale(tag).maximize().script === 'Latn'
}

function latinWords(text: string): readonly string[] {
  const words = text.replace(REFERENCE, '').match(LATIN_WORD) ?? []
  return words.filter((word) => !NAMES.has(word)).map((word) => `Latin: ${word} in: ${text}`)
}

/** A whole text that is a code, or a word that only a code can be. */
function isRawCode(text: string, codes: ReadonlySet<string>): boolean {
  if (codes.has(text)) return true
  const words = text.split(/[^\w.-]+/)
  return words.some((word) => /[._]/.test(word) && codes.has(word))
}

function hasForeign(text: string, pieces: ReadonlySet<string>): boolean {
  if (pieces.has(text)) return true
  return [...pieces].some((piece) => piece.length >= TELLING && text.includes(piece))
}

function codesOf(catalogue: Catalogue): ReadonlySet<string> {
  const { parties, fields, purposes, legalBases, rules, units } = catalogue
  const terms = [parties, fields, purposes, legalBases, rules, units]
  return new Set(terms.flatMap(({ all }) => all.map(({ code }) => code)))
}

/** Every text of a language, cut where values stand. */
function piecesIn(tag: string, catalogue: Catalogue): ReadonlySet<string> {
  const sentences = [...localeTexts(tag), ...catalogueTexts(tag, catalogue)]
  const pieces = sentences
    .flatMap((text) => text.split(/\{\{[^}]*\}\}/))
    .map((piece) => plain(piece).trim())
  return new Set(pieces.filter((piece) => /\p{L}{3}/u.test(piece)))
}

function localeTexts(tag: string): readonly string[] {
  return rooms().flatMap((room) => {
    const file = join(ROOT, 'locales', tag, `${room}.json`)
    return leavesOf(JSON.parse(readFileSync(file, 'utf8')))
  })
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : []
}

function catalogueTexts(tag: string, catalogue: Catalogue): readonly string[] {
  const texts = catalogue.texts(tag)
  return leavesOf([
    catalogue.parties.all.map(({ code }) => texts.party(code)),
    catalogue.fields.all.map(({ code }) => texts.field(code)),
    catalogue.purposes.all.map(({ code }) => texts.purpose(code)),
    catalogue.legalBases.all.map(({ code }) => texts.legalBasis(code)),
    catalogue.rules.all.map(({ code }) => texts.rule(code)),
    catalogue.units.all.map(({ code }) => texts.unit(code)),
  ])
}
