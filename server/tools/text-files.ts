import { createHash } from 'node:crypto'

/** The files to look at: paths relative to the project, with forward slashes. */
export interface Files {
  readonly paths: readonly string[]
  read(path: string): string
}

/** Texts by `file:key`, as the pages ask for them; a text of the catalogue is `catalogue/fields:code.label`. */
export type Texts = ReadonlyMap<string, string>

/** How far a translation has come: nobody here is a sworn translator, and the pages say so. */
export const STATUSES = ['machine', 'human', 'reviewed'] as const
export type Status = (typeof STATUSES)[number]

/** What is known of one translated text. */
export interface Stamp {
  readonly status: Status
  /** First 8 hex digits of the SHA-256 of the German text that was translated. */
  readonly source: string
  /** The same of the translation: a text that changes loses its review. */
  readonly text: string
  /** Day of the stamp, ISO 8601. */
  readonly date: string
}

/** The side file beside a language's texts. */
export const SIDE_FILE = 'status.json'

/** What a legal basis is called in German alone: the reference data have no English title. */
const LEGAL_BASIS = { title: 'shortTitle', summary: 'summaryDe' }

/** Which German property of the reference data stands behind which translated one, list by list. */
const IN_THE_DATA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fields: { label: 'labelDe', explain: 'explainDe' },
  purposes: {
    name: 'nameDe',
    explain: 'explainDe',
    refusal: 'refusalDe',
    withdrawal: 'withdrawalDe',
  },
  authorities: { name: 'nameDe', description: 'descriptionDe' },
  instances: { name: 'nameDe' },
  'legal-bases': LEGAL_BASIS,
  legalBases: LEGAL_BASIS,
  rules: { title: 'titleDe', rule: 'ruleDe' },
  units: { label: 'labelDe' },
}

type Json = Readonly<Record<string, unknown>>

/** The languages with a folder in `locales/`, German included. */
export function languagesIn(files: Files): string[] {
  const found = files.paths.flatMap((path) => /^locales\/([^/]+)\//.exec(path)?.[1] ?? [])
  return [...new Set(found)].sort()
}

/** All texts of a language, catalogue included where the language keeps its own. */
export function textsOf(files: Files, language: string): Texts {
  const folder = `locales/${language}/`
  return new Map(
    files.paths.flatMap((path) => {
      const name = path.startsWith(folder) ? path.slice(folder.length) : ''
      if (!IS_TEXT.test(name) || name === SIDE_FILE) return []
      return flat(readJson(files, path), `${name.slice(0, -'.json'.length)}:`)
    }),
  )
}

const IS_TEXT = /^(catalogue\/)?[a-z0-9-]+\.json$/

/** The German texts, those of the catalogue from the reference data. */
export function germanTexts(files: Files): Texts {
  return new Map([...referenceTexts(files, 'De'), ...textsOf(files, 'de')])
}

const DATA = /^server\/catalogue\/data\/([a-z-]+)\.json$/

/** The texts of the catalogue that the reference data hold in German or English. */
export function referenceTexts(files: Files, language: 'De' | 'En'): Texts {
  return new Map(
    files.paths.flatMap((path) => {
      const name = DATA.exec(path)?.[1]
      if (name === undefined) return []
      const content = readJson(files, path)
      const read = (list: string, prefix: string, items: unknown) =>
        listTexts(`catalogue/${name}:${prefix}`, items as Json[], propertiesOf(list, language))
      if (Array.isArray(content)) return read(name, '', content)
      return Object.entries(content as Json).flatMap(([list, items]) =>
        read(list, `${list}.`, items),
      )
    }),
  )
}

/** `label: labelEn` where German has `label: labelDe`; what German alone has is left out. */
function propertiesOf(list: string, language: 'De' | 'En'): [string, string][] {
  const german = Object.entries(IN_THE_DATA[list] ?? {})
  if (language === 'De') return german
  return german
    .filter(([, name]) => name.endsWith('De'))
    .map(([property, name]) => [property, name.replace(/De$/, 'En')])
}

function listTexts(
  prefix: string,
  items: readonly Json[],
  properties: readonly [string, string][],
): [string, string][] {
  return items.flatMap((item) =>
    properties.flatMap(([property, name]): [string, string][] => {
      const text = item[name]
      if (typeof text !== 'string' || text === '') return []
      return [[`${prefix}${String(item['code'])}.${property}`, text]]
    }),
  )
}

/** Groups become dots in the key; an empty text is no text. */
function flat(value: unknown, prefix: string): [string, string][] {
  if (typeof value === 'string') return value === '' ? [] : [[prefix.replace(/\.$/, ''), value]]
  if (typeof value !== 'object' || value === null) throw new Error(`${prefix} holds no text`)
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, `${prefix}${key}.`))
}

function readJson(files: Files, path: string): unknown {
  return JSON.parse(files.read(path))
}

/** First 8 hex digits of the SHA-256 of a text's UTF-8. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

const PLURAL = /_(zero|one|two|few|many|other)$/

/**
 * The German text behind a key. Languages have more plural forms than German: the forms that German
 * lacks are translated from its `_other`. Nothing where German has no such text.
 */
export function sourceOf(german: Texts, key: string): string | undefined {
  return german.get(key) ?? german.get(key.replace(PLURAL, '_other'))
}

/** The stamps of a language; none where it has no side file. */
export function stampsOf(files: Files, language: string): Readonly<Record<string, Stamp>> {
  const path = `locales/${language}/${SIDE_FILE}`
  return files.paths.includes(path) ? (readJson(files, path) as Record<string, Stamp>) : {}
}
