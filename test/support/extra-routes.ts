import { createApp, type AppParts } from '../../server/app.js'
import type { Actor } from '../../server/identity/index.js'
import { createCookies } from '../../server/platform/http/cookies.js'
import { openGate } from '../../server/platform/http/limits.js'
import { listen } from '../../server/platform/http/listen.js'
import type { RouteSpec } from '../../server/platform/http/route.js'
import { createMetrics } from '../../server/platform/metrics.js'
import type { TestApp } from './app.js'
import { testPages } from './pages.js'

/** A second server over the same installation, with routes of a test beside its own. */
export async function listenWith(
  { installation, portal, clock, url }: TestApp,
  routes: readonly RouteSpec<Actor>[],
  changed: Partial<AppParts<Actor>> = {},
): Promise<{ readonly url: string; close(): Promise<unknown> }> {
  const app = createApp<Actor>({
    routes: [...portal.routes, ...routes],
    sessions: portal.identity.sessions,
    keptForms: portal.keptForms,
    record: portal.recordLook,
    cookies: createCookies(false),
    clock,
    random: installation.random,
    origin: url,
    trustedProxies: [],
    visitorKey: installation.secrets.visitorKey,
    demo: false,
    legalBasis: installation.config.legalBasis,
    log: installation.log,
    gate: openGate(),
    metrics: createMetrics(),
    monotonic: () => 0,
    ...testPages(),
    ...changed,
  })
  const server = await listen(app, { host: '127.0.0.1', port: 0 })
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close() }
}
