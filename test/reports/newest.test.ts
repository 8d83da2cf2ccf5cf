import { newestLines } from '../../server/reports/index.js'

type Entry = readonly [index: number, at: string, office: string]

async function* entriesOf(entries: readonly Entry[]) {
  for (const [index, at, office] of entries) {
    yield {
      ...{ index, occurredAt: new Date(at) },
      ...{ recipient: { code: office }, purpose: { code: 'control' } },
    }
  }
}

describe('the newest accesses on the one page', () => {
  it('are one line for each day, office and purpose, by the German calendar', async () => {
    const lines = await newestLines(
      entriesOf([
        [9, '2026-12-01T09:00:00Z', 'a'],
        [8, '2026-12-01T08:00:00Z', 'a'],
        [7, '2026-11-30T23:30:00Z', 'a'],
        [6, '2026-11-30T12:00:00Z', 'a'],
        [5, '2026-11-30T11:00:00Z', 'b'],
      ]),
      9,
    )
    expect(lines.map(({ at, office }) => [at.toISOString().slice(0, 13), office])).toEqual([
      ['2026-12-01T08', 'a'],
      ['2026-11-30T12', 'a'],
      ['2026-11-30T11', 'b'],
    ])
  })
})
