import { createPace } from '../../server/ingestion/pace.js'

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000)

describe('the pace of a stream', () => {
  it('lets a burst pass, then says when to come again', () => {
    const pace = createPace({ perSecond: 2, burst: 3 })
    expect([pace(1, at(0)), pace(1, at(0)), pace(1, at(0)), pace(1, at(0))]).toEqual([0, 0, 0, 1])
    expect(pace(1, at(0.4))).toBe(1)
    expect(pace(1, at(0.5))).toBe(0)
    expect(pace(1, at(0.5))).toBe(1)
  })

  it('names the seconds that a slow stream really has to wait', () => {
    const pace = createPace({ perSecond: 0.1, burst: 1 })
    expect(pace(1, at(0))).toBe(0)
    expect(pace(1, at(0))).toBe(10)
    expect(pace(1, at(9))).toBe(1)
    expect(pace(1, at(10))).toBe(0)
  })

  it('never saves up more than the burst', () => {
    const pace = createPace({ perSecond: 100, burst: 2 })
    pace(1, at(0))
    expect([pace(1, at(3600)), pace(1, at(3600)), pace(1, at(3600))]).toEqual([0, 0, 1])
  })

  it('keeps one noisy stream from slowing another', () => {
    const pace = createPace({ perSecond: 1, burst: 1 })
    pace(1, at(0))
    expect([pace(1, at(0)), pace(2, at(0))]).toEqual([1, 0])
  })

  it('takes nothing away when the clock is set back', () => {
    const pace = createPace({ perSecond: 1, burst: 2 })
    expect([pace(1, at(100)), pace(1, at(0)), pace(1, at(0)), pace(1, at(1))]).toEqual([0, 0, 1, 0])
  })
})
