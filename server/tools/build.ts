import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildAssets } from './build-assets.js'

const SOURCES = ['server', 'migrations', 'views', 'package-lock.json', 'tsconfig.build.json']
const STAMP = 'dist/built'

/** Compiles the program and its assets; with `--if-stale` only where a source is newer than the last build. */
function main(): void {
  if (process.argv.includes('--if-stale') && !isStale()) return
  process.stdout.write('· Building\n')
  const started = new Date().toISOString()
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
  if (status !== 0) {
    process.exitCode = 1
    return
  }
  buildAssets({ viewsDir: 'views', outDir: 'dist/assets' })
  writeFileSync(STAMP, `${started}\n`)
}

function isStale(): boolean {
  if (!existsSync(STAMP)) return true
  const built = statSync(STAMP).mtimeMs
  return SOURCES.some((path) => newest(path) > built)
}

function newest(path: string): number {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

main()
