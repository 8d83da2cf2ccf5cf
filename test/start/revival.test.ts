import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProgram, type RunningProgram } from './program.js'

const dataDir = mkdtempSync(join(tmpdir(), 'mirat-revival-'))
let portal: RunningProgram
let address = ''

beforeAll(async () => {
  portal = startProgram({ DATA_DIR: dataDir, PORT: '0', DEMO: 'false' })
  address = (await portal.says(/ready: (http:\S+)/))[1] ?? ''
}, 240_000)

afterAll(async () => {
  portal?.child.kill('SIGINT')
  await portal?.ended
  rmSync(dataDir, { recursive: true, force: true })
}, 60_000)

/** The process of the embedded server, by its own lock file; 0 where there is none. */
function postmaster(): number {
  const file = join(dataDir, 'postgres/cluster/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`${address}/readyz`).catch(() => undefined)
  return answer?.status === 200
}

/** Ready with another server: the connections of a killed one may answer for a moment longer. */
async function readyWithin(seconds: number, before: number): Promise<boolean> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (![0, before].includes(postmaster()) && (await isReady())) return true
    await sleep(100)
  }
  return false
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the database that comes with the portal', () => {
  it('is started again where it was killed, twice', async () => {
    for (let kill = 0; kill < 2; kill++) {
      const before = postmaster()
      process.kill(before, 'SIGKILL')
      while (isAlive(before)) await sleep(5)
      expect(await readyWithin(60, before)).toBe(true)
    }
  }, 180_000)

  it('ends with the portal all the same', async () => {
    const server = postmaster()
    portal.child.kill('SIGTERM')
    const { code } = await portal.ended
    expect(code).toBe(0)
    expect(isAlive(server)).toBe(false)
  }, 60_000)
})
