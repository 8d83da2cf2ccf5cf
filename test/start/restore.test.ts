import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openInstallation } from '../../server/compose/installation.js'
import { loadConfig } from '../../server/config.js'
import { systemClock } from '../../server/platform/kernel/clock.js'
import { createLog } from '../../server/platform/log.js'
import { accessOf } from '../audit/courier.js'
import { run } from '../ingestion/sender-run.js'
import { runProgram, startProgram, type RunningProgram } from './program.js'

const folder = mkdtempSync(join(tmpdir(), 'mirat-restore-'))
const dataDir = join(folder, 'data')
// The sender's state belongs to one address: the port stays the same from start to start.
const port = String(20_000 + (process.pid % 10_000))
const env = { PORT: port, DATA_DIR: dataDir, DEMO: 'false' }
const started: RunningProgram[] = []
const file = (name: string) => join(folder, name)

afterAll(async () => {
  // A failed expectation leaves its portal running, and the run would wait for it.
  for (const { child } of started) if (child.exitCode === null) child.kill('SIGTERM')
  await Promise.all(started.map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true })
})

async function command(...args: string[]): Promise<string> {
  const { code, out, err } = await runProgram({ ...env }, { args })
  expect([args[0], code, err]).toEqual([args[0], 0, ''])
  return out
}

async function portal(): Promise<{ program: RunningProgram; url: string }> {
  const program = startProgram({ ...env, TICK_SECONDS: '1' })
  started.push(program)
  const [, url = ''] = await program.says(/ready: (http:\S+)/)
  return { program, url }
}

async function stop({ child, ended }: RunningProgram): Promise<void> {
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
}

function send(url: string, input: string, ...more: string[]) {
  const who = ['--stream', 'drill', '--iss', 'i.pf.jobcenter', '--key', file('key.jwk')]
  const portalArgs = ['--url', url, '--batch', '5', '--attempts', '3']
  return run([...portalArgs, ...who, ...more, file(input)])
}

/** What an authority's register hands over: file numbers are what is looked for afterwards. */
async function writeInputs(): Promise<void> {
  const installation = await openInstallation(loadConfig(env), {
    ...{ clock: systemClock, log: createLog('silent'), progress: () => undefined },
    besideRunning: true,
  })
  const access = accessOf(installation)
  await installation.close()
  for (const [name, count] of [
    ['first.jsonl', 20],
    ['second.jsonl', 15],
  ] as const) {
    const lines = Array.from({ length: count }, (_, at) => JSON.stringify(access(`${name} ${at}`)))
    writeFileSync(file(name), `${lines.join('\n')}\n`)
  }
}

describe('the drill of a restore', () => {
  it('backs up, loses, notices, resumes, and gets every event again, each once', async () => {
    const before = await portal()
    await writeInputs()
    const made = await run(['keygen', '--out', file('key.jwk')])
    writeFileSync(file('key.pub.jwk'), made.out)
    await command('stream:register', '--name', 'drill', '--authority', 'i.pf.jobcenter')
    await command('stream:key', '--stream', 'drill', '--jwk', file('key.pub.jwk'))
    expect((await send(before.url, 'first.jsonl')).out).toMatch(/^20 sent/)
    expect((await runProgram(env, { args: ['backup', '--out', file('copy')] })).err).toMatch(
      /running/,
    )
    await stop(before.program)
    expect(await command('backup', '--out', file('copy'))).toMatch(/was copied/)

    const later = await portal()
    const more = await send(later.url, 'second.jsonl')
    expect(more.out).toMatch(/^15 sent/)
    // The next public checkpoint covers them; that one is kept outside the database.
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    await stop(later.program)

    expect(await command('restore', '--from', file('copy'))).toMatch(/in its place/)
    expect(readdirSync(dataDir).filter((name) => name.includes('before-'))).toHaveLength(1)
    const behind = await portal()
    expect((await behind.program.says(/The log lacks (\d+) leaves/))[1]).not.toBe('0')
    expect((await fetch(`${behind.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${behind.url}/de/sign-in`)).status).toBe(200)
    const hinted = await send(behind.url, 'second.jsonl')
    expect([hinted.code, hinted.err]).toEqual([4, expect.stringContaining('--resend-lost')])
    await stop(behind.program)

    expect(await command('ledger:resume')).toMatch(/goes on/)
    const after = await portal()
    const again = await send(after.url, 'second.jsonl', '--resend-lost')
    expect([again.code, again.err]).toEqual([0, expect.stringContaining('lost the last 15 events')])
    expect(again.out).toMatch(/^15 sent/)
    const nothing = await send(after.url, 'first.jsonl', '--resend-lost')
    expect([nothing.code, nothing.out]).toEqual([0, expect.stringMatching(/^0 sent, 20 already/)])
    await stop(after.program)
    const said = await command('ledger:verify')
    expect(said).toMatch(/35 entries/)
    expect(said).toMatch(/the log was restored at \d+ leaves/)
    expect(said).toMatch(/The log is unaltered\.$/m)
  }, 240_000)
})
