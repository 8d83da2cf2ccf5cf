import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRegistration } from '../../server/ingestion/index.js'
import { generateKey } from '../../server/tools/authority-send/signing.js'
import type { TestApp } from '../support/app.js'
import { authorityOf, OFFICE, type TestAuthority } from './authority.js'

/** How a run of the sender ended. */
export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly out: string
  readonly err: string
}

/** A run that goes on. */
export interface Running {
  readonly ended: Promise<Run>
  kill(): void
}

const PROGRAM = fileURLToPath(new URL('../../server/tools/authority-send.ts', import.meta.url))

/** Starts the sender as an authority would. */
export function start(args: readonly string[], input?: string): Running {
  // Jest's own options would slow down the start of another program.
  const env = { ...process.env, NODE_OPTIONS: '' }
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...args], {
    env,
  })
  const texts = { out: '', err: '' }
  child.stdout?.on('data', (data: Buffer) => (texts.out += data.toString()))
  child.stderr?.on('data', (data: Buffer) => (texts.err += data.toString()))
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input ?? '')
  const ended = new Promise<Run>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...texts }))
  })
  return { ended, kill: () => child.kill('SIGKILL') }
}

/** Runs the sender to its end. */
export function run(args: readonly string[], input?: string): Promise<Run> {
  return start(args, input).ended
}

/** An office with a folder of its own: key, input and state lie there. */
export interface Desk {
  readonly office: TestAuthority
  readonly folder: string
  readonly args: readonly string[]
  /** Writes an input of accesses whose file numbers are `L 1`, `L 2` and so on. */
  input(name: string, lines: number, from?: number): string
  write(name: string, text: string): string
  state(path: string): Record<string, unknown>
  /** What the log holds of this stream: file numbers in the order of their numbers. */
  recorded(): Promise<(string | null)[]>
  close(): void
}

/** Makes a key as `keygen` does, registers it, and gives the arguments that name it. */
export async function deskOf(app: TestApp): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-sender-'))
  const office = await authorityOf(app)
  const key = join(folder, 'key.jwk')
  const jwk = await generateKey({ out: key, algorithm: 'EdDSA' })
  const { admin: db, catalogue, clock } = app.installation
  const registration = createRegistration({ db, catalogue, clock })
  await registration.addKey({
    ...{ stream: office.stream, kid: jwk.kid, jwk, from: undefined, until: undefined },
  })
  const write = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  return {
    office,
    folder,
    write,
    args: ['--url', app.url, '--stream', office.stream, '--iss', OFFICE, '--key', key],
    input: (name, lines, from = 1) => {
      const accesses = Array.from({ length: lines }, (_, at) =>
        JSON.stringify(office.access({ caseRef: `L ${from + at}` })),
      )
      return write(name, `${accesses.join('\n')}\n`)
    },
    state: (path) =>
      JSON.parse(readFileSync(`${path}.state.json`, 'utf8')) as Record<string, unknown>,
    recorded: async () => {
      const rows = await db
        .selectFrom('overview.access_event as event')
        .innerJoin('ingestion.stream as stream', 'stream.stream', 'event.stream')
        .select('event.case_ref')
        .where('stream.name', '=', office.stream)
        .orderBy('event.stream_seq')
        .execute()
      return rows.map(({ case_ref: caseRef }) => caseRef)
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
