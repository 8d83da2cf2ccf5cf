import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { STORE } from './embedded-cluster.js'

/** The superuser's address of an embedded server that another process runs on this data folder. */
export function runningEmbedded(dataDir: string): string | undefined {
  const store = join(resolve(dataDir), STORE)
  const lock = join(store, 'cluster', 'postmaster.pid')
  if (!existsSync(lock)) return undefined
  // postmaster.pid: process, folder, start time, port, ... , status, one per line.
  const [pid, , , port] = readFileSync(lock, 'utf8').split('\n')
  if (!isAlive(Number(pid)) || !/^\d+$/.test(port ?? '')) return undefined
  const password = readFileSync(join(store, 'password'), 'utf8').trim()
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

/** Signal 0 asks without disturbing; a process of another user answers EPERM, and is alive. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
