import { existsSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.js'
import { copyFolder } from '../platform/folder-copy.js'
import { runningEmbedded } from '../platform/db/embedded-running.js'
import { StartError } from '../platform/kernel/errors.js'
import type { Clock } from '../platform/kernel/clock.js'

/** Where the embedded server's data lie, in the data folder and in a backup. */
const STORE = 'postgres'

/**
 * A copy of the embedded database while it stands still. Keys and the outside checkpoint are left out: a
 * backup that held the keys would open everything, and one that held the checkpoint would hide what a
 * restore loses.
 */
export function backUp(config: Config, args: readonly string[]): string {
  const out = folderIn(args, 'out')
  expectStill(config)
  if (!existsSync(join(config.dataDir, STORE)))
    throw new StartError('There is no database to copy yet.')
  if (existsSync(join(out, STORE))) throw new StartError(`${out} holds a backup already.`)
  copyFolder(join(config.dataDir, STORE), join(out, STORE))
  return `The database was copied to ${out}. Keep the keys apart from it.`
}

/** Puts a backup into its place; what was there is kept beside it under a name with the time. */
export function restore(config: Config, args: readonly string[], clock: Clock): string {
  const from = folderIn(args, 'from')
  expectStill(config)
  if (!existsSync(join(from, STORE, 'cluster', 'PG_VERSION'))) {
    throw new StartError(`${from} holds no backup.`)
  }
  const place = join(config.dataDir, STORE)
  const fresh = `${place}.restored`
  if (existsSync(fresh)) throw new StartError(`${fresh} is left from a restore: remove it first.`)
  copyFolder(join(from, STORE), fresh)
  const aside = `${place}.before-${clock.now().toISOString().replaceAll(':', '')}`
  if (existsSync(place)) renameSync(place, aside)
  renameSync(fresh, place)
  return 'The backup is in its place. Start the portal: it says whether the log lacks anything.'
}

function expectStill({ databaseUrl, dataDir }: Config): void {
  if (databaseUrl !== undefined) {
    throw new StartError(
      'DATABASE_URL names a server of your own: use its pg_basebackup or pg_dump, as the README says.',
    )
  }
  if (runningEmbedded(dataDir) !== undefined) {
    throw new StartError('The portal is running: stop it first.')
  }
}

function folderIn(args: readonly string[], name: 'out' | 'from'): string {
  try {
    const options = { [name]: { type: 'string' } } as const
    const { values } = parseArgs({ args: [...args], options })
    const folder = (values as Record<string, string | undefined>)[name]
    if (folder !== undefined && folder !== '') return resolve(folder)
  } catch {
    // Said below: one sentence for every way of getting it wrong.
  }
  throw new StartError(`Name a folder: --${name} FOLDER.`)
}
