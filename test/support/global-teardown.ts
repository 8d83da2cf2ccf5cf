import type { Cluster } from './cluster.js'

/** Stops the server that the setup has started, and removes its data. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { miratCluster?: Cluster }).miratCluster?.stop()
}
