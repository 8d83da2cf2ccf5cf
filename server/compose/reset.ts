import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.js'
import { dropSchemas } from '../platform/db/drop.js'
import { runningEmbedded } from '../platform/db/embedded-running.js'
import { StartError } from '../platform/kernel/errors.js'

/** Forgets everything but the keys, so that development can begin again; refused in production. */
export async function resetDatabase(config: Config): Promise<void> {
  if (config.production) throw new StartError('db:reset is refused in production.')
  if (config.databaseUrl === undefined) {
    if (runningEmbedded(config.dataDir) !== undefined) {
      throw new StartError('The portal is running: stop it first.')
    }
    rmSync(join(config.dataDir, 'postgres'), { recursive: true, force: true })
  } else {
    await dropSchemas(config.databaseUrl)
  }
  rmSync(join(config.dataDir, 'checkpoint'), { force: true })
}
