import { ok, refuse, type Result } from '../kernel/result.js'
import { exifOrientation, exifWith } from './orientation.js'
import { MOST_PIXELS, type FileFault } from './verdict.js'

const START = Buffer.from([0xff, 0xd8])
const END = Buffer.from([0xff, 0xd9])
const [EOI, SOS, APP0, APP1, APP2, APP14] = [0xd9, 0xda, 0xe0, 0xe1, 0xe2, 0xee]
/** Quantization and Huffman tables, restart interval. */
const TABLES = [0xdb, 0xc4, 0xdd]
/** Baseline, extended and progressive: what browsers show. */
const FRAMES = [0xc0, 0xc1, 0xc2]
const ICC = Buffer.from('ICC_PROFILE\0', 'latin1')
const ADOBE = Buffer.from('Adobe', 'latin1')
const JFIF = Buffer.from('JFIF\0', 'latin1')

/** A progressive picture has about ten; thousands are made to keep a viewer busy. */
const MOST_SCANS = 100
const MOST_SEGMENTS = 2_000

/** A marker segment: `whole` has the marker and the length, `data` has neither. */
interface Segment {
  readonly code: number
  readonly data: Buffer
  readonly whole: Buffer
}

/** What has been read so far. */
interface Reading {
  readonly bytes: Buffer
  at: number
  jfif: Buffer | undefined
  orientation: number
  readonly kept: Buffer[]
  frames: number
  scans: number
}

/**
 * A JPEG with what showing it needs: tables, frame, scans, JFIF without thumbnail, colour profile, Adobe's
 * colour transform, and of the Exif data the orientation. Place, time, camera, comments, thumbnails and
 * everything behind the end are gone.
 */
export function cleanJpeg(bytes: Buffer): Result<Buffer, FileFault> {
  const reading: Reading = {
    bytes,
    at: START.length,
    jfif: undefined,
    orientation: 1,
    kept: [],
    frames: 0,
    scans: 0,
  }
  for (let count = 0; !isAtEnd(reading); count++) {
    if (count > MOST_SEGMENTS || reading.scans > MOST_SCANS) return refuse('TOO_COMPLEX')
    const segment = segmentAt(bytes, reading.at)
    if (segment === undefined) return refuse('BROKEN')
    reading.at += segment.whole.length
    const fault = take(reading, segment)
    if (fault !== undefined) return refuse(fault)
  }
  const { jfif, orientation, kept } = reading
  if (reading.frames !== 1 || reading.scans === 0) return refuse('BROKEN')
  const exif = orientation === 1 ? [] : [exifWith(orientation)]
  return ok(Buffer.concat([START, ...(jfif ? [jfif] : []), ...exif, ...kept, END]))
}

/** Goes to the next marker, over fill bytes (ITU-T T.81, section B.1.1.2), and says whether it is the last. */
function isAtEnd(reading: Reading): boolean {
  const { bytes } = reading
  while (bytes[reading.at] === 0xff && bytes[reading.at + 1] === 0xff) reading.at++
  return bytes[reading.at] === 0xff && bytes[reading.at + 1] === EOI
}

function segmentAt(bytes: Buffer, at: number): Segment | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined
  const code = bytes[at + 1] ?? 0
  const end = at + 2 + bytes.readUInt16BE(at + 2)
  if (code < 0xc0 || (code >= 0xd0 && code < SOS) || end < at + 4 || end > bytes.length) {
    return undefined
  }
  return { code, data: bytes.subarray(at + 4, end), whole: bytes.subarray(at, end) }
}

/** Keeps, changes or drops a segment. */
function take(reading: Reading, segment: Segment): FileFault | undefined {
  const { code, data, whole } = segment
  if (FRAMES.includes(code)) return takeFrame(reading, segment)
  if (code === SOS) return takeScan(reading, segment)
  if (TABLES.includes(code)) {
    reading.kept.push(whole)
    return undefined
  }
  if (!isForPrograms(code)) return 'BROKEN'
  if (code === APP0 && startsWith(data, JFIF) && data.length >= 14) reading.jfif ??= jfifOf(data)
  if (code === APP1 && reading.orientation === 1) reading.orientation = exifOrientation(data)
  if (code === APP2 && startsWith(data, ICC)) reading.kept.push(whole)
  if (code === APP14 && startsWith(data, ADOBE) && data.length >= 12) {
    reading.kept.push(segmentOf(APP14, data.subarray(0, 12)))
  }
  return undefined
}

/** Application segments and comments; any other code is none that a photograph has. */
function isForPrograms(code: number): boolean {
  return (code >= APP0 && code <= 0xef) || code === 0xfe
}

/** One frame with 8 bits, whose size its header tells (section B.2.2). */
function takeFrame(reading: Reading, { data, whole }: Segment): FileFault | undefined {
  if (data.length < 9) return 'BROKEN'
  const [depth, height, width] = [data[0], data.readUInt16BE(1), data.readUInt16BE(3)]
  const components = data[5] ?? 0
  if (depth !== 8 || ![1, 3, 4].includes(components)) return 'BROKEN'
  if (data.length !== 6 + 3 * components || width === 0 || height === 0) return 'BROKEN'
  if (width * height > MOST_PIXELS) return 'PIXELS'
  reading.frames += 1
  reading.kept.push(whole)
  return undefined
}

/** A scan reaches to the next marker that is neither a stuffed byte nor a restart. */
function takeScan(reading: Reading, { whole }: Segment): FileFault | undefined {
  const { bytes, at: begin } = reading
  let at = bytes.indexOf(0xff, begin)
  while (at >= 0 && at + 1 < bytes.length && isInScan(bytes[at + 1] ?? 0)) {
    at = bytes.indexOf(0xff, at + (bytes[at + 1] === 0xff ? 1 : 2))
  }
  if (at < 0 || at + 1 >= bytes.length || reading.frames !== 1) return 'BROKEN'
  reading.kept.push(whole, bytes.subarray(begin, at))
  reading.scans += 1
  reading.at = at
  return undefined
}

function isInScan(code: number): boolean {
  return code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7)
}

/** Version and density; a thumbnail may show what was cut from the picture. */
function jfifOf(data: Buffer): Buffer {
  return segmentOf(APP0, Buffer.concat([data.subarray(0, 12), Buffer.from([0, 0])]))
}

function segmentOf(code: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

function startsWith(data: Buffer, mark: Buffer): boolean {
  return data.subarray(0, mark.length).equals(mark)
}
