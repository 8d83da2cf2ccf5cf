import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../folder.js'
import { StartError } from '../kernel/errors.js'
import { codeOf } from './faults.js'

/** Makes the data folder where it is missing. */
export function prepareFolder(dataDir: string): void {
  try {
    makeFolder(dataDir)
  } catch (error) {
    throw folderFault(dataDir, error)
  }
  if (statSync(dataDir).isDirectory()) return
  throw new StartError(`The data folder ${dataDir} is not a folder.`)
}

/**
 * Folders in the data folder, named `prefix`, process number and dash, whose start has ended.
 * Process numbers repeat in containers, hence the look at the age.
 */
export function leftOvers(dataDir: string, prefix: string): string[] {
  const names = readdirSync(dataDir).filter((name) => name.startsWith(prefix))
  const ended = names.filter((name) => {
    const pid = Number(name.slice(prefix.length).split('-')[0])
    const found = statSync(join(dataDir, name), { throwIfNoEntry: false })
    if (found === undefined) return false
    return pid === process.pid ? found.ctimeMs < performance.timeOrigin : !isAlive(pid)
  })
  return ended.map((name) => join(dataDir, name))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return isRefusal(error, 'EPERM')
  }
}

/** Whether the operating system refused with one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error as Error) ?? '')
}

/** A refusal of the operating system becomes a sentence; everything else stays what it is. */
export function folderFault(dataDir: string, error: unknown): unknown {
  if (codeOf(error as Error) === undefined) return error
  return new StartError(`The data folder ${dataDir} cannot be used: ${reasonOf(error)}.`, error)
}

/** The system's own words, without its code and its calls. */
export function reasonOf(error: unknown): string {
  const { message } = error as Error
  return /^\w+: ([^,]+)/.exec(message)?.[1] ?? message
}

/** Makes names and renames in a folder outlast a failure of the machine. */
export function writeDown(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Removes what a start has left half done, whoever may still be writing to it. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 5 })
}
