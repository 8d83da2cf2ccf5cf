import { tsImport } from 'tsx/esm/api'
import type * as Beginning from './beginning.js'

/**
 * Starts once what all test files share; workers are told of it by the environment (`run.ts`). Jest
 * loads this file outside its own module system, where Node alone cannot read TypeScript: hence tsx,
 * once, because every import of it compiles everything anew.
 */
export default async function globalSetup(): Promise<void> {
  const { begin } = (await tsImport('./beginning.ts', import.meta.url)) as typeof Beginning
  ;(globalThis as { endMiratRun?: () => Promise<void> }).endMiratRun = await begin()
}
