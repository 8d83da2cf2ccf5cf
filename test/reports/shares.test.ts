import { filesFor, sharesIn } from '../../server/reports/service/papers/shares.js'

const shares = (counts: readonly number[], most: number) =>
  Array.from({ length: filesFor(counts, most) }, (_, at) =>
    sharesIn(counts, { part: at + 1, most }).map((share) =>
      share === undefined ? '' : `${share.from}-${share.until}`,
    ),
  )

describe('the files of a long paper', () => {
  it('are one where everything has room in it, also where there is nothing', () => {
    expect(shares([2, 0, 3], 5)).toEqual([['0-2', '0-0', '0-3']])
    expect(shares([0, 0], 5)).toEqual([['0-0', '0-0']])
    expect(shares([], 5)).toEqual([[]])
  })

  it('take up where the one before ended, in the middle of a chapter', () => {
    expect(shares([3, 9, 2], 5)).toEqual([
      ['0-3', '0-2', ''],
      ['', '2-7', ''],
      ['', '7-9', '0-2'],
    ])
  })

  it('say once that a chapter is empty, in the last one where it stands at the end', () => {
    expect(shares([5, 0, 5, 0], 5)).toEqual([
      ['0-5', '', '', ''],
      ['', '0-0', '0-5', '0-0'],
    ])
  })

  it('hold every item once', () => {
    for (let most = 1; most < 9; most++) {
      const counts = [4, 0, 7, 1, 0, 6]
      const files = Array.from({ length: filesFor(counts, most) }, (_, at) =>
        sharesIn(counts, { part: at + 1, most }),
      )
      counts.forEach((count, chapter) => {
        const own = files.flatMap((file) => file[chapter] ?? [])
        const items = own.flatMap(({ from, until }) =>
          Array.from({ length: until - from }, (_, at) => from + at),
        )
        expect(items).toEqual(Array.from({ length: count }, (_, at) => at))
        if (count === 0) expect(own).toHaveLength(1)
      })
      for (const file of files) {
        const size = file.reduce((all, share) => all + (share ? share.until - share.from : 0), 0)
        expect(size).toBeLessThanOrEqual(most)
      }
    }
  })
})
