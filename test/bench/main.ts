import { appendAgainstCopy, appendAgainstMultirow } from './append-batches.js'
import { appendSingle } from './append-single.js'
import { appendTwoSenders } from './append-two-senders.js'
import { consentValidAt, withdrawTime } from './consents.js'
import { lineOf, type Figure } from './figure.js'
import { explorerP95, heatmapP95 } from './officers.js'
import { pageAgainstHello } from './page-vs-hello.js'
import { proofBytes } from './proof-bytes.js'
import { queueP95, queueRatio } from './queue.js'
import { readResident } from './read-resident.js'
import { reportRows } from './report-rows.js'
import { startSeconds } from './start-seconds.js'

/** In the order in which they are measured; each has a database server of its own. */
const FIGURES: readonly Figure[] = [
  appendAgainstCopy,
  appendAgainstMultirow,
  appendTwoSenders,
  appendSingle,
  readResident,
  pageAgainstHello,
  queueP95,
  queueRatio,
  consentValidAt,
  withdrawTime,
  heatmapP95,
  explorerP95,
  reportRows,
  startSeconds,
  proofBytes,
]

/** Prints one JSON line per figure; `--only <figure>` measures one. */
async function main([option, wanted]: readonly string[]): Promise<void> {
  const chosen = FIGURES.filter(({ name }) => option === undefined || name === wanted)
  if ((option !== undefined && option !== '--only') || chosen.length === 0) {
    const names = FIGURES.map(({ name }) => `  ${name}\n`).join('')
    process.stderr.write(`npm run bench [-- --only <figure>], where <figure> is one of\n${names}`)
    process.exitCode = 1
    return
  }
  for (const { name, measure } of chosen) {
    process.stdout.write(`${lineOf(name, await measure())}\n`)
  }
}

await main(process.argv.slice(2))
