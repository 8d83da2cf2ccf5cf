import { startCluster } from './cluster.js'
import { buildTestAssets } from './pages.js'
import { beginRun } from './run.js'
import { prepareTemplate } from './template.js'

/** Starts PostgreSQL, builds the assets and makes the template database; returns what ends it all. */
export async function begin(): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  const removeFolder = beginRun(cluster.url)
  const end = async () => {
    await cluster.stop()
    removeFolder()
  }
  try {
    buildTestAssets()
    await prepareTemplate(cluster.url)
    return end
  } catch (error) {
    await end()
    throw error
  }
}
