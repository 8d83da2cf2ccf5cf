import { inflateSync, type Inflate } from 'node:zlib'
import { valuesOf } from './pdf-dangers.js'
import { PdfReader, PdfRefusal, type Budget, type PdfEntry, type PdfValue } from './pdf-syntax.js'

/** What may be unpacked and how often, in all object streams of a file together. */
export interface Unpacking {
  bytes: number
  streams: number
  /** Packed bytes that are read: no more than the file has, as streams do not lie in one another. */
  packed: number
}

/** Where the objects lie in an object stream: their numbers and their places. */
export interface ObjectStream {
  readonly bytes: Buffer
  /** Whether its bytes stand nowhere else: those of a plain one are bytes of the file, up to its end. */
  readonly isPacked: boolean
  readonly objects: readonly { readonly number: number; readonly at: number }[]
}

const [LF, CR] = [0x0a, 0x0d]

/**
 * The object stream that follows a dictionary (ISO 32000-1, section 7.5.7), unpacked; nothing where the
 * dictionary is none of an object stream. Told by the keys that no reader can do without, not by `/Type`,
 * which some do not ask for.
 */
export function objectStreamAfter(
  entries: readonly PdfEntry[],
  reader: PdfReader,
  { unpacking, budget }: { unpacking: Unpacking; budget: Budget },
): ObjectStream | undefined {
  const hasKeys = ['N', 'First'].every((key) => valuesOf(entries, key).length > 0)
  const isNamed = valuesOf(entries, 'Type').some(isName('ObjStm'))
  if ((!hasKeys && !isNamed) || !reader.keyword('stream')) return undefined
  const [count, first] = [numberUnder(entries, 'N'), numberUnder(entries, 'First')]
  const data = dataAfter(reader)
  const bytes = unpacked(entries, data, unpacking)
  if (count > budget.values || first > bytes.length) throw new PdfRefusal('BROKEN')
  const header = new PdfReader(bytes.subarray(0, first), 0, budget)
  const objects = Array.from({ length: count }, () => {
    const [number, offset] = [wholeNumber(header.value()), wholeNumber(header.value())]
    return { number, at: first + offset }
  })
  return { bytes, objects, isPacked: bytes !== data }
}

/** Behind the keyword stands one end of line. */
function dataAfter({ bytes, at }: PdfReader): Buffer {
  const afterCr = bytes[at] === CR ? at + 1 : at
  return bytes.subarray(bytes[afterCr] === LF ? afterCr + 1 : afterCr)
}

/**
 * Plain or packed once by Flate, as programs write object streams. What is packed in another way, or
 * lies in another file, cannot be looked at and is refused.
 */
function unpacked(entries: readonly PdfEntry[], data: Buffer, unpacking: Unpacking): Buffer {
  const other = ['DecodeParms', 'DP', 'F', 'FFilter'].flatMap((key) => valuesOf(entries, key))
  if (other.some(({ kind }) => kind !== 'null')) throw new PdfRefusal('BROKEN')
  unpacking.streams -= 1
  if (unpacking.streams < 0) throw new PdfRefusal('TOO_COMPLEX')
  const filters = valuesOf(entries, 'Filter').flatMap((filter) =>
    filter.kind === 'array' ? filter.items : [filter],
  )
  if (filters.length === 0) return data
  const [filter] = filters
  const isFlate = filter !== undefined && (isName('FlateDecode')(filter) || isName('Fl')(filter))
  if (filters.length > 1 || !isFlate) throw new PdfRefusal('BROKEN')
  const { bytes, read } = inflated(data, unpacking.bytes)
  unpacking.bytes -= bytes.length
  unpacking.packed -= read
  if (unpacking.packed < 0) throw new PdfRefusal('TOO_COMPLEX')
  return bytes
}

/** Flate data end by themselves: what a stream says of its length may be wrong. */
function inflated(data: Buffer, most: number): { bytes: Buffer; read: number } {
  try {
    const told = inflateSync(data, { maxOutputLength: Math.max(most, 1), info: true })
    // The types know nothing of `info`, by which zlib tells how much it has read.
    const { buffer, engine } = told as unknown as { buffer: Buffer; engine: Inflate }
    return { bytes: buffer, read: engine.bytesWritten }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new PdfRefusal(code === 'ERR_BUFFER_TOO_LARGE' ? 'TOO_COMPLEX' : 'BROKEN')
  }
}

function numberUnder(entries: readonly PdfEntry[], key: string): number {
  const values = valuesOf(entries, key)
  const [value] = values
  if (value === undefined || values.length > 1) throw new PdfRefusal('BROKEN')
  return wholeNumber(value)
}

function wholeNumber(value: PdfValue): number {
  if (value.kind === 'number' && Number.isInteger(value.number) && value.number >= 0) {
    return value.number
  }
  throw new PdfRefusal('BROKEN')
}

function isName(name: string): (value: PdfValue) => boolean {
  return (value) => value.kind === 'name' && value.name === name
}
