import { crc32, deflateSync } from 'node:zlib'

/**
 * A photograph of 24 by 16 pixels as a phone writes it: orientation 6, maker, and a place in Pforzheim in
 * its Exif data.
 */
export const PHOTOGRAPH = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4QDyRXhpZgAATU0AKgAAAAgABwEPAAIAAAAGAAAAYgESAAMAAAABAAYAAAEa',
    'AAUAAAABAAAAaAEbAAUAAAABAAAAcAEoAAMAAAABAAEAAAITAAMAAAABAAEAAIglAAQAAAABAAAAeAAAAABQaG9u',
    'ZQAAAAABAAAAAQAAAAEAAAABAAUAAAABAAAABAIDAAAAAQACAAAAAk4AAAAAAgAFAAAAAwAAALoAAwACAAAAAkUA',
    'AAAABAAFAAAAAwAAANIAAAAAAAAAMAAAAAEAAAA1AAAAAQAAABgAAAABAAAACAAAAAEAAAApAAAAAQAAADwAAAAB',
    '/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1baniZgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZ',
    'qKuk/9sAQwEcHh4oIyhOKytOpG5dbqSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk',
    'pKSkpKSk/8AAEQgAEAAYAwERAAIRAQMRAf/EABYAAQEBAAAAAAAAAAAAAAAAAAADBf/EABUQAQEAAAAAAAAAAAAA',
    'AAAAAAAS/8QAFgEBAQEAAAAAAAAAAAAAAAAAAAUB/8QAFREBAQAAAAAAAAAAAAAAAAAAABP/2gAMAwEAAhEDEQA/',
    'AMy2QW7FkCxZAsha1BIsWQLFkCz/2Q==',
  ].join(''),
  'base64',
)

/** The place in `PHOTOGRAPH`: 48 and 8 degrees as Exif writes them. */
export const PLACE = Buffer.from([0, 0, 0, 48, 0, 0, 0, 1])

const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A chunk with its length and CRC. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  crc.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, crc])
}

/** The header of a grey picture with 8 bits. */
export function pngHeader(width: number, height: number): Buffer {
  const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0])
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  return pngChunk('IHDR', data)
}

/** The data of a grey picture of 2 by 2 pixels. */
export const PNG_DATA = pngChunk('IDAT', deflateSync(Buffer.from([0, 10, 20, 0, 30, 40])))
export const PNG_END = pngChunk('IEND', Buffer.alloc(0))

/** A PNG of these chunks; a picture of 2 by 2 pixels where none are said. */
export function pngOf(chunks: readonly Buffer[] = [pngHeader(2, 2), PNG_DATA, PNG_END]): Buffer {
  return Buffer.concat([PNG_START, ...chunks])
}

/** A PDF with one empty page and these objects besides, numbered from 4. */
export function pdfOf(objects: readonly (string | Buffer)[] = [], catalogue = ''): Buffer {
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    ...objects,
  ]
  const parts = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  const places: number[] = []
  for (const [index, object] of all.entries()) {
    places.push(lengthOf(parts))
    parts.push(Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'))
  }
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`)
  const size = all.length + 1
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${lengthOf(parts)}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(table + trailer)])
}

/** An object stream that holds one object under the number 90; what is said of its filter may lie. */
export function objectStream(
  object: string,
  {
    keys = '/Type /ObjStm /Filter /FlateDecode',
    pack = deflateSync,
  }: { keys?: string; pack?: (data: Buffer) => Buffer } = {},
): Buffer {
  const data = pack(Buffer.from(`90 0 ${object}`))
  return Buffer.concat([
    Buffer.from(`<< ${keys} /N 1 /First 5 /Length ${data.length} >>\nstream\n`),
    data,
    Buffer.from('\nendstream'),
  ])
}

/** An archive with no file in it: the 22 bytes by which programs know one. */
export const ZIP = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0)
}
