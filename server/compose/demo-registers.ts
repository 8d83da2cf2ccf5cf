import { createHmac } from 'node:crypto'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RECORDED, recordsOf, type DemoRecord } from '../demo/index.js'
import type { Portal } from '../compose.js'
import { startChild } from '../platform/child.js'
import { openSideDatabase } from '../platform/db/side-database.js'
import { connectingOf } from './registers.js'
import { endpointsOf } from './requests.js'
import type { Installation } from './installation.js'

const NAME = 'mirat_reference_register'
/** Connections of the demonstration, as opposed to those that somebody entered. */
const OURS = 'http://127.0.0.1:'
/** Beside this file, as source or as built. */
const PROGRAM = new URL(`../tools/reference-register${extname(import.meta.url)}`, import.meta.url)

/** Only where the database is ours: a server of somebody else's gets no further databases. */
export function hasDemoRegisters({ config, verdict }: Installation): boolean {
  return config.demo && config.databaseUrl === undefined && verdict.state === 'agrees'
}

/** What is stopped before the portal is. */
export interface DemoRegisters {
  stop(): Promise<void>
}

/**
 * Starts the reference register as a program of its own, with what the demonstration's offices have
 * written, and connects them. Its data outlast it. Where it cannot start the portal goes on without it,
 * nobody is connected, and `progress` says so.
 */
export async function startDemoRegisters(
  installation: Installation,
  portal: Portal,
  { port, progress }: { port: number; progress: (line: string) => void },
): Promise<DemoRegisters> {
  try {
    return await start(installation, portal, { port, progress })
  } catch (error) {
    await disconnect(installation)
    const reason = error instanceof Error ? error.message : 'unknown'
    progress(`The demonstration’s registers do not answer: ${reason}`)
    return { stop: () => Promise.resolve() }
  }
}

async function start(
  installation: Installation,
  portal: Portal,
  { port, progress }: { port: number; progress: (line: string) => void },
): Promise<DemoRegisters> {
  const { adminUrl, config, secrets } = installation
  const records = await recordsFor(installation, portal)
  const password = createHmac('sha256', secrets.passwordKey).update(NAME).digest('base64url')
  const databaseUrl = await openSideDatabase(adminUrl, { name: NAME, password })
  const jwks = `http://${hereOf(config.host)}:${port}/.well-known/jwks.json`
  const settings = { databaseUrl, portal: config.origin, jwks, port: 0, records }
  const child = await startChild({
    path: fileURLToPath(PROGRAM),
    options: process.execArgv,
    settings: JSON.stringify(settings),
  })
  const { port: at } = JSON.parse(child.said) as { port: number }
  let isStopping = false
  void child.ended.then(() => {
    if (!isStopping) progress('The demonstration’s registers have ended: values are not available')
  })
  const stop = async () => {
    isStopping = true
    await child.stop()
  }
  try {
    await connect(installation, records, `${OURS}${at}`)
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

/** Where this machine reaches a server that listens on the address. */
function hereOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** The holdings of the demonstration's people, read in sessions of their own. */
async function recordsFor(
  { clock }: Installation,
  { identity, overview }: Portal,
): Promise<readonly DemoRecord[]> {
  const records: DemoRecord[] = []
  for (const name of RECORDED) {
    const session = await identity.signInDemo(name)
    if (session === undefined) continue
    const open = await identity.sessions.open(session.token, clock.now())
    if (open?.actor.role === 'resident') {
      records.push(...recordsOf(name, await overview.holdings(open.actor)))
    }
    await identity.sessions.end(session.token)
  }
  return records
}

async function connect(
  installation: Installation,
  records: readonly DemoRecord[],
  origin: string,
): Promise<void> {
  await disconnect(installation)
  const connecting = connectingOf(installation)
  const endpoints = endpointsOf(installation)
  const fields = new Map<string, string[]>()
  for (const { office, field } of records) {
    fields.set(office, [...(fields.get(office) ?? []), field])
  }
  for (const [office, codes] of fields) {
    const told = { office, url: `${origin}/${office}/values`, fields: codes }
    const result = await connecting.connect(told)
    if (!result.ok) throw new Error(`${office}: ${result.refusal}`)
    const taken = await endpoints.connect({ office, url: `${origin}/${office}/corrections` })
    if (!taken.ok) throw new Error(`${office}: ${taken.refusal}`)
  }
}

/** What an earlier start left: its port may belong to another program by now. */
async function disconnect(installation: Installation): Promise<void> {
  const connecting = connectingOf(installation)
  for (const { office, url } of await connecting.list()) {
    if (office !== undefined && url.startsWith(OURS)) await connecting.disconnect(office.code)
  }
  const endpoints = endpointsOf(installation)
  for (const { office, url } of await endpoints.list()) {
    if (office !== undefined && url?.startsWith(OURS)) await endpoints.disconnect(office.code)
  }
}
