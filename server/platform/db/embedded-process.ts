import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartError } from '../kernel/errors.js'
import { reasonIn, startProgram, type Running } from './embedded-account.js'
import type { Cluster, Installation } from './embedded-cluster.js'

/** What is started, and who names the next port to try. */
export interface Launch {
  readonly installation: Installation
  readonly cluster: Cluster
  readonly nextPort: () => Promise<number>
  /** Whether a server that ends by itself is started again, on the port that its clients know. */
  readonly revives: boolean
}

/** The running server process. */
export interface Postmaster {
  readonly port: number
  readonly pid: number
  stop(): Promise<void>
}

/** How often the server is asked whether it answers (milliseconds). */
const POLL_MS = 20
/** Time between two tries while an earlier server is still on its way out (milliseconds). */
const RETRY_MS = 100
const TRIES = 100
/** A server that was killed a moment ago holds its lock until the machine has put it away. */
const LOCKED_TRIES = 10
/** After this an orderly stop gives way to an immediate one; the next start recovers (milliseconds). */
const PATIENCE_MS = 10_000

/** Safe in every case: no statement text, which may hold personal data, gets into the server's log. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_error_statement: 'panic',
}
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Starts the server and, where that is wanted, keeps it running. */
export async function launch(order: Launch): Promise<Postmaster> {
  const { running, port } = await start(order)
  return order.revives ? revived(order, { running, port }) : postmaster(running, port)
}

interface Started {
  readonly running: Running
  readonly port: number
}

/** Where a port was taken or an earlier server is still ending, tries again. */
async function start(order: Launch): Promise<Started> {
  let said = ''
  for (let tries = 0; tries < TRIES; tries++) {
    const port = await order.nextPort()
    const running = begin(order, port)
    const refusal = await untilReady(running, order.cluster)
    if (refusal === undefined) return { running, port }
    said = refusal
    if (isPortTaken(said)) continue
    const mayBeGone = isLocked(said) && tries < LOCKED_TRIES
    if (!mayBeGone && !isPredecessorEnding(said, order.cluster)) break
    await wait(RETRY_MS)
  }
  throw launchFault(said, order)
}

function begin({ installation, cluster }: Launch, port: number): Running {
  const { binaries, account, durable } = installation
  const settings = { ...SETTINGS, ...(durable ? {} : CARELESS), port: String(port) }
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return startProgram({
    file: join(binaries.folder, 'bin', 'postgres'),
    args: ['-D', cluster.reachedAs, ...pairs],
    folder: cluster.folder,
    account,
    farewell: 'INT',
    ownGroup: true,
  })
}

/** Undefined when the server answers, or its last words when it ended instead. */
async function untilReady(running: Running, cluster: Cluster): Promise<string | undefined> {
  for (;;) {
    const said = await Promise.race([running.ended, wait(POLL_MS)])
    if (typeof said === 'string') return said
    const { pid, state } = lockOf(cluster)
    if (pid === running.child.pid && state === 'ready') return undefined
  }
}

/** The first and the eighth line of `postmaster.pid`, where PostgreSQL says who runs, and how. */
function lockOf({ folder }: Cluster): { pid: number | undefined; state: string } {
  try {
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), state: lines[7]?.trim() ?? '' }
  } catch {
    return { pid: undefined, state: '' } // not written yet, or just removed
  }
}

function isPortTaken(said: string): boolean {
  return /could not create any TCP\/IP sockets/.test(said) && /already in use/.test(said)
}

/** After a kill the orphans need a moment to notice; a server that stops still holds its lock. */
function isPredecessorEnding(said: string, cluster: Cluster): boolean {
  if (/pre-existing shared memory block/.test(said)) return true
  return isLocked(said) && lockOf(cluster).state !== 'ready'
}

function isLocked(said: string): boolean {
  return /lock file "[^"]*" already exists/.test(said)
}

function launchFault(said: string, { installation, cluster }: Launch): StartError {
  const { binaries, dataDir } = installation
  if (isLocked(said)) {
    const holder = lockOf(cluster).pid ?? 'unknown'
    const sentence = `Another PostgreSQL (process ${holder}) is already running on ${dataDir}: stop it first.`
    return new StartError(sentence)
  }
  return new StartError(
    `PostgreSQL ${binaries.version} did not start in ${dataDir}: ${reasonIn(said)}`,
  )
}

/** How long a server that will not start is left alone, at first and at most (milliseconds). */
const REVIVAL = { first: 250, most: 10_000 }

/**
 * A killed server comes back within a second or so, recovered from its own log; one that cannot (a full
 * disk) is tried again and again: everybody meets 503 meanwhile, and nobody has to be at the machine.
 */
function revived(order: Launch, started: Started): Postmaster {
  const { port } = started
  const again = { ...order, nextPort: () => Promise.resolve(port) }
  let current = postmaster(started.running, port)
  let stopped: Promise<void> | undefined
  let reviving = Promise.resolve()
  const revive = async () => {
    for (
      let pause = REVIVAL.first;
      stopped === undefined;
      pause = Math.min(2 * pause, REVIVAL.most)
    ) {
      const next = await start(again).catch(() => undefined)
      if (next !== undefined) {
        current = postmaster(next.running, port)
        return watch(next.running)
      }
      await wait(pause, undefined, { ref: false })
    }
  }
  const watch = ({ ended }: Running) => {
    void ended.then(() => {
      if (stopped === undefined) reviving = revive()
    })
  }
  watch(started.running)
  const stop = async () => {
    await reviving
    await current.stop()
  }
  return { port, pid: current.pid, stop: () => (stopped ??= stop()) }
}

/** From here on a forgotten server does not keep this process from ending. */
function postmaster(running: Running, port: number): Postmaster {
  const { child } = running
  const output = child.stderr as Socket
  child.unref()
  output.unref()
  let stopped: Promise<void> | undefined
  const stop = () => {
    child.ref()
    output.ref()
    return endInOrder(running)
  }
  return { port, pid: child.pid ?? 0, stop: () => (stopped ??= stop()) }
}

async function endInOrder({ child, ended }: Running): Promise<void> {
  child.kill('SIGINT')
  const hurry = setTimeout(() => child.kill('SIGQUIT'), PATIENCE_MS)
  await ended
  clearTimeout(hurry)
}
