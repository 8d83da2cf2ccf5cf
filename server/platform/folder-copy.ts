import {
  chmodSync,
  chownSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { makeFolder } from './folder.js'
import { StartError } from './kernel/errors.js'

/** Copies a folder with owners and rights, on the disk before it gets its name: whole or not at all. */
export function copyFolder(from: string, to: string): void {
  const draft = `${to}.new`
  try {
    makeFolder(dirname(to))
    rmSync(draft, { recursive: true, force: true })
    copyEntry(from, draft)
    renameSync(draft, to)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw new StartError(`${from} could not be copied to ${to}: ${(error as Error).message}`, error)
  }
}

function copyEntry(from: string, to: string): void {
  const found = lstatSync(from)
  if (found.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to)
    return
  }
  if (found.isDirectory()) {
    mkdirSync(to, { mode: 0o700 })
    for (const name of readdirSync(from)) copyEntry(join(from, name), join(to, name))
  } else if (found.isFile()) {
    copyFileSync(from, to)
  } else return
  chmodSync(to, found.mode & 0o7777)
  if (process.getuid?.() === 0) chownSync(to, found.uid, found.gid)
  const handle = openSync(to, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
