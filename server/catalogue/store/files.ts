import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALE_FILES, type LocaleFile } from '../book.js'
import { DATA_FILES, type DataFile } from '../reference.js'

/** Where the reference data and their translations lie, and which languages are shipped. */
export interface CatalogueSource {
  /** The folder with `fields.json` and its like. */
  readonly dataDir: string
  /** The folder with `<tag>/catalogue/`. */
  readonly localesDir: string
  /** Tags of the languages of pages; all of them must have every text. */
  readonly languages: readonly string[]
  /** Tags of languages that papers alone speak, which must have every name. */
  readonly paperLanguages: readonly string[]
}

/** The parsed files, not yet looked at. */
export interface RawFiles {
  readonly data: Readonly<Record<DataFile, unknown>>
  readonly locales: ReadonlyMap<string, Partial<Readonly<Record<LocaleFile, unknown>>>>
  /** Those of them that have names alone. */
  readonly paperLanguages: readonly string[]
  /** Over the names and bytes of all files, hexadecimal. */
  readonly sha256: string
  /** Files that are missing or no JSON. */
  readonly faults: readonly string[]
}

/** Reads every file once. German and English need no locale files but for what the data lack. */
export function readFiles(source: CatalogueSource): RawFiles {
  const { dataDir, localesDir, languages, paperLanguages } = source
  const faults: string[] = []
  const hash = createHash('sha256')
  const read = (path: string, shown: string): unknown => {
    const bytes = readFileSync(path)
    hash.update(`${shown}\0${bytes.length}\0`).update(bytes)
    try {
      return JSON.parse(bytes.toString('utf8')) as unknown
    } catch (error) {
      faults.push(`${shown}: ${(error as Error).message}`)
      return undefined
    }
  }
  const data = DATA_FILES.map((name) => {
    const path = join(dataDir, `${name}.json`)
    if (existsSync(path)) return [name, read(path, `${name}.json`)] as const
    faults.push(`${name}.json is missing`)
    return [name, []] as const
  })
  const locales = [...languages, ...paperLanguages].map((tag) => {
    const files = LOCALE_FILES.flatMap((name) => {
      const path = join(localesDir, tag, 'catalogue', `${name}.json`)
      return existsSync(path)
        ? [[name, read(path, `locales/${tag}/catalogue/${name}.json`)] as const]
        : []
    })
    return [tag, Object.fromEntries(files)] as const
  })
  return {
    data: Object.fromEntries(data) as Record<DataFile, unknown>,
    locales: new Map(locales),
    paperLanguages,
    sha256: hash.digest('hex'),
    faults,
  }
}
