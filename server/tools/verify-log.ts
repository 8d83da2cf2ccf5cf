import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { verifyLog, type Report } from './verify/log.js'
import { openCheckpoint, readKey, type Checkpoint, type LogKey } from './verify/note.js'
import { HELP, parseOptions, type VerifyOptions } from './verify/options.js'
import { createSource, type Source } from './verify/source.js'
import { EXIT, Stop, type Exit } from './verify/stop.js'

const SHOWN_FAULTS = 20

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The whole log checked from outside; imports nothing of the portal, so that no fault is shared with it. */
async function main(args: readonly string[]): Promise<Exit> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP)
    return EXIT.whole
  }
  const options = parseOptions(args)
  const source = createSource(options.url)
  const key = await keyOf(options, source)
  const older = options.olderFile === undefined ? undefined : readOlder(options.olderFile, key)
  const note = await source.text('checkpoint')
  const checkpoint = openCheckpoint(note, key)
  if (checkpoint === undefined) {
    throw new Stop(
      EXIT.faulty,
      `The checkpoint at ${options.url} is not signed with the key ${key.name}+${key.id}.`,
    )
  }
  say(`The log ${key.name} at ${options.url} shows ${checkpoint.size} entries.`)
  const show = progress(checkpoint.size)
  const report = await verifyLog({
    source,
    checkpoint,
    ...(older ? { older } : {}),
    onProgress: show.entries,
  })
  show.end()
  say(`${report.entries} entries and ${report.tiles} tiles were checked.`)
  for (const gap of report.gaps) say(sentenceOf(gap))
  if (report.faults.length > 0) return tellFaults(report.faults)
  if (older)
    say(`It is the continuation of the ${older.size} entries that you kept a checkpoint of.`)
  say('The log is whole: every entry and tile is what it signed.')
  if (options.saveFile !== undefined) save(options.saveFile, note)
  return EXIT.whole
}

function sentenceOf({ index, restored, lost, at }: Report['gaps'][number]): string {
  const day = new Date(at).toISOString()
  return `Entry ${index}: on ${day} the log was restored at ${restored} entries; ${lost} had been signed before.`
}

function tellFaults(faults: readonly string[]): Exit {
  for (const sentence of faults.slice(0, SHOWN_FAULTS)) say(sentence)
  if (faults.length > SHOWN_FAULTS) say(`There are ${faults.length - SHOWN_FAULTS} more.`)
  say(
    'THE LOG IS NOT WHOLE. Keep this output and the checkpoint, and tell the supervisory authority.',
  )
  return EXIT.faulty
}

async function keyOf({ vkey }: VerifyOptions, source: Source): Promise<LogKey> {
  const key = readKey(vkey ?? (await source.text('vkey')))
  if (key === undefined) throw new Stop(EXIT.unchecked, 'The verifier key is none of Ed25519.')
  if (vkey === undefined) {
    say('The key is the one that the log shows; with --vkey it is checked against one of your own.')
  }
  return key
}

function readOlder(file: string, key: LogKey): Checkpoint {
  const older = openCheckpoint(readText(file), key)
  if (older === undefined) throw new Stop(EXIT.unchecked, `${file} is no checkpoint of this log.`)
  return older
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Stop(EXIT.unchecked, `${file} cannot be read.`)
  }
}

/** Written whole or not at all: it may replace the one that was just compared. */
function save(file: string, note: string): void {
  try {
    writeFileSync(`${file}.new`, note)
    renameSync(`${file}.new`, file)
  } catch {
    throw new Stop(EXIT.unchecked, `The log is whole, but ${file} could not be written.`)
  }
}

/** A line that counts on a terminal; nothing elsewhere. */
function progress(size: number): { entries(done: number): void; end(): void } {
  const { stderr } = process
  if (!stderr.isTTY) return { entries: () => undefined, end: () => undefined }
  return {
    entries: (done) => stderr.write(`\r${done} of ${size} (${Math.floor((done / size) * 100)} %)`),
    end: () => stderr.write('\r\u001b[K'),
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Stop)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exit
}
