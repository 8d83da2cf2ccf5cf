import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { findBinaries } from '../../server/platform/db/embedded-binaries.js'
import {
  startEmbedded,
  type EmbeddedOptions,
  type EmbeddedServer,
} from '../../server/platform/db/embedded.js'

/** The checkout's own folder. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
/** A user without rights that every Unix has. */
export const NOBODY = { name: 'nobody', uid: 65_534, gid: 65_534 }

const CHILD = fileURLToPath(new URL('./embedded-child.ts', import.meta.url))
const places: string[] = []
const servers: EmbeddedServer[] = []
const children: ChildProcess[] = []

/** Ends what the test has started. */
export async function stopAll(): Promise<void> {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
  await Promise.all(servers.splice(0).map((server) => server.stop()))
}

/** Removes what the tests of a file have made, even while a killed child's server still ends. */
export function removeAll(): void {
  for (const place of places.splice(0)) rmSync(place, { recursive: true, maxRetries: 20 })
}

/** A folder of this file alone, which others may pass through. */
export function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-embedded-'))
  chmodSync(folder, 0o711)
  places.push(folder)
  return folder
}

/** Starts a server that ends with the test. */
export async function start(
  dataDir: string,
  options: Partial<EmbeddedOptions> = {},
): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, durable: false, ...options })
  servers.push(server)
  return server
}

/** What the superuser is answered to the last statement. */
export async function ask<Row>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    let rows: Row[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows as Row[]
    return rows
  } finally {
    await client.end()
  }
}

/** Who runs the child program, with which variables, and whether it forgets to stop its server. */
export interface Childhood {
  readonly uid?: number
  readonly gid?: number
  readonly TMPDIR?: string
  readonly ending?: 'forget' | 'wait'
}

/** A child program whose server answers. */
export interface Child {
  readonly child: ChildProcess
  readonly url: string
  readonly pid: number
}

/** Starts the child program and waits for its server; throws what it complained of when it ends. */
export async function startChild(options: EmbeddedOptions, how: Childhood = {}): Promise<Child> {
  const child = spawnChild(options, how)
  let said = ''
  let complaint = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  let isClosed = false
  child.once('close', () => (isClosed = true))
  await until(() => said.includes('\n') || isClosed)
  if (!said.includes('\n')) throw new Error(complaint)
  return { child, ...(JSON.parse(said) as { url: string; pid: number }) }
}

/** Starts the child program and does not wait. */
export function spawnChild(options: EmbeddedOptions, how: Childhood = {}): ChildProcess {
  const { TMPDIR = tmpdir(), ending = 'wait', ...identity } = how
  const args = ['--import', 'tsx', CHILD, JSON.stringify({ durable: false, ...options }), ending]
  const child = spawn(process.execPath, args, {
    cwd: CHECKOUT,
    env: { PATH: process.env.PATH, TMPDIR },
    stdio: 'pipe',
    ...identity,
  })
  children.push(child)
  return child
}

/** Waits until something is so, for twenty seconds at most. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (isSo()) return
    await wait(10)
  }
  throw new Error('waited twenty seconds in vain')
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** A copy of PostgreSQL's package as npm leaves it when install scripts are off. */
export function packageWithoutLinks(parent: string): { native: string; links: string[] } {
  const native = join(parent, 'native')
  const original = findBinaries(undefined).folder
  const links: string[] = []
  const filter = (from: string) => {
    const isLink = lstatSync(from).isSymbolicLink()
    if (isLink) links.push(from.replace(original, native))
    return !isLink && !from.endsWith('.a')
  }
  cpSync(original, native, { recursive: true, filter })
  return { native, links }
}
