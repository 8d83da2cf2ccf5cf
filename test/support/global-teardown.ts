/** Stops the server that the setup has started, and removes its data and the folder of the run. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { endMiratRun?: () => Promise<void> }).endMiratRun?.()
}
