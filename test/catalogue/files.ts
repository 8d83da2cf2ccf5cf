import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CatalogueSource } from '../../server/catalogue/index.js'
import { DATA_FILES, type DataFile } from '../../server/catalogue/reference.js'
import { LANGUAGES, PAPER_LANGUAGES } from '../../server/platform/http/languages.js'

const here = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The project's own files. */
export const SOURCE: CatalogueSource = {
  dataDir: here('server/catalogue/data'),
  localesDir: here('locales'),
  languages: LANGUAGES.map(({ tag }) => tag),
  paperLanguages: PAPER_LANGUAGES.map(({ tag }) => tag),
}

/** An entry of a data file before anything was checked. */
export type Raw = Record<string, unknown>

/** The data files before anything was checked, free to be spoilt. */
export type RawData = Record<Exclude<DataFile, 'portal'>, Raw[]> & { portal: Record<string, Raw[]> }

/** A fresh copy of the project's data files. */
export function rawData(): RawData {
  const files = DATA_FILES.map((name) => [name, readJson(join(SOURCE.dataDir, `${name}.json`))])
  return Object.fromEntries(files) as RawData
}

/** The entry of a code in one list. */
export function entryIn(list: Raw[], code: string): Raw {
  const found = list.find((entry) => entry.code === code)
  if (found === undefined) throw new Error(`the list has no ${code}`)
  return found
}

/** A copy of the data and translations in a folder of its own, removed by `remove`. */
export interface CopiedSource extends CatalogueSource {
  /** Changes one JSON file: `data/units`, `ar/units`. */
  edit<Json = Raw[]>(file: string, change: (json: Json) => Json | void): void
  remove(): void
}

export function copiedSource(): CopiedSource {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-catalogue-'))
  const dataDir = join(folder, 'data')
  const localesDir = join(folder, 'locales')
  cpSync(SOURCE.dataDir, dataDir, { recursive: true })
  for (const tag of ['en', 'ar', 'fa']) {
    const inside = join(tag, 'catalogue')
    cpSync(join(SOURCE.localesDir, inside), join(localesDir, inside), { recursive: true })
  }
  return {
    dataDir,
    localesDir,
    languages: SOURCE.languages,
    paperLanguages: SOURCE.paperLanguages,
    edit: (file, change) => {
      const [part = '', name = ''] = file.split('/')
      const path =
        part === 'data'
          ? join(dataDir, `${name}.json`)
          : join(localesDir, part, 'catalogue', `${name}.json`)
      const json = readJson(path) as Parameters<typeof change>[0]
      writeFileSync(path, JSON.stringify(change(json) ?? json))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8')) as unknown
}
