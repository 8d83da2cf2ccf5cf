import { loadConfig } from './config.js'
import { StartError } from './platform/kernel/errors.js'
import { createLog } from './platform/log.js'
import { runCommand } from './compose/commands.js'
import { MODES, serve } from './compose/serve.js'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** One sentence for people; for what nobody foresaw, its stack as well, because somebody must mend it. */
function fail(error: unknown): void {
  const isForeseen = error instanceof StartError
  const text =
    error instanceof Error ? ((isForeseen ? error.message : error.stack) ?? error.message) : ''
  process.stderr.write(`${text}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const [command = 'serve', ...args] = process.argv.slice(2)
  const config = loadConfig(process.env)
  const log = createLog(config.production ? 'info' : 'error')
  const mode = MODES.find((name) => name === command)
  if (mode === undefined) {
    await runCommand(config, { command, args, log, print: say })
    return
  }
  const running = await serve(config, { log, mode, progress: (line) => say(`· ${line}`) })
  const stop = once(async () => {
    say('Stopping')
    await running.stop()
  })
  process.once('SIGINT', () => void stop().catch(fail))
  process.once('SIGTERM', () => void stop().catch(fail))
  if (running.address === undefined) {
    say('Mirat works: jobs and checkpoints, no pages')
    return
  }
  if (config.demo) say(`Look round without an account: ${running.address}/demo`)
  say(`Mirat is ready: ${running.address}`)
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}

main().catch(fail)
