import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './program.js'

const isReady = /Mirat is ready: /

describe('the first start on an empty machine', () => {
  it('says each step, the address last, and the second start keeps the data', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'mirat-first-'))
    const env = { PORT: '0', DATA_DIR: dataDir }
    const first = await runProgram(env, { until: isReady })
    expect(first.err).toBe('')
    expect(first.code).toBe(0)
    const lines = first.out.trim().split('\n')
    expect(lines.filter((line) => line.startsWith('· ')).length).toBeGreaterThan(5)
    expect(first.out).toMatch(/Demonstration: \d+ accesses/)
    expect(lines.at(-2)).toMatch(/^Mirat is ready: http:\/\/localhost:\d+$/)
    expect(lines.at(-1)).toBe('Stopping')

    const second = await runProgram(env, { until: isReady })
    expect(second.code).toBe(0)
    expect(second.out).not.toMatch(/Demonstration:/)
    expect(second.out).not.toMatch(/Making the database/)

    const verified = await runProgram(env, { args: ['ledger:verify'] })
    expect(verified.err).toBe('')
    expect(verified.out).toMatch(
      /^\d+ leaves, \d+ entries, \d+ checkpoints\nThe log is unaltered\.$/m,
    )
    rmSync(dataDir, { recursive: true, force: true })
  }, 180_000)
})
