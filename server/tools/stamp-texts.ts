/**
 * Keeps `locales/<language>/status.json`: what is known of every translated text.
 *
 *   npm run texts -- 2026-11-22                       stamps new and changed translations as machine
 *   npm run texts -- 2026-11-22 reviewed ar consent:  says that these keys were compared with the German
 *
 * A translation whose German text changed keeps its old stamp and is listed: only a person can say
 * that it still fits. The day is an argument, so that the same run gives the same file.
 */

import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  fingerprint,
  germanTexts,
  languagesIn,
  SIDE_FILE,
  sourceOf,
  STATUSES,
  stampsOf,
  textsOf,
  type Files,
  type Stamp,
  type Status,
  type Texts,
} from './text-files.js'

/** One run over one language. */
export interface Stamping {
  readonly texts: Texts
  readonly german: Texts
  readonly before: Readonly<Record<string, Stamp>>
  readonly date: string
  /** Keys that somebody vouches for. */
  readonly vouched?: { readonly status: Status; readonly prefix: string }
}

/** The stamps after a run, in the order of their keys; stamps without a text are gone. */
export function stamped(run: Stamping): Record<string, Stamp> {
  const keys = [...run.texts.keys()].sort()
  return Object.fromEntries(keys.map((key) => [key, stampOf(run, key)]))
}

function stampOf({ texts, german, before, date, vouched }: Stamping, key: string): Stamp {
  const text = fingerprint(texts.get(key) ?? '')
  const source = fingerprint(sourceOf(german, key) ?? '')
  if (vouched && key.startsWith(vouched.prefix)) {
    return { status: vouched.status, source, text, date }
  }
  const old = before[key]
  return old?.text === text ? old : { status: 'machine', source, text, date }
}

/** Keys whose German text is another one than the one that was translated. */
export function stale(stamps: Readonly<Record<string, Stamp>>, german: Texts): string[] {
  return Object.entries(stamps)
    .filter(([key, { source }]) => source !== fingerprint(sourceOf(german, key) ?? ''))
    .map(([key]) => key)
}

/** The side file: one line for each key, so that a change of one text is one line of a diff. */
export function sideFile(stamps: Readonly<Record<string, Stamp>>): string {
  const lines = Object.entries(stamps).map(
    ([key, { status, source, text, date }]) =>
      `  ${JSON.stringify(key)}: { "status": "${status}", "source": "${source}", "text": "${text}", "date": "${date}" }`,
  )
  return `{\n${lines.join(',\n')}\n}\n`
}

const USAGE =
  'usage: npm run texts -- <YYYY-MM-DD> [machine|human|reviewed <language> <key prefix>]'

function main(root: string, args: readonly string[]): number {
  const [date = '', status, only, prefix] = args
  const vouching = status !== undefined
  if (!isDay(date) || (vouching && !(isStatus(status) && only && prefix))) {
    process.stderr.write(`${USAGE}\n`)
    return 1
  }
  const files = filesBelow(root, ['locales', 'server/catalogue/data'])
  const german = germanTexts(files)
  for (const language of languagesIn(files).filter((name) => name !== 'de')) {
    const vouched =
      isStatus(status) && prefix && only === language ? { vouched: { status, prefix } } : {}
    const before = stampsOf(files, language)
    const after = stamped({ texts: textsOf(files, language), german, before, date, ...vouched })
    writeFileSync(join(root, 'locales', language, SIDE_FILE), sideFile(after))
    report(language, after, stale(after, german))
  }
  return 0
}

function filesBelow(root: string, folders: readonly string[]): Files {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (path) => `${folder}/${path.replaceAll('\\', '/')}`,
    ),
  )
  return { paths, read: (path) => readFileSync(join(root, path), 'utf8') }
}

function report(language: string, stamps: object, old: readonly string[]): void {
  process.stdout.write(`${language}: ${Object.keys(stamps).length} texts, ${old.length} stale\n`)
  for (const key of old) process.stdout.write(`  ${key}: the German text has changed\n`)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

function isStatus(text: string | undefined): text is Status {
  return STATUSES.some((status) => status === text)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = main(fileURLToPath(new URL('../../', import.meta.url)), process.argv.slice(2))
}
