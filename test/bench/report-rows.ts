import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { chromiumIn } from '../support/chromium.js'
import { median, rounded, type Figure, type Finding } from './figure.js'
import { inFreshFolder } from './place.js'
import type { Drawn, Side } from './paper-side.js'

/** The small table several times in turn, the large one once: it takes a minute and more. */
const SMALL = { rows: 10_000, rounds: 3 } as const
const LARGE = 100_000
/** A browser does not print the large table. */
const PRINTED: readonly Side[] = ['report', 'both', 'plain', 'chromium']

/** How many rows of a report are drawn in a second, in a process of its own for each drawing. */
export const reportRows: Figure = {
  name: 'report_rows_per_s',
  measure: () => inFreshFolder((folder) => measured(join(folder, 'browser'))),
}

async function measured(browser: string): Promise<Finding> {
  await chromiumIn(browser)
  const found = new Map<Side, Drawn[]>(PRINTED.map((side) => [side, []]))
  for (let round = 0; round < SMALL.rounds; round++) {
    const order = round % 2 === 0 ? PRINTED : [...PRINTED].reverse()
    for (const side of order) found.get(side)?.push(await drawn(side, SMALL.rows, browser))
  }
  const large = await drawn('report', LARGE, browser)
  const rates = (side: Side) => (found.get(side) ?? []).map(({ seconds }) => SMALL.rows / seconds)
  const about = (side: Side) => ({
    perSecond: rounded(median(rates(side))),
    peakMb: rounded(median((found.get(side) ?? []).map(({ peakMb }) => peakMb))),
    bytes: found.get(side)?.[0]?.bytes,
  })
  return {
    unit: 'rows/s',
    isRatio: false,
    rounds: rates('report'),
    detail: {
      rows: SMALL.rows,
      ...Object.fromEntries(PRINTED.map((side) => [side, about(side)])),
      toPlain: rounded(median(rates('report')) / median(rates('plain'))),
      toChromium: rounded(median(rates('report')) / median(rates('chromium'))),
      large: {
        rows: LARGE,
        perSecond: rounded(LARGE / large.seconds),
        peakMb: rounded(large.peakMb),
      },
      sides:
        'both: German and Arabic; plain: untagged, built-in font; chromium: tagged, memory without the browser',
    },
  }
}

function drawn(side: Side, rows: number, browser: string): Promise<Drawn> {
  const path = fileURLToPath(new URL('paper-side.ts', import.meta.url))
  const child = fork(path, [side, String(rows), browser], { execArgv: ['--import', 'tsx'] })
  return new Promise((resolve, reject) => {
    let answer: Drawn | undefined
    child.once('message', (message) => (answer = message as Drawn))
    child.once('exit', () => {
      if (answer === undefined) reject(new Error(`${side} drew nothing`))
      else resolve(answer)
    })
  })
}
