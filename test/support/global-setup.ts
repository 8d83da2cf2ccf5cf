import { tsImport } from 'tsx/esm/api'
import type * as Clusters from './cluster.js'
import type * as Pages from './pages.js'
import type * as Runs from './run.js'
import type * as Templates from './template.js'

type State = typeof globalThis & { endMiratRun?: () => Promise<void> }

/**
 * Starts PostgreSQL once for all test files, and tells the workers its superuser address and the
 * folder of the run. Jest loads this file outside its own module system, where Node alone cannot read
 * TypeScript: hence tsx.
 */
export default async function globalSetup(): Promise<void> {
  const here = import.meta.url
  const { startCluster } = (await tsImport('./cluster.ts', here)) as typeof Clusters
  const { beginRun } = (await tsImport('./run.ts', here)) as typeof Runs
  const { buildTestAssets } = (await tsImport('./pages.ts', here)) as typeof Pages
  const { prepareTemplate } = (await tsImport('./template.ts', here)) as typeof Templates
  const cluster = await startCluster()
  const removeFolder = beginRun(cluster.url)
  const end = async () => {
    await cluster.stop()
    removeFolder()
  }
  try {
    buildTestAssets()
    await prepareTemplate(cluster.url)
  } catch (error) {
    await end()
    throw error
  }
  ;(globalThis as State).endMiratRun = end
}
