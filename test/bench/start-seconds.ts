import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ROOT } from '../../server/platform/root.js'
import { median, rounded, type Figure } from './figure.js'
import { inFreshFolder } from './place.js'

const ROUNDS = 3
const READY = 'Mirat is ready'

/** From the start of the built program on an empty folder, demonstration included, until it is ready. */
export const startSeconds: Figure = {
  name: 'start_seconds',
  measure: async () => {
    const first: number[] = []
    const second: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await inFreshFolder(async (dataDir) => {
        first.push(await start(dataDir))
        second.push(await start(dataDir))
      })
    }
    return {
      unit: 's',
      isRatio: false,
      rounds: first,
      detail: {
        secondStart: rounded(median(second)),
        secondStarts: second.map(rounded),
        program: 'node dist/server/main.js serve, from its start to the line that says it is ready',
        first: 'empty folder: initdb, server, migrations, catalogue, partitions, demonstration',
        second: 'the same folder again, after an orderly stop',
      },
    }
  },
}

async function start(dataDir: string): Promise<number> {
  const begun = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'dist/server/main.js'), 'serve'], {
    cwd: ROOT,
    env: { DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const seconds = await new Promise<number>((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes(READY)) resolve((performance.now() - begun) / 1000)
    })
    child.once('exit', () => reject(new Error('the portal ended before it was ready')))
  })
  child.kill('SIGTERM')
  await gone
  return seconds
}
