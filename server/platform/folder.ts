import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and what is missing above it; throws the operating system's refusal.
 * Others may pass through, for PostgreSQL may be another account; what lies inside is closed.
 * Step by step, because Node's recursive mkdir never returns for a folder under /proc.
 */
export function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
    chmodSync(path, 0o711)
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
    if (!isThere) throw error // otherwise another start was quicker
  }
}
