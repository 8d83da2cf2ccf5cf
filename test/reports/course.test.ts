import { summaryBlocks } from '../../server/reports/service/summary.js'
import type { Survey } from '../../server/reports/rules.js'
import type { PaperParts } from '../../server/reports/service/tongues.js'

const none = new Map<string, number>()

/** The bars of the course of some weeks, by their Mondays. */
function courseOf(weeks: readonly (readonly [string, number])[]) {
  const t = (key: string) => key
  const german = { tag: 'de', t } as unknown as PaperParts['german']
  const counts = { operation: none, purpose: none, other: none, shown: none, flagged: none }
  const survey = { counts: { ...counts, week: new Map(weeks) } } as unknown as Survey
  const bars = [...summaryBlocks({ german } as PaperParts, survey)].find(
    ({ kind }) => kind === 'bars',
  )
  if (bars?.kind !== 'bars') throw new Error('there is no course')
  return bars.bars.map(({ label, amount }) => [label, amount])
}

describe('the course of a report', () => {
  it('shows weeks without any access: left out, two would stand side by side that did not', () => {
    expect(
      courseOf([
        ['2026-09-21', 5],
        ['2026-08-31', 1],
      ]),
    ).toEqual([
      ['31.08.2026', 1],
      ['07.09.2026', 0],
      ['14.09.2026', 0],
      ['21.09.2026', 5],
    ])
  })

  it('is drawn by month where it is long, with months without any', () => {
    const months = courseOf([
      ['2025-11-24', 2],
      ['2026-11-23', 3],
    ])
    expect(months).toHaveLength(13)
    expect(months[0]).toEqual(['11.2025', 2])
    expect(months[1]).toEqual(['12.2025', 0])
    expect(months.at(-1)).toEqual(['11.2026', 3])
  })
})
