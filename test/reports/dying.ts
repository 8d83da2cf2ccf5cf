// A program of its own for the test that kills it: makes reports on the database in its first argument, two rows
// a file, and is gone in the middle of the second one.
import { compose } from '../../server/compose.js'
import { makingParts } from '../../server/compose/oversight.js'
import { systemClock } from '../../server/platform/kernel/clock.js'
import { createMaking, type MakingParts } from '../../server/reports/index.js'
import { testPages } from '../support/pages.js'
import { openTestInstallation } from '../support/template.js'

const [url = ''] = process.argv.slice(2)
const pages = testPages()
const installation = await openTestInstallation(url, { clock: systemClock })
const parts = makingParts(installation, compose(installation, pages), pages.texts)

const draw: MakingParts['draw'] = (request, survey, part) => {
  const drawn = parts.draw(request, survey, part)
  return part.part === 1 ? drawn : { ...drawn, bytes: dying(drawn.bytes) }
}

async function* dying(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const some of bytes) {
    yield some
    process.kill(process.pid, 'SIGKILL')
  }
}

await createMaking({ ...parts, draw, rowsOfAPart: 2 }).work()
