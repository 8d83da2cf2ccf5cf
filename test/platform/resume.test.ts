import { setTimeout as sleep } from 'node:timers/promises'
import { createLog } from '../../server/platform/log.js'
import { keepGoing, type Course } from '../../server/platform/jobs/resume.js'

/** What has happened, in its order, and the pauses (milliseconds) that the log told. */
let happened: string[]
let pauses: number[]
let breaks: ((fault: unknown) => void)[]

beforeEach(() => {
  ;[happened, pauses, breaks] = [[], [], []]
})

const log = createLog('info', {
  write: (line) => {
    const { msg, ms } = JSON.parse(line) as { msg: string; ms?: number }
    happened.push(msg)
    if (ms !== undefined) pauses.push(ms)
  },
})

function course(): Course {
  const broken = new Promise<unknown>((resolve) => breaks.push(resolve))
  return { broken, end: async () => void happened.push('ended') }
}

function keep(begin: () => Promise<Course>, [firstMs, longestMs]: [number, number] = [5, 40]) {
  return keepGoing({ name: 'work', begin, pauses: { firstMs, longestMs }, log })
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 2_000) throw new Error(`waited in vain after ${happened.join(', ')}`)
    await sleep(1)
  }
}

describe('what is kept going', () => {
  it('begins again when it breaks, after what was in hand has ended', async () => {
    const kept = await keep(async () => course())
    breaks[0]?.(new Error('broken'))
    await until(() => breaks.length === 2)
    await kept.stop()
    expect(happened).toEqual(['work interrupted', 'ended', 'work resumed', 'ended'])
  })

  it('pauses twice as long after each fault, up to the longest pause', async () => {
    let tries = 0
    const kept = await keep(async () => {
      tries += 1
      if (tries > 1 && tries < 7) throw new Error('nobody answers')
      return course()
    })
    breaks[0]?.(new Error('broken'))
    await until(() => breaks.length === 2)
    await kept.stop()
    expect(pauses).toEqual([5, 10, 20, 40, 40, 40])
  })

  it('pauses briefly again after a calm as long as the longest pause', async () => {
    const kept = await keep(async () => course())
    breaks[0]?.(undefined)
    await until(() => breaks.length === 2)
    await sleep(60)
    breaks[1]?.(undefined)
    await until(() => breaks.length === 3)
    breaks[2]?.(undefined)
    await until(() => pauses.length === 3)
    await kept.stop()
    expect(pauses).toEqual([5, 5, 10])
  })

  it('stops at once in a pause, and does not begin again', async () => {
    const kept = await keep(async () => course(), [60_000, 60_000])
    breaks[0]?.(new Error('broken'))
    await until(() => happened.includes('ended'))
    await kept.stop()
    await kept.stop()
    expect(breaks).toHaveLength(1)
  })

  it('ends what begins while it is stopped', async () => {
    let given: (value: Course) => void = () => undefined
    const late = new Promise<Course>((resolve) => (given = resolve))
    let tries = 0
    const kept = await keep(() => (tries++ === 0 ? Promise.resolve(course()) : late))
    breaks[0]?.(new Error('broken'))
    await until(() => tries === 2)
    const stopped = kept.stop()
    given(course())
    await stopped
    expect(happened.filter((event) => event === 'ended')).toHaveLength(2)
  })

  it('tells whoever starts it that it cannot begin', async () => {
    await expect(keep(() => Promise.reject(new Error('nobody answers')))).rejects.toThrow(/answers/)
  })
})
