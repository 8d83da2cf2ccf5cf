import { tsImport } from 'tsx/esm/api'
import type * as Clusters from './cluster.js'
import type * as Templates from './template.js'

type State = typeof globalThis & { miratCluster?: Clusters.Cluster }

/**
 * Starts PostgreSQL once for all test files, and tells the workers its superuser address as
 * MIRAT_TEST_URL. Jest loads this file outside its own module system, where Node alone cannot read
 * TypeScript: hence tsx.
 */
export default async function globalSetup(): Promise<void> {
  const here = import.meta.url
  const { startCluster } = (await tsImport('./cluster.ts', here)) as typeof Clusters
  const { prepareTemplate } = (await tsImport('./template.ts', here)) as typeof Templates
  const cluster = await startCluster()
  try {
    await prepareTemplate(cluster.url)
  } catch (error) {
    await cluster.stop()
    throw error
  }
  ;(globalThis as State).miratCluster = cluster
  process.env.MIRAT_TEST_URL = cluster.url
}
