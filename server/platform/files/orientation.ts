const EXIF = Buffer.from('Exif\0\0', 'latin1')
const ORIENTATION = 0x0112
const SHORT = 3
const ENTRY = 12
const UPRIGHT = 1

/** The orientation (1 to 8) that the data of an APP1 segment tell; 1 where they tell none. */
export function exifOrientation(data: Buffer): number {
  if (!data.subarray(0, EXIF.length).equals(EXIF)) return UPRIGHT
  const tiff = data.subarray(EXIF.length)
  const read = readerOf(tiff)
  if (read === undefined) return UPRIGHT
  const directory = read.long(4)
  const count = read.short(directory)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * ENTRY
    if (entry + ENTRY > tiff.length) return UPRIGHT
    if (read.short(entry) !== ORIENTATION || read.short(entry + 2) !== SHORT) continue
    const value = read.short(entry + 8)
    return value >= 1 && value <= 8 ? value : UPRIGHT
  }
  return UPRIGHT
}

/** An APP1 segment whose Exif data are one entry: without it a photograph would lie on its side. */
export function exifWith(orientation: number): Buffer {
  const segment = Buffer.from([
    ...[0xff, 0xe1, 0, 34, ...EXIF],
    // TIFF 6.0: byte order, version, offset of the directory.
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    // One entry of type SHORT with one value, and no further directory.
    ...[0, 1, 0x01, 0x12, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  ])
  return segment
}

interface Reader {
  short(at: number): number
  long(at: number): number
}

/** Reads in the byte order that the data name; what lies outside reads as zero. */
function readerOf(tiff: Buffer): Reader | undefined {
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return undefined
  const isLittle = order === 'II'
  return {
    short: (at) => {
      if (at + 2 > tiff.length) return 0
      return isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
    },
    long: (at) => {
      if (at + 4 > tiff.length) return 0
      return isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)
    },
  }
}
