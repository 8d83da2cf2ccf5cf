import { cpus, loadavg } from 'node:os'
import { rounded } from '../bench/figure.js'
import { mutations } from '../mutations/run.js'
import type { Audit } from './audit.js'
import { days } from './days.js'
import { fuzz } from './fuzz.js'
import { guesses } from './guesses.js'
import { kills } from './kills.js'
import { load } from './load.js'
import { misuse } from './misuse.js'
import { papers } from './papers.js'
import { scans } from './scans.js'
import { timing } from './timing.js'

const AUDITS: readonly Audit[] = [
  kills,
  fuzz,
  load,
  timing,
  guesses,
  days,
  scans,
  misuse,
  papers,
  mutations,
]

const names = AUDITS.map(({ name }) => name).join('|')
const USAGE = `npm run audit [-- ${names} [--count N | --only WORDS]]\n`

/** Prints one JSON line per long run; ends with 1 where something did not hold. */
async function main([wanted, option, number]: readonly string[]): Promise<void> {
  const chosen = AUDITS.filter(({ name }) => wanted === undefined || name === wanted)
  const count = Number(number)
  const isCounted = option === '--count' && Number.isInteger(count) && count > 0
  const only = option === '--only' && number ? number : undefined
  if (chosen.length === 0 || (option !== undefined && !isCounted && only === undefined)) {
    process.stderr.write(USAGE)
    process.exitCode = 1
    return
  }
  for (const audit of chosen) {
    const began = performance.now()
    const { isSound, figures } = await audit.run(isCounted ? count : audit.count, only)
    const seconds = rounded((performance.now() - began) / 1000)
    const machine = { cores: cpus().length, load: rounded(loadavg()[0] ?? 0), seconds }
    process.stdout.write(
      `${JSON.stringify({ audit: audit.name, ...(only ? { only } : {}), sound: isSound, ...figures, ...machine })}\n`,
    )
    if (!isSound) process.exitCode = 1
  }
}

await main(process.argv.slice(2))
