import { deflateSync } from 'node:zlib'
import { cleanJpeg } from '../../../server/platform/files/jpeg.js'
import { exifOrientation } from '../../../server/platform/files/orientation.js'
import { cleanPng } from '../../../server/platform/files/png.js'
import {
  PHOTOGRAPH,
  PLACE,
  PNG_DATA,
  PNG_END,
  pngChunk,
  pngHeader,
  pngOf,
} from '../../support/sent-files.js'

const bytesOf = (result: ReturnType<typeof cleanJpeg>): Buffer => {
  if (!result.ok) throw new Error(result.refusal)
  return result.value
}
const refused = (refusal: string) => ({ ok: false, refusal })

describe('a photograph', () => {
  /** `PHOTOGRAPH` with a segment more behind its first marker. */
  const withSegment = (code: number, data: Buffer | string) => {
    const body = Buffer.from(data as string, 'latin1')
    const head = Buffer.from([0xff, code, 0, 0])
    head.writeUInt16BE(body.length + 2, 2)
    return Buffer.concat([PHOTOGRAPH.subarray(0, 2), head, body, PHOTOGRAPH.subarray(2)])
  }
  const frame = PHOTOGRAPH.indexOf(Buffer.from([0xff, 0xc0]))
  const changed = (at: number, ...values: number[]) => {
    const bytes = Buffer.from(PHOTOGRAPH)
    bytes.set(values, at)
    return bytes
  }

  it('loses its place and its maker, and keeps its orientation and its picture', () => {
    expect(PHOTOGRAPH.includes(PLACE)).toBe(true)
    expect(PHOTOGRAPH.includes('Phone')).toBe(true)
    const clean = bytesOf(cleanJpeg(PHOTOGRAPH))
    expect(clean.includes(PLACE)).toBe(false)
    expect(clean.includes('Phone')).toBe(false)
    const exif = clean.indexOf('Exif\0\0')
    expect(exifOrientation(clean.subarray(exif))).toBe(6)
    const tables = PHOTOGRAPH.indexOf(Buffer.from([0xff, 0xdb]))
    expect(clean.subarray(clean.indexOf(Buffer.from([0xff, 0xdb])))).toEqual(
      PHOTOGRAPH.subarray(tables),
    )
  })

  it('is cleaned once: the second time changes nothing', () => {
    const clean = bytesOf(cleanJpeg(PHOTOGRAPH))
    expect(bytesOf(cleanJpeg(clean))).toEqual(clean)
  })

  it.each([
    ['a comment', 0xfe, 'came from here'],
    ['a description', 0xe1, 'http://ns.adobe.com/xap/1.0/\0came from here'],
    ['a second photograph', 0xe2, 'MPF\0came from here'],
    ['a note of a program', 0xed, 'Photoshop 3.0\0came from here'],
    ['a thumbnail', 0xe0, 'JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02came from here'],
  ])('loses %s', (_, code, data) => {
    expect(bytesOf(cleanJpeg(withSegment(code, data))).includes('came from here')).toBe(false)
  })

  it.each([
    ['colours', 0xe2, 'ICC_PROFILE\0\x01\x01colours'],
    ['way of mixing colours', 0xee, 'Adobe\0d\0\0\0\0\x01'],
  ])('keeps its %s', (_, code, data) => {
    expect(bytesOf(cleanJpeg(withSegment(code, data))).includes(data, 0, 'latin1')).toBe(true)
  })

  it('loses what stands behind its end', () => {
    const longer = Buffer.concat([PHOTOGRAPH, Buffer.from('ftypmp4')])
    expect(bytesOf(cleanJpeg(longer))).toEqual(bytesOf(cleanJpeg(PHOTOGRAPH)))
  })

  it('of more than 40 million pixels is refused by its header', () => {
    expect(cleanJpeg(changed(frame + 5, 0x1f, 0x40, 0x13, 0x88)).ok).toBe(true)
    expect(cleanJpeg(changed(frame + 5, 0x1f, 0x40, 0x13, 0x89))).toEqual(refused('PIXELS'))
  })

  it.each([
    ['no height', changed(frame + 5, 0, 0)],
    ['twelve bits', changed(frame + 4, 12)],
    ['a frame of a kind that browsers do not show', changed(frame + 1, 0xc3)],
    ['two components', changed(frame + 9, 2)],
    ['no end', PHOTOGRAPH.subarray(0, -2)],
    ['half a segment', PHOTOGRAPH.subarray(0, frame + 6)],
    ['nothing but a beginning', PHOTOGRAPH.subarray(0, 2)],
    ['no picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ['a second beginning inside', withSegment(0xd8, '')],
  ])('with %s is refused', (_, bytes) => {
    expect(cleanJpeg(bytes)).toEqual(refused('BROKEN'))
  })

  it('with thousands of parts, or of scans, is refused', () => {
    const part = Buffer.from([0xff, 0xe5, 0, 2])
    const parts = Buffer.concat(Array.from({ length: 3000 }, () => part))
    expect(cleanJpeg(Buffer.concat([PHOTOGRAPH.subarray(0, 2), parts]))).toEqual(
      refused('TOO_COMPLEX'),
    )
    const scan = PHOTOGRAPH.subarray(PHOTOGRAPH.lastIndexOf(Buffer.from([0xff, 0xda])), -2)
    const scans = Buffer.concat(Array.from({ length: 101 }, () => scan))
    expect(
      cleanJpeg(Buffer.concat([PHOTOGRAPH.subarray(0, -2), scans, PHOTOGRAPH.subarray(-2)])),
    ).toEqual(refused('TOO_COMPLEX'))
  })
})

describe('a PNG', () => {
  const header = pngHeader(2, 2)
  const of = (...chunks: Buffer[]) => cleanPng(pngOf(chunks))
  const between = (...chunks: Buffer[]) => of(header, ...chunks, PNG_DATA, PNG_END)
  const text = (type: string) => pngChunk(type, Buffer.from('came from here'))

  it.each(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'acTL', 'prVt'])('loses its %s', (type) => {
    expect(bytesOf(between(text(type)))).toEqual(pngOf())
  })

  it('loses what stands behind its end', () => {
    expect(bytesOf(of(header, PNG_DATA, PNG_END, text('tEXt')))).toEqual(pngOf())
  })

  it('keeps what its colours need', () => {
    const profile = Buffer.concat([Buffer.from('sRGB\0\0'), deflateSync(Buffer.alloc(500))])
    const chunks = [
      pngChunk('gAMA', Buffer.alloc(4, 1)),
      pngChunk('cHRM', Buffer.alloc(32, 1)),
      pngChunk('iCCP', profile),
      pngChunk('pHYs', Buffer.alloc(9)),
      pngChunk('tRNS', Buffer.alloc(2)),
    ]
    expect(bytesOf(between(...chunks))).toEqual(pngOf([header, ...chunks, PNG_DATA, PNG_END]))
  })

  it('of more than 40 million pixels is refused by its header', () => {
    expect(of(pngHeader(8000, 5000), PNG_DATA, PNG_END).ok).toBe(true)
    expect(of(pngHeader(8000, 5001), PNG_DATA, PNG_END)).toEqual(refused('PIXELS'))
    expect(of(pngHeader(0x7fffffff, 0x7fffffff), PNG_DATA, PNG_END)).toEqual(refused('PIXELS'))
  })

  const wrongCrc = Buffer.from(PNG_DATA)
  wrongCrc.writeUInt8(wrongCrc.readUInt8(9) ^ 1, 9)
  const long = Buffer.from(PNG_DATA)
  long.writeUInt32BE(0xffffffff, 0)
  const bomb = Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(5_000_000))])

  it.each([
    ['a chunk that does not fit its CRC', [header, wrongCrc, PNG_END]],
    ['a chunk longer than the file', [header, long, PNG_END]],
    ['no end', [header, PNG_DATA]],
    ['no header', [PNG_DATA, PNG_END]],
    ['no data', [header, PNG_END]],
    ['two headers', [header, header, PNG_DATA, PNG_END]],
    [
      'data in two places',
      [header, PNG_DATA, pngChunk('PLTE', Buffer.alloc(3)), PNG_DATA, PNG_END],
    ],
    ['colours behind the data', [header, PNG_DATA, pngChunk('gAMA', Buffer.alloc(4)), PNG_END]],
    ['a part that nobody knows and everybody needs', [header, text('ABCD'), PNG_DATA, PNG_END]],
    ['a chunk without a name', [header, text('\0\0\0\0'), PNG_DATA, PNG_END]],
    ['no width', [pngHeader(0, 2), PNG_DATA, PNG_END]],
    [
      'a palette of a thousand colours',
      [header, pngChunk('PLTE', Buffer.alloc(3000)), PNG_DATA, PNG_END],
    ],
    ['colours that unpack to 5 MB', [header, pngChunk('iCCP', bomb), PNG_DATA, PNG_END]],
    [
      'colours that do not unpack',
      [header, pngChunk('iCCP', Buffer.from('x\0\0abc')), PNG_DATA, PNG_END],
    ],
  ])('with %s is refused', (_, chunks) => {
    expect(of(...chunks)).toEqual(refused('BROKEN'))
  })

  it('of tens of thousands of parts is refused', () => {
    const chunks = Array.from({ length: 20_001 }, () => pngChunk('IDAT', Buffer.alloc(0)))
    expect(of(header, ...chunks, PNG_END)).toEqual(refused('TOO_COMPLEX'))
  })
})
