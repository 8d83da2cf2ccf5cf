import { createThreads, type Threads, type ThreadTerms } from '../../server/platform/threads.js'
import { until } from '../support/embedded.js'
import { TOLD } from '../support/told.js'

interface Task {
  readonly name: string
}

/** Time for a thread to be started on a busy machine, and no more than a test can wait. */
const TERMS: ThreadTerms = { program: TOLD, threads: 1, waiting: 1, limitMs: 8_000, heapMb: 64 }
const ANSWER = { kind: 'answer', value: { ok: false, code: 'TYPE' } }
const pools: Threads<Task, unknown>[] = []

const made = (terms: Partial<ThreadTerms> = {}) => {
  const pool = createThreads<Task, unknown>({ ...TERMS, ...terms })
  pools.push(pool)
  return pool
}
const told = (name: string): Task => ({ name: `${name}.pdf` })

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.stop()
})

describe('a pool of threads', () => {
  it('starts none before there is work, and keeps the one that it has', async () => {
    const pool = made({ threads: 2 })
    expect(pool.alive()).toBe(0)
    expect(await pool.work(told('answer'))).toEqual(ANSWER)
    expect(await pool.work(told('answer'))).toEqual(ANSWER)
    expect(pool.alive()).toBe(1)
  })

  it('ends a thread that spins when its time is over, and works on with another', async () => {
    const pool = made({ limitMs: 2_000, waiting: 2 })
    const spinning = pool.work(told('spin'))
    const behind = pool.work(told('answer'))
    // The loop of events of this process goes on meanwhile.
    const began = performance.now()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(await spinning).toEqual({ kind: 'exceeded' })
    expect(await behind).toEqual(ANSWER)
    expect(pool.alive()).toBe(1)
  })

  it('lets no thread eat more memory than it may have', async () => {
    const pool = made()
    expect(await pool.work(told('eat'))).toEqual({ kind: 'exceeded' })
    expect(await pool.work(told('answer'))).toEqual(ANSWER)
  })

  it.each(['die', 'throw'])('replaces a thread that is told: %s', async (deed) => {
    const pool = made()
    const [dying, behind] = [pool.work(told(deed)), pool.work(told('answer'))]
    await expect(dying).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await behind).toEqual(ANSWER)
    await until(() => pool.alive() === 1)
  })

  it('refuses at once what would wait behind too many', async () => {
    const pool = made()
    const spinning = pool.work(told('spin')).catch(({ code }: { code: string }) => code)
    const waiting = pool.work(told('answer')).catch(({ code }: { code: string }) => code)
    await expect(pool.work(told('answer'))).rejects.toMatchObject({ name: 'Overloaded' })
    await pool.stop()
    expect(await Promise.all([spinning, waiting])).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
  })

  it('leaves nothing running when it is stopped, and takes nothing more', async () => {
    const pool = made({ threads: 2 })
    const spinning = pool.work(told('spin')).catch(({ code }: { code: string }) => code)
    await pool.work(told('answer'))
    expect(pool.alive()).toBe(2)
    await pool.stop()
    expect(pool.alive()).toBe(0)
    expect(await spinning).toBe('UNAVAILABLE')
    await expect(pool.work(told('answer'))).rejects.toMatchObject({ name: 'Overloaded' })
  })
})
