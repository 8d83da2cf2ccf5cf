import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../server/platform/root.js'
import { inFreshFolder } from '../bench/place.js'
import type { Edit } from './control.js'

/** The file of the checkout, for whoever only reads. */
export function readCheckout(path: string): string | undefined {
  const place = join(ROOT, path)
  return existsSync(place) ? readFileSync(place, 'utf8') : undefined
}

/** Hands over a copy of the checkout as it stands, and removes it whatever happens short of a kill. */
export function inCopy<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  return inFreshFolder(async (folder) => {
    mkdirSync(folder, { mode: 0o711 })
    // What git ignores is built or installed: packages alone are needed, and they are not changed.
    const listed = [
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      ':!node_modules',
    ]
    const paths = execFileSync('git', listed, { cwd: ROOT, encoding: 'utf8' }).split('\0')
    for (const path of paths) {
      const from = join(ROOT, path)
      if (path !== '' && existsSync(from)) cpSync(from, join(folder, path))
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    return work(folder)
  })
}

/** Works with some edits made in a copy, and undoes them. */
export async function withEdits<Value>(
  folder: string,
  edits: readonly Edit[],
  work: () => Promise<Value>,
): Promise<Value> {
  const before = new Map<string, string>()
  try {
    for (const { file, find, replace } of edits) {
      const place = join(folder, file)
      const text = readFileSync(place, 'utf8')
      if (!before.has(place)) before.set(place, text)
      writeFileSync(
        place,
        text.replace(find, () => replace),
      )
    }
    return await work()
  } finally {
    for (const [place, text] of before) writeFileSync(place, text)
  }
}
