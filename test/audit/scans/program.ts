import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A scanner; the Debian package has the same name. */
export type ScannerName = 'sqlmap' | 'wapiti' | 'ffuf'

/** What one run of a program said. */
export interface Said {
  readonly text: string
  /** Its time was over before it had ended by itself. */
  readonly isCut: boolean
}

const MOST_TEXT = 4 * 1024 * 1024

/** Scanners that this machine has not. */
export function missingOf(names: readonly ScannerName[]): ScannerName[] {
  return names.filter((name) => !isInstalled(name))
}

/** Whether a program is on the path. */
export function isInstalled(name: string): boolean {
  return folders().some((folder) => isProgram(join(folder, name)))
}

function folders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs a scanner in a folder of its own, for so many seconds at most. */
export function runScanner(
  name: ScannerName,
  args: readonly string[],
  { folder, seconds, env = {} }: { folder: string; seconds: number; env?: Record<string, string> },
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const end = () => child.kill('SIGKILL')
    process.once('exit', end)
    let text = ''
    let isCut = false
    const read = (part: string) => {
      if (text.length < MOST_TEXT) text += part
    }
    child.stdout.setEncoding('utf8').on('data', read)
    child.stderr.setEncoding('utf8').on('data', read)
    const timer = setTimeout(() => {
      isCut = true
      end()
    }, seconds * 1_000)
    child.once('error', reject)
    child.once('close', () => {
      clearTimeout(timer)
      process.off('exit', end)
      resolve({ text, isCut })
    })
  })
}
