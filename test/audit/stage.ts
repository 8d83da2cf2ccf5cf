import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { openInstallation, type Installation } from '../../server/compose/installation.js'
import { loadConfig } from '../../server/config.js'
import { startEmbedded, type EmbeddedServer } from '../../server/platform/db/embedded.js'
import { listen } from '../../server/platform/http/listen.js'
import { systemClock } from '../../server/platform/kernel/clock.js'
import { createLog } from '../../server/platform/log.js'
import { ROOT } from '../../server/platform/root.js'
import { inFreshFolder } from '../bench/place.js'
import { openProxy, type Proxy } from '../support/proxy.js'

/** The built portal as a process of its own, over a PostgreSQL that writes everything down (fsync on). */
export interface Stage {
  readonly url: string
  readonly adminUrl: string
  readonly proxy: Proxy
  readonly web: () => ChildProcess
  readonly server: () => EmbeddedServer
  /** Opens the same installation in this process: keys, owner's connection, catalogue. */
  join(): Promise<Installation>
  /** What an operator's supervisor does after an end: starts the portal again, and waits until it is ready. */
  restartWeb(): Promise<void>
  /** The same for PostgreSQL, which then has another port: the way there leads to it. */
  restartServer(): Promise<void>
  /** Runs one command of the portal; gives what it printed. */
  command(...args: string[]): Promise<string>
}

const PROGRAM = join(ROOT, 'dist/server/main.js')
const READY = 'Mirat is ready'

/** Makes a throw-away stage, hands it over, and ends and removes all of it whatever happens. */
export function onStage<Value>(
  env: Readonly<Record<string, string>>,
  work: (stage: Stage) => Promise<Value>,
): Promise<Value> {
  return inFreshFolder(async (dataDir) => {
    const serverDir = join(dataDir, 'server')
    let server = await startEmbedded({ dataDir: serverDir })
    const proxy = await openProxy(server.port)
    const through = new URL(server.url)
    through.port = String(proxy.port)
    through.pathname = '/mirat'
    await createDatabase(server.url)
    const port = await freePort()
    const url = `http://localhost:${port}`
    const place = { DATABASE_URL: through.href, DATA_DIR: dataDir, PORT: String(port) }
    const shared = { ...place, SECRETS_FILE: join(dataDir, 'secrets.json'), ...env }
    let web = await startWeb(shared)
    const ignored = () => web.kill('SIGKILL')
    process.once('exit', ignored)
    try {
      return await work({
        ...{ url, proxy, adminUrl: through.href },
        web: () => web,
        server: () => server,
        join: () => joinInstallation(shared),
        restartWeb: async () => {
          web = await startWeb(shared)
        },
        restartServer: async () => {
          server = await startEmbedded({ dataDir: serverDir })
          proxy.leadTo(server.port)
        },
        command: (...args) => runCommand(shared, args),
      })
    } finally {
      process.off('exit', ignored)
      await endInOrder(web)
      await proxy.close()
      await server.stop()
    }
  })
}

async function createDatabase(url: string): Promise<void> {
  const admin = new pg.Client(url)
  await admin.connect()
  await admin.query('create database mirat')
  await admin.end()
}

function joinInstallation(env: Readonly<Record<string, string>>): Promise<Installation> {
  return openInstallation(loadConfig(env), {
    clock: systemClock,
    log: createLog('silent'),
    progress: () => undefined,
    besideRunning: true,
  })
}

/** What `NODE_ENV=production` asks for, on this machine: pages are then made as an operator's are. */
export const PRODUCTION = {
  NODE_ENV: 'production',
  ORIGIN: 'https://mirat.example',
  LEGAL_BASIS: 'Art. 6 Abs. 1 Buchst. e DSGVO',
  LOG_ORIGIN: 'mirat.example/audit',
  CONTROLLER_NAME: 'Landratsamt Beispiel',
  CONTROLLER_ADDRESS: 'Hauptweg 1, 12345 Beispiel',
  CONTROLLER_REPRESENTATIVE: 'die Leitung des Amtes',
  CONTROLLER_CONTACT: 'post@landkreis.example',
  DPO_CONTACT: 'datenschutz@landkreis.example',
}

/** Starts the program and waits until it says that it is ready. */
async function startWeb(env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text: string) => {
      said = (said + text).slice(-10_000)
      if (!said.includes(READY)) return
      child.stdout.removeAllListeners('data').resume()
      resolve()
    })
    child.once('exit', () => reject(new Error(`the portal ended before it was ready: ${said}`)))
  })
  return child
}

async function runCommand(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${said}`)
  return said
}

async function endInOrder(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await gone
  clearTimeout(force)
}

async function freePort(): Promise<number> {
  const probe = await listen(() => undefined, { host: '127.0.0.1', port: 0 })
  await probe.close()
  return probe.port
}
