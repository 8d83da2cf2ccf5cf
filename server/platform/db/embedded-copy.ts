import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  type Stats,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { StartError } from '../kernel/errors.js'
import { isRefusal, reasonOf } from './embedded-folder.js'

interface Part {
  readonly path: string
  readonly size: number
  readonly isProgram: boolean
}

const WRITABLE_BY_OTHERS = 0o022
const STICKY = 0o1000

/**
 * Copies PostgreSQL's programs to where another account can run them, once per content and user:
 * the checkout may lie in a closed home, or in a folder that is not ours to complete. The copy
 * belongs to this user and nobody else can write to it; symbolic links are left out.
 */
export function copyForOthers(folder: string): string {
  const parts = partsOf(folder)
  const place = join(tmpdir(), `mirat-postgres-${ownUid()}-${addressOf(folder, parts)}`)
  try {
    if (!isWhole(place, parts)) replace(folder, place, parts)
  } catch (error) {
    if (error instanceof StartError) throw error
    const sentence = `PostgreSQL could not be copied to ${place}: ${reasonOf(error)}.`
    throw new StartError(sentence, error)
  }
  return place
}

/** Everything but what only a compiler needs. */
function partsOf(folder: string): Part[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.a'))
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return paths.map((path) => {
    const { size, mode } = statSync(path)
    return { path: relative(folder, path), size, isProgram: (mode & 0o100) !== 0 }
  })
}

function addressOf(folder: string, parts: readonly Part[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts))
  return hash
    .update(readFileSync(join(folder, 'bin', 'postgres')))
    .digest('hex')
    .slice(0, 16)
}

/** Whether the copy is there, ours, and complete: a cleaner of old files may have been at it. */
function isWhole(place: string, parts: readonly Part[]): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false })
  if (found === undefined) return false
  refuseStranger(place, found)
  return parts.every(({ path, size }) => {
    return lstatSync(join(place, path), { throwIfNoEntry: false })?.size === size
  })
}

/** In a shared folder anyone may have made this name before us, to have their programs run. */
function refuseStranger(place: string, found: Stats): void {
  const parent = statSync(dirname(place))
  const isParentSafe = (parent.mode & STICKY) !== 0 || (parent.mode & WRITABLE_BY_OTHERS) === 0
  const isOurs = found.isDirectory() && found.uid === ownUid()
  if (isParentSafe && isOurs && (found.mode & WRITABLE_BY_OTHERS) === 0) return
  throw new StartError(
    `${place} may have been made by someone else: remove it, or set TMPDIR to a folder of your own.`,
  )
}

/** Fills a fresh folder that only we can enter, and gives it its name when it is complete. */
function replace(folder: string, place: string, parts: readonly Part[]): void {
  const fresh = mkdtempSync(`${place}-`)
  try {
    for (const part of parts) copyPart(folder, fresh, part)
    openForReading(fresh)
    if (giveName(fresh, place)) return
    if (isWhole(place, parts)) return // another start was quicker, and may be running from it
    rmSync(place, { recursive: true, force: true })
    renameSync(fresh, place)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** False where the name is taken. */
function giveName(fresh: string, place: string): boolean {
  try {
    renameSync(fresh, place)
    return true
  } catch (error) {
    if (isRefusal(error, 'ENOTEMPTY', 'EEXIST')) return false
    throw error
  }
}

function copyPart(from: string, to: string, { path, isProgram }: Part): void {
  const target = join(to, path)
  mkdirSync(dirname(target), { recursive: true })
  copyFileSync(join(from, path), target)
  chmodSync(target, isProgram ? 0o755 : 0o644)
}

/** Folders are made under the process's umask, which may close them. */
function openForReading(folder: string): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory())
  for (const entry of folders) chmodSync(join(entry.parentPath, entry.name), 0o755)
  chmodSync(folder, 0o755)
}

function ownUid(): number {
  return process.getuid?.() ?? 0
}
