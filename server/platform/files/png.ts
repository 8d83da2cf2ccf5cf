import { crc32, inflateSync } from 'node:zlib'
import { ok, refuse, type Result } from '../kernel/result.js'
import { MOST_PIXELS, type FileFault } from './verdict.js'

export const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** Length, type and CRC around the data of a chunk. */
const AROUND = 12
/** Many times what encoders write: a picture of 10 MB has some thousand. */
const MOST_CHUNKS = 20_000
/** The largest profiles of printers, unpacked. */
const MOST_PROFILE = 4 * 1024 * 1024
const MOST_NAME = 80

/** Bit depths by colour type (PNG, third edition, section 11.2.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

/** The chunks that make the picture and its colours, with what their data must be; all others are dropped. */
const KEPT: Readonly<Record<string, (data: Buffer) => boolean>> = {
  IHDR: (data) => data.length === 13,
  PLTE: ({ length }) => length > 0 && length <= 768 && length % 3 === 0,
  IDAT: () => true,
  IEND: (data) => data.length === 0,
  tRNS: ({ length }) => length > 0 && length <= 256,
  gAMA: (data) => data.length === 4,
  cHRM: (data) => data.length === 32,
  sRGB: (data) => data.length === 1,
  pHYs: (data) => data.length === 9,
  iCCP: isProfile,
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
  /** All of it, with length and CRC. */
  readonly whole: Buffer
}

/**
 * A PNG with the chunks of picture and colour alone: texts, times, Exif (with its place, and its
 * orientation, which viewers ignore in a PNG), animations and everything behind the end are gone.
 */
export function cleanPng(bytes: Buffer): Result<Buffer, FileFault> {
  const kept: Chunk[] = []
  let at = PNG_SIGNATURE.length
  for (let count = 0; kept.at(-1)?.type !== 'IEND'; count++) {
    if (count > MOST_CHUNKS) return refuse('TOO_COMPLEX')
    const chunk = chunkAt(bytes, at)
    if (chunk === undefined) return refuse('BROKEN')
    at += chunk.whole.length
    const rule = Object.hasOwn(KEPT, chunk.type) ? KEPT[chunk.type] : undefined
    if (rule === undefined && isCritical(chunk.type)) return refuse('BROKEN')
    if (rule !== undefined && !rule(chunk.data)) return refuse('BROKEN')
    if (rule !== undefined) kept.push(chunk)
  }
  const fault = faultOf(kept)
  if (fault !== undefined) return refuse(fault)
  return ok(Buffer.concat([PNG_SIGNATURE, ...kept.map(({ whole }) => whole)]))
}

/** The chunk that begins here; nothing where it is cut off, misnamed, or does not fit its CRC. */
function chunkAt(bytes: Buffer, at: number): Chunk | undefined {
  if (at + AROUND > bytes.length) return undefined
  const length = bytes.readUInt32BE(at)
  const end = at + AROUND + length
  if (end > bytes.length) return undefined
  const type = bytes.toString('latin1', at + 4, at + 8)
  if (!/^[A-Za-z]{4}$/.test(type)) return undefined
  if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
  return { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) }
}

/** Whoever does not know a chunk with a large first letter cannot show the picture (section 5.4). */
function isCritical(type: string): boolean {
  return type.charAt(0) < 'a'
}

function faultOf(kept: readonly Chunk[]): FileFault | undefined {
  const [header] = kept
  if (header?.type !== 'IHDR' || !isInOrder(kept.map(({ type }) => type))) return 'BROKEN'
  const { data } = header
  const [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)]
  const [depth = 0, colour = 0, compression, filter, interlace = 0] = data.subarray(8)
  if (width === 0 || height === 0 || compression !== 0 || filter !== 0) return 'BROKEN'
  if (interlace > 1 || !DEPTHS[colour]?.includes(depth)) return 'BROKEN'
  return width * height > MOST_PIXELS ? 'PIXELS' : undefined
}

/** Each chunk once, but for the data, which stand together and behind everything else. */
function isInOrder(types: readonly string[]): boolean {
  const first = types.indexOf('IDAT')
  const last = types.lastIndexOf('IDAT')
  const others = types.filter((type) => type !== 'IDAT')
  const isTogether = first > 0 && last - first === types.length - others.length - 1
  return isTogether && last === types.length - 2 && new Set(others).size === others.length
}

/** A profile under a short name that unpacks to no more than profiles hold. */
function isProfile(data: Buffer): boolean {
  const name = data.indexOf(0)
  if (name < 1 || name >= MOST_NAME || data[name + 1] !== 0) return false
  try {
    inflateSync(data.subarray(name + 2), { maxOutputLength: MOST_PROFILE })
    return true
  } catch {
    return false
  }
}
