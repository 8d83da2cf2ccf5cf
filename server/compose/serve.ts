import { join } from 'node:path'
import { compose, type Pages, type Portal } from '../compose.js'
import type { Config } from '../config.js'
import { nameAgreements } from './agreements.js'
import { hasDemoRegisters, startDemoRegisters } from './demo-registers.js'
import { seedDemonstration } from './demo.js'
import { openInstallation, type Installation } from './installation.js'
import { createAssets } from '../platform/http/assets.js'
import { listen } from '../platform/http/listen.js'
import { createTexts } from '../platform/http/texts.js'
import { createViews } from '../platform/http/view.js'
import { startJobs } from '../platform/jobs.js'
import { systemClock } from '../platform/kernel/clock.js'
import type { Log } from '../platform/log.js'
import { ROOT } from '../platform/root.js'
import { startTicker } from '../platform/ticker.js'

/** What a process does: everything, pages and interfaces alone, or jobs and the tick alone. */
export const MODES = ['serve', 'web', 'work'] as const
export type Mode = (typeof MODES)[number]

/** A running portal. */
export interface Running {
  /** Absent where nothing is served. */
  readonly address?: string
  /** Finishes what is in hand and stops everything that was started. */
  stop(): Promise<void>
}

/** Reads views, texts and built assets. */
export function loadPages(development: boolean): Pages {
  const assetsDir = join(ROOT, 'dist/assets')
  const texts = createTexts(join(ROOT, 'locales'))
  const views = createViews({
    viewsDir: join(ROOT, 'views'),
    assets: createAssets(assetsDir),
    texts,
    development,
  })
  return { texts, views, assetsDir }
}

/** Starts the portal step by step; what was started is stopped again where a later step fails. */
export async function serve(
  config: Config,
  parts: { log: Log; progress: (line: string) => void; mode?: Mode },
): Promise<Running> {
  const { log, progress, mode = 'serve' } = parts
  const pages = loadPages(!config.production)
  // A port that is taken is told before anything is made, not after a minute of work.
  if (mode !== 'work') await (await listen(() => undefined, config)).close()
  const opening = { clock: systemClock, log, progress, besideRunning: mode !== 'serve' }
  const installation = await openInstallation(config, opening)
  try {
    return await run(installation, pages, { log, progress, mode })
  } catch (error) {
    await installation.close()
    throw error
  }
}

async function run(
  installation: Installation,
  pages: Pages,
  { log, progress, mode }: { log: Log; progress: (line: string) => void; mode: Mode },
): Promise<Running> {
  const { config, pools, verdict } = installation
  const portal = compose(installation, pages)
  await nameAgreements(installation)
  if (verdict.state === 'behind') {
    const missing = verdict.known - verdict.size
    progress(
      `The log lacks ${missing} leaves that were published: nothing is written until an operator decides`,
    )
  }
  if (mode === 'serve' && config.demo && verdict.state === 'agrees') {
    await seedDemonstration(installation, pages, progress)
  }
  const server = mode === 'work' ? undefined : await listen(portal.app, config)
  const worker = { installation, log, pool: pools.worker }
  const stopWork = mode === 'web' ? undefined : await startWork(portal, worker)
  const address = config.port === 0 ? `http://localhost:${server?.port}` : config.origin
  const registers =
    mode === 'serve' && hasDemoRegisters(installation)
      ? await startDemoRegisters(installation, portal, { port: server?.port ?? 0, progress })
      : undefined
  return {
    ...(server === undefined ? {} : { address }),
    stop: async () => {
      await server?.close()
      await registers?.stop()
      await stopWork?.()
      await installation.close()
    },
  }
}

async function startWork(
  { jobs, ledger }: Portal,
  {
    installation,
    log,
    pool,
  }: { installation: Installation; log: Log; pool: Installation['pools']['worker'] },
): Promise<() => Promise<void>> {
  if (installation.verdict.state === 'behind') return () => Promise.resolve()
  await ledger.tick()
  // First what can fail: a ticker that nobody stops would keep the failed program alive.
  const running = await startJobs({ jobs, pool, log })
  const ticker = startTicker({
    name: 'ledger.tick',
    everyMs: ledger.tickMs,
    turn: ledger.tick,
    log,
  })
  return async () => {
    await ticker.stop()
    await running.stop()
  }
}
