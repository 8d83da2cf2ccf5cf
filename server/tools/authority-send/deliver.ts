import { lineSource, nextBatch, type Line, type LineSource } from './lines.js'
import { sentenceOf } from './faults.js'
import type { Portal } from './portal.js'
import type { Pending, Progress, ProgressFile } from './state.js'
import { EXIT, Stop } from './stop.js'

/** What one run needs. */
export interface DeliveryParts {
  readonly portal: Portal
  readonly file: ProgressFile
  readonly url: string
  readonly stream: string
  readonly batch: number
  /** Told after each acknowledged batch: events of the input and bytes that are done. */
  readonly onProgress: (events: number, bytes: number) => void
  readonly onNote: (sentence: string) => void
  /** Told of each event that obtained what its person contests: the line of the input, and codes of fields. */
  readonly onDisputed: (line: number, fields: readonly string[]) => void
}

/** Counts of one run. */
export interface Tally {
  /** Events that this run has delivered. */
  readonly sent: number
  /** Events that the portal had received before. */
  readonly known: number
}

/** Payload bytes of a batch: base64url must stay below the portal's 1 MiB. */
const BATCH_BYTES = 750_000
const MOST_TAKEN = 5

/** Delivers an input from where an earlier run stopped; every event is in the log exactly once. */
export async function deliver(input: AsyncIterable<Buffer>, parts: DeliveryParts): Promise<Tally> {
  const lines = lineSource(input)
  const known = await parts.file.load()
  const start = known ?? { url: parts.url, stream: parts.stream, ...NOTHING }
  if (start.url !== parts.url || start.stream !== parts.stream) {
    throw new Stop(EXIT.usage, `The state file belongs to stream ${start.stream} at ${start.url}.`)
  }
  await skip(lines, start, parts)
  const run = { ...parts, lines, tally: { sent: 0, known: start.acknowledged } }
  const settled = await settlePending(run, start)
  let progress = await fromPortal(parts.portal, settled)
  for (;;) {
    const batch = await nextBatch(lines, { events: parts.batch, bytes: BATCH_BYTES })
    if (batch.length === 0) break
    progress = await send(run, progress, { batch, firstSeq: progress.lastSeq + 1 })
  }
  await parts.file.save(progress)
  return run.tally
}

const NOTHING = { acknowledged: 0, lastSeq: 0, digest: '' }

interface Run extends DeliveryParts {
  readonly lines: LineSource
  readonly tally: { sent: number; known: number }
}

/** Passes over what was acknowledged, and makes sure that it is still the same. */
async function skip(lines: LineSource, start: Progress, parts: DeliveryParts): Promise<void> {
  if (start.acknowledged === 0) return
  let last: Line | undefined
  for (let count = 0; count < start.acknowledged; count++) {
    last = await lines.peek()
    if (last === undefined) throw changed()
    lines.take()
  }
  if (last?.digest !== start.digest) throw changed()
  parts.onProgress(start.acknowledged, last.end)
}

function changed(): Stop {
  return new Stop(
    EXIT.usage,
    'The input is not the one that was begun: its first events differ from those delivered. ' +
      'Restore it, or send new events from a file of their own.',
  )
}

/** Sends the batch of unknown fate again, identically: the portal records it, or knows it. */
async function settlePending(run: Run, start: Progress): Promise<Progress> {
  const { pending, ...settled } = start
  if (pending === undefined) return start
  const batch = await nextBatch(run.lines, { events: pending.events, bytes: Infinity })
  if (batch.length !== pending.events || batch.at(-1)?.digest !== pending.digest) throw changed()
  return send(run, settled, { batch, firstSeq: pending.firstSeq })
}

/** Another input may have been sent on this stream meanwhile: the portal's count decides. */
async function fromPortal(portal: Portal, settled: Progress): Promise<Progress> {
  const lastSeq = await portal.lastSeq()
  if (lastSeq >= settled.lastSeq) return { ...settled, lastSeq }
  throw new Stop(
    EXIT.notAllowed,
    `The portal knows numbers up to ${lastSeq}, yet it acknowledged ${settled.lastSeq}: it was set back. ` +
      'Ask its operator whether it was restored; then run the same command with --resend-lost.',
  )
}

interface Outgoing {
  readonly batch: readonly Line[]
  readonly firstSeq: number
}

/** Sends one batch until its fate is known; what is pending is on the disk before it leaves. */
async function send(run: Run, before: Progress, outgoing: Outgoing): Promise<Progress> {
  const { batch } = outgoing
  const last = batch.at(-1) as Line
  let { firstSeq } = outgoing
  for (let taken = 0; taken <= MOST_TAKEN; taken++) {
    const pending: Pending = { firstSeq, events: batch.length, digest: last.digest }
    await run.file.save({ ...before, pending })
    const events = batch.map(({ event }, at) => ({ seq: firstSeq + at, ...event }))
    const fate = await run.portal.deliver(firstSeq, events)
    if (fate.kind === 'refused') {
      await run.file.save(before)
      throw refused(fate.errors, { batch, firstSeq })
    }
    if (fate.kind !== 'numbers_taken') {
      run.tally[fate.kind === 'recorded' ? 'sent' : 'known'] += batch.length
      const acknowledged = before.acknowledged + batch.length
      run.onProgress(acknowledged, last.end)
      for (const { seq, fields } of fate.disputed) {
        run.onDisputed(batch[seq - firstSeq]?.number ?? 0, fields)
      }
      const { url, stream } = before
      const settled = { url, stream, acknowledged, lastSeq: fate.lastSeq, digest: last.digest }
      return { ...settled, ...firstNumber(before, firstSeq) }
    }
    // An identical batch would have been known: so these events are not in the log yet.
    run.onNote(`The stream has moved on to number ${fate.expectedSeq}: numbering anew from there.`)
    firstSeq = fate.expectedSeq
  }
  throw new Stop(EXIT.unreachable, 'Another program keeps taking the numbers of this stream.')
}

/** The number of the input's first event stays; an older state file has not written it down. */
function firstNumber(before: Progress, firstSeq: number): { firstSeq?: number } {
  if (before.acknowledged === 0) return { firstSeq }
  return before.firstSeq === undefined ? {} : { firstSeq: before.firstSeq }
}

function refused(
  errors: readonly { seq: number; field: string; code: string }[],
  { batch, firstSeq }: Outgoing,
): Stop {
  const sentences = errors.map(({ seq, field, code }) => {
    const line = batch[seq - firstSeq]?.number
    return `${line === undefined ? 'The batch' : `Line ${line}`}: ${sentenceOf(field, code)}`
  })
  return new Stop(EXIT.refused, sentences.join('\n'))
}
