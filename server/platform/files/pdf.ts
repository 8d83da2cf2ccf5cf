import { dangerIn, dangerInBytes, firstFault, goesToPage } from './pdf-dangers.js'
import { objectStreamAfter, type Unpacking } from './pdf-stream.js'
import { PdfReader, PdfRefusal, type Budget, type PdfValue } from './pdf-syntax.js'
import type { FileFault } from './verdict.js'

const HEADER = /^%PDF-[12]\.\d/
const END = '%%EOF'
/** Readers look for the end in the last kilobyte. */
const END_WITHIN = 1024

/** A manual of 400 pages has 60,000 values; these many are looked at in about half a second. */
const MOST_VALUES = 750_000
const MOST_OBJECTS = 150_000
const MOST_UNPACKED = 32 * 1024 * 1024
const MOST_STREAMS = 5_000
/** What it costs to find an object, in values. */
const OBJECT_COST = 4

/** What is known of a file while it is looked through. */
interface Look {
  readonly bytes: Buffer
  readonly budget: Budget
  readonly unpacking: Unpacking
  /** What each object is as something that opens by itself; one that is written twice must be harmless twice. */
  readonly harmless: Map<number, boolean>
  /** What opens by itself. */
  readonly opened: PdfValue[]
}

/**
 * Why a PDF is refused; nothing where it may be kept. It does not follow the table of objects, which
 * readers believe or not: every place where an object could begin is read, in old versions of the
 * document, between streams and in object streams, so that no reader finds one that was not looked at.
 */
export function pdfFault(bytes: Buffer): FileFault | undefined {
  if (!HEADER.test(bytes.toString('latin1', 0, 9))) return 'BROKEN'
  if (!bytes.subarray(-END_WITHIN).includes(END)) return 'BROKEN'
  const look: Look = {
    bytes,
    budget: { values: MOST_VALUES },
    unpacking: { bytes: MOST_UNPACKED, streams: MOST_STREAMS, packed: bytes.length },
    harmless: new Map(),
    opened: [],
  }
  try {
    return dangerInBytes(bytes) ?? dangerInObjects(look) ?? dangerInTrailers(look) ?? opening(look)
  } catch (error) {
    if (error instanceof PdfRefusal) return error.code
    throw error
  }
}

function dangerInObjects(look: Look): FileFault | undefined {
  const { bytes, budget } = look
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue
    budget.values -= OBJECT_COST
    const fault = dangerInObject(look, at)
    if (fault !== undefined) return fault
  }
  return look.harmless.size === 0 ? 'BROKEN' : undefined
}

/** An object with what its object stream holds, if it is one. */
function dangerInObject(look: Look, at: number): FileFault | undefined {
  const { bytes, budget } = look
  const number = /(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]*$/.exec(
    bytes.toString('latin1', Math.max(0, at - 40), at),
  )?.[1]
  const reader = new PdfReader(bytes, at + 'obj'.length, budget)
  const value = valueAt(reader, number === undefined)
  const fault = note(look, { number: Number(number ?? NaN), value })
  if (fault !== undefined || value.kind !== 'dictionary') return fault
  const stream = objectStreamAfter(value.entries, reader, look)
  if (stream === undefined) return undefined
  return (
    // Bytes of the file itself were looked at once, and not once more for each of thousands of streams.
    (stream.isPacked ? dangerInBytes(stream.bytes) : undefined) ??
    firstFault(stream.objects, ({ number: inner, at: place }) => {
      const held = new PdfReader(stream.bytes, place, budget).value()
      return note(look, { number: inner, value: held })
    })
  )
}

/** The letters `obj` without numbers before them are a text or a picture, where no value needs to follow. */
function valueAt(reader: PdfReader, isPerhapsNone: boolean): PdfValue {
  try {
    return reader.value()
  } catch (error) {
    if (isPerhapsNone && error instanceof PdfRefusal && error.code === 'BROKEN') {
      return { kind: 'other' }
    }
    throw error
  }
}

function dangerInTrailers(look: Look): FileFault | undefined {
  const { bytes, budget } = look
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 7)) {
    const value = valueAt(new PdfReader(bytes, at + 'trailer'.length, budget), true)
    const fault = note(look, { number: NaN, value })
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Looks at a value, and remembers what an opening action may refer to. */
function note(
  { harmless, opened }: Look,
  { number, value }: { number: number; value: PdfValue },
): FileFault | undefined {
  if (!Number.isNaN(number)) {
    harmless.set(number, goesToPage(value) && (harmless.get(number) ?? true))
    if (harmless.size > MOST_OBJECTS) return 'TOO_COMPLEX'
  }
  return dangerIn(value, (target) => opened.push(target))
}

/** What opens by itself may go to a page (section 12.6.4.2), and nothing else. */
function opening({ opened, harmless }: Look): FileFault | undefined {
  const isHarmless = opened.every((target) =>
    target.kind === 'reference' ? harmless.get(target.object) === true : goesToPage(target),
  )
  return isHarmless ? undefined : 'PDF_ACTIVE'
}
