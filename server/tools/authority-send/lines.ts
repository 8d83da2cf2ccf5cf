import { createHash } from 'node:crypto'
import { parseStrictJson } from '../../platform/http/strict-json.js'
import { EXIT, Stop } from './stop.js'

/** One event of the input. */
export interface Line {
  /** Counted from 1, empty lines included, as an editor shows it. */
  readonly number: number
  readonly event: Readonly<Record<string, unknown>>
  /** Bytes of the event as JSON. */
  readonly size: number
  /** Bytes of the input up to the end of this line. */
  readonly end: number
  /** SHA-256 over all events up to this one, hexadecimal: knows an input again that was begun. */
  readonly digest: string
}

const LF = 0x0a
const LONGEST_LINE = 1024 * 1024

/** Reads JSON lines one by one, so that an input of any length needs the memory of one batch. */
export async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 0
  let end = 0
  let digest = ''
  for await (const bytes of split(input)) {
    number++
    end += bytes.length + 1
    if (bytes.toString('latin1').trim() === '') continue
    const event = eventOf(bytes, number)
    digest = createHash('sha256').update(digest).update(bytes).digest('hex')
    yield { number, event, size: bytes.length, end, digest }
  }
}

async function* split(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  let held = 0
  for await (const chunk of input) {
    let from = 0
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)])
      rest = []
      held = 0
      from = at + 1
    }
    rest.push(chunk.subarray(from))
    held += chunk.length - from
    if (held > LONGEST_LINE) throw new Stop(EXIT.refused, 'A line is longer than 1 MiB.')
  }
  const last = Buffer.concat(rest)
  if (last.length > 0) yield last
}

function eventOf(bytes: Buffer, number: number): Readonly<Record<string, unknown>> {
  const json = parseStrictJson(bytes)
  if (!json.ok) {
    const fault = json.refusal.replaceAll('_', ' ')
    throw new Stop(EXIT.refused, `Line ${number} cannot be sent: its JSON is refused (${fault}).`)
  }
  const { value } = json
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Stop(EXIT.refused, `Line ${number} cannot be sent: it is no JSON object.`)
  }
  // Accesses get their numbers here; an emergency, which has a ground, is about one that has its number.
  if ('seq' in value && !('ground' in value)) {
    throw new Stop(
      EXIT.refused,
      `Line ${number} cannot be sent: the sender gives the numbers (seq).`,
    )
  }
  return value as Readonly<Record<string, unknown>>
}

/** Where one batch ends and the next begins. */
export interface BatchLimits {
  readonly events: number
  readonly bytes: number
}

/** Takes the next batch; empty at the end of the input. */
export async function nextBatch(lines: LineSource, limits: BatchLimits): Promise<readonly Line[]> {
  const batch: Line[] = []
  let bytes = 0
  while (batch.length < limits.events) {
    const line = await lines.peek()
    if (line === undefined) break
    bytes += line.size + SEQ_BYTES
    if (bytes > limits.bytes && batch.length > 0) break
    batch.push(line)
    lines.take()
  }
  return batch
}

/** What `"seq":n,` adds to an event. */
const SEQ_BYTES = 30

/** Lines that can be looked at before they are taken. */
export interface LineSource {
  peek(): Promise<Line | undefined>
  take(): void
}

/** Makes a source of lines over an input. */
export function lineSource(input: AsyncIterable<Buffer>): LineSource {
  const lines = readLines(input)
  let held: Promise<Line | undefined> | undefined
  return {
    peek: () => (held ??= lines.next().then(({ done, value }) => (done ? undefined : value))),
    take: () => {
      held = undefined
    },
  }
}
