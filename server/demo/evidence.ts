/** A document that somebody of the demonstration hands in: a photograph of one, or a page of text. */
export type Paper =
  | { readonly kind: 'photo'; readonly name: string }
  | { readonly kind: 'page'; readonly name: string; readonly lines: readonly string[] }

/** A file as a browser sends it. */
interface SentFile {
  readonly name: string
  readonly declaredType: string
  readonly bytes: Buffer
}

/** The file of a document, the same bytes each time; no real document stands behind it. */
export function fileOf(paper: Paper): SentFile {
  return paper.kind === 'photo'
    ? { name: `${paper.name}.png`, declaredType: 'image/png', bytes: photograph() }
    : { name: `${paper.name}.pdf`, declaredType: 'application/pdf', bytes: page(paper.lines) }
}

const [WIDTH, HEIGHT] = [160, 110]
const GREY = { paper: 235, ink: 120, zone: 60 }

/** A passport from afar: a page, the place of a photograph, lines, and two lines of a zone below. */
function photograph(): Buffer {
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: WIDTH }, (_none, x) => shadeAt(x, y))]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  // Eight bits of grey for each dot, no interlace.
  header.set([8, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', stored(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function shadeAt(x: number, y: number): number {
  const isLine = y > 88 && y < 106 && y % 9 < 5
  if (isLine && x > 6 && x < WIDTH - 6) return x % 6 < 4 ? GREY.zone : GREY.paper
  if (x > 12 && x < 52 && y > 18 && y < 75) return GREY.ink
  if (x > 62 && x < 145 && y > 18 && y < 75 && y % 11 < 3) return GREY.ink
  return GREY.paper
}

/** A zlib stream of one block that is not compressed (RFC 1950, RFC 1951 section 3.2.4). */
function stored(data: Buffer): Buffer {
  const head = Buffer.from([0x78, 0x01, 1, 0, 0, 0, 0])
  head.writeUInt16LE(data.length, 3)
  head.writeUInt16LE(data.length ^ 0xffff, 5)
  let [low, high] = [1, 0]
  for (const byte of data) {
    low = (low + byte) % 65_521
    high = (high + low) % 65_521
  }
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(high * 0x1_0000 + low)
  return Buffer.concat([head, data, sum])
}

/** The checksum of a chunk (ISO 3309, as PNG wants it). */
function crc32(data: Buffer): number {
  let sum = 0xffff_ffff
  for (const byte of data) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb8_8320 : 0)
  }
  return (sum ^ 0xffff_ffff) >>> 0
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** One page with lines of text in a font that every reader has (ISO 32000-1 section 9.6.2.2). */
function page(lines: readonly string[]): Buffer {
  const text = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join('\n')
  const stream = `BT /F1 14 Tf 72 760 Td 22 TL\n${text}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(stream, 'latin1')} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  const parts = ['%PDF-1.4\n']
  const places: number[] = []
  for (const [at, object] of objects.entries()) {
    places.push(Buffer.byteLength(parts.join(''), 'latin1'))
    parts.push(`${at + 1} 0 obj\n${object}\nendobj\n`)
  }
  const from = Buffer.byteLength(parts.join(''), 'latin1')
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  parts.push(`xref\n0 ${count}\n0000000000 65535 f \n${table}`)
  parts.push(`trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${from}\n%%EOF\n`)
  return Buffer.from(parts.join(''), 'latin1')
}
