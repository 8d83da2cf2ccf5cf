import { inspectFile } from '../../../server/platform/files/inspect.js'
import { MOST_BYTES } from '../../../server/platform/files/verdict.js'
import { PHOTOGRAPH, ZIP, pdfOf, pngOf } from '../../support/sent-files.js'

const [PDF, JPEG, PNG] = ['application/pdf', 'image/jpeg', 'image/png'] as const
const AS_PDF = { type: PDF, extension: 'pdf' }
const AS_JPEG = { type: JPEG, extension: 'jpg' }
const AS_PNG = { type: PNG, extension: 'png' }
const inspect = (bytes: Buffer | string, name: string, declaredType: string) =>
  inspectFile({ bytes: Buffer.from(bytes), name, declaredType })
const refused = (code: string) => ({ ok: false, code })

describe('a file', () => {
  it.each([
    [pdfOf(), 'notice.pdf', PDF, AS_PDF],
    [pdfOf(), 'BESCHEID.PDF', 'application/pdf; charset=binary', AS_PDF],
    [PHOTOGRAPH, 'photo.jpg', JPEG, AS_JPEG],
    [PHOTOGRAPH, 'صورة.JPEG', 'image/jpg', AS_JPEG],
    [pngOf(), 'a.b.png', 'IMAGE/PNG', AS_PNG],
  ])('is taken where bytes, name and declared type agree', (bytes, name, declared, kept) => {
    const verdict = inspect(bytes, name, declared)
    expect(verdict).toMatchObject({ ok: true, file: kept })
  })

  it('that is a PDF keeps its bytes, so that seals stay valid', () => {
    const bytes = pdfOf()
    expect(inspect(bytes, 'a.pdf', PDF)).toMatchObject({ ok: true, file: { bytes } })
  })

  it.each([
    [pdfOf(), 'notice.png', PDF],
    [pdfOf(), 'notice.pdf', PNG],
    [pdfOf(), 'notice.pdf', ''],
    [pdfOf(), 'notice.pdf.exe', PDF],
    [PHOTOGRAPH, 'photo', JPEG],
    [PHOTOGRAPH, 'photo.jpg', 'application/octet-stream'],
    [PHOTOGRAPH, 'photo.pdf', PDF],
    [pngOf(), 'picture.jpg', JPEG],
  ])('is refused where name or declared type say something else', (bytes, name, declared) => {
    expect(inspect(bytes, name, declared)).toEqual(refused('MISMATCH'))
  })

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'a.svg', 'image/svg+xml'],
    ['<!doctype html><script>1</script>', 'a.html', 'text/html'],
    ['PK\x03\x04', 'a.docx', 'application/zip'],
    ['GIF89a', 'a.gif', 'image/gif'],
    ['\n%PDF-1.7', 'a.pdf', PDF],
    ['\0', 'a.png', PNG],
  ])('of another type is refused', (bytes, name, declared) => {
    expect(inspect(bytes, name, declared)).toEqual(refused('TYPE'))
  })

  it('with nothing in it, or with more than 10 MB, is refused', () => {
    expect(inspect('', 'a.pdf', PDF)).toEqual(refused('EMPTY'))
    const filled = (length: number) =>
      Buffer.concat([Buffer.alloc(length, ' '), Buffer.from('%%EOF')])
    const of = (length: number) => Buffer.concat([pdfOf(), filled(length - pdfOf().length - 5)])
    expect(inspect(of(MOST_BYTES), 'a.pdf', PDF)).toMatchObject({ ok: true })
    expect(inspect(of(MOST_BYTES + 1), 'a.pdf', PDF)).toEqual(refused('TOO_LARGE'))
  })
})

describe('a file that is two things at once', () => {
  const html = Buffer.from('<html><script>alert(1)</script></html>')
  const end = Buffer.from('%%EOF')

  it.each([
    ['PDF and ZIP behind its end', Buffer.concat([pdfOf(), ZIP]), 'a.pdf', PDF],
    [
      'PDF and ZIP inside',
      Buffer.concat([pdfOf(), ZIP, Buffer.alloc(70_000, ' '), end]),
      'a.pdf',
      PDF,
    ],
    ['PDF and RAR', Buffer.concat([pdfOf(), Buffer.from('Rar!\x1a\x07'), end]), 'a.pdf', PDF],
    ['JPEG and ZIP', Buffer.concat([PHOTOGRAPH, ZIP]), 'a.jpg', JPEG],
    ['JPEG and PDF', Buffer.concat([PHOTOGRAPH, pdfOf()]), 'a.jpg', JPEG],
    ['PNG and PDF', Buffer.concat([pngOf(), pdfOf()]), 'a.png', PNG],
    ['PNG and ZIP', Buffer.concat([pngOf(), ZIP]), 'a.png', PNG],
  ])('is refused: %s', (_, bytes, name, declared) => {
    expect(inspect(bytes, name, declared)).toEqual(refused('POLYGLOT'))
  })

  it.each([
    ['JPEG', Buffer.concat([PHOTOGRAPH, html]), 'a.jpg', JPEG],
    ['PNG', Buffer.concat([pngOf(), html]), 'a.png', PNG],
  ])('loses the page behind its end: %s', (_, bytes, name, declared) => {
    const verdict = inspect(bytes, name, declared)
    expect(verdict.ok && verdict.file.bytes.includes('<script>')).toBe(false)
    expect(verdict.ok).toBe(true)
  })

  it('is refused where the page stands in the picture itself', () => {
    const start = PHOTOGRAPH.lastIndexOf(Buffer.from([0xff, 0xda])) + 14
    const bytes = Buffer.concat([PHOTOGRAPH.subarray(0, start), html, PHOTOGRAPH.subarray(start)])
    expect(inspect(bytes, 'a.jpg', JPEG)).toEqual(refused('POLYGLOT'))
  })
})
