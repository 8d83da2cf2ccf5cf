import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { deliver } from './authority-send/deliver.js'
import { HELP, parseKeygen, parseSend, type SendOptions } from './authority-send/options.js'
import { createPortal, type Beside } from './authority-send/portal.js'
import { createShow } from './authority-send/progress.js'
import { generateKey, openSigner } from './authority-send/signing.js'
import { setBack } from './authority-send/resend.js'
import { progressFile } from './authority-send/state.js'
import { EXIT, Stop, type Exit } from './authority-send/stop.js'
import { tellAll } from './authority-send/telling.js'

/** The reference sender: an authority's side of the contract for deliveries, and nothing of the server. */
async function main(args: readonly string[]): Promise<Exit> {
  const [first, ...rest] = args
  if (first === undefined || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP)
    return first === undefined ? EXIT.usage : EXIT.done
  }
  if (first === 'keygen') {
    process.stdout.write(`${JSON.stringify(await generateKey(parseKeygen(rest)))}\n`)
    return EXIT.done
  }
  await send(parseSend(args))
  return EXIT.done
}

async function send(options: SendOptions): Promise<void> {
  const { url, stream, issuer, kid, batch } = options
  const signer = await openSigner(options.keyFile, { issuer, kid })
  const { input, total } = await openInput(options.inputFile)
  const show = createShow({ out: process.stderr, total, now: () => performance.now() })
  let retries = 0
  const onRetry = (reason: string, seconds: number) => {
    retries++
    show.note(`The portal ${reason}; trying again in ${seconds.toFixed(1)} s.`)
  }
  const portal = createPortal({ options, signer, onRetry })
  const started = performance.now()
  const file = progressFile(options.stateFile)
  const onNote = (sentence: string) => show.note(sentence)
  try {
    if (options.resendLost) {
      const again = await openInput(options.inputFile)
      await setBack({ portal, file, input: again.input, url, stream, onNote })
    }
    const onProgress = (events: number, bytes: number) => show.progress(events, bytes)
    const what = besideOf(options)
    const { sent, known } = what
      ? await tellAll(input, { portal, what, batch, onProgress })
      : await deliver(input, {
          ...{ portal, url, stream, batch, file, onProgress, onNote },
          onDisputed: (line, fields) => show.note(disputedSentence(line, fields)),
        })
    show.end()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stdout.write(`${sent} sent, ${known} already known, ${retries} retries, ${seconds} s\n`)
  } finally {
    show.end()
  }
}

function besideOf({ appointments, emergencies }: SendOptions): Beside | undefined {
  if (appointments) return 'appointments'
  return emergencies ? 'emergencies' : undefined
}

/** GDPR Article 18: the office must not use what is contested as if it were certain. */
function disputedSentence(line: number, fields: readonly string[]): string {
  return `Line ${line}: the person contests ${fields.join(', ')}; its use is restricted (GDPR Article 18).`
}

async function openInput(
  file: string | undefined,
): Promise<{ input: AsyncIterable<Buffer>; total: number | undefined }> {
  if (file === undefined) return { input: process.stdin, total: undefined }
  try {
    const { size } = await stat(file)
    return { input: createReadStream(file), total: size }
  } catch {
    throw new Stop(EXIT.usage, `The input ${file} cannot be read.`)
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Stop)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exit
}
