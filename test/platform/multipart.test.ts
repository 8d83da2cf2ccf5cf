import fc from 'fast-check'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { readDisposition, safeFileName } from '../../server/platform/http/disposition.js'
import {
  FILE_BYTES,
  readMultipart,
  UPLOAD_BYTES,
  type UploadTerms,
} from '../../server/platform/http/multipart.js'
import { fieldPart, filePart, multipart, MULTIPART, type SentPart } from '../support/multipart.js'

const TERMS: UploadTerms = {
  field: 'evidence',
  most: 2,
  fieldBytes: 1_000,
  keepFiles: true,
  mayBring: () => undefined,
}

/** Reads a body that arrives in pieces of so many bytes. */
function read(body: Buffer, { terms = {}, pieceBytes = 65_536, headers = MULTIPART } = {}) {
  const pieces = Array.from({ length: Math.ceil(body.length / pieceBytes) }, (_, index) =>
    body.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  )
  const request = Object.assign(Readable.from(pieces), { headers }) as unknown as IncomingMessage
  return readMultipart(request, { ...TERMS, ...terms })
}

const readParts = (...parts: SentPart[]) => read(multipart(parts))
const refusal = (code: string) => expect.objectContaining({ code }) as Error

describe('a form with files', () => {
  it('brings its fields and its files, in their order', async () => {
    const parts = [
      fieldPart('a', 'مرآة'),
      filePart('evidence', 'one.pdf', Buffer.from([0, 13, 10, 45, 45, 255])),
      fieldPart('a', ''),
      filePart('evidence', 'two.pdf', 'x'.repeat(200_000)),
    ]
    for (const pieceBytes of [1_000_000, 65_536, 997]) {
      const { form, files } = await read(multipart(parts), { pieceBytes })
      expect([...form]).toEqual([
        ['a', 'مرآة'],
        ['a', ''],
      ])
      expect(files).toEqual([
        expect.objectContaining({ name: 'one.pdf', bytes: Buffer.from([0, 13, 10, 45, 45, 255]) }),
        expect.objectContaining({ field: 'evidence', declaredType: 'application/pdf' }),
      ])
      expect(files[1]?.bytes.equals(Buffer.alloc(200_000, 'x'))).toBe(true)
    }
  })

  it('brings no file where none was chosen, and an empty one where an empty one was', async () => {
    const none = await readParts(filePart('evidence', '', ''), filePart('evidence', '', ''))
    expect(none.files).toEqual([])
    const empty = await readParts(filePart('evidence', 'a.pdf', ''))
    expect(empty.files).toMatchObject([{ name: 'a.pdf', bytes: Buffer.alloc(0) }])
  })

  it('takes as many files, and as large ones, as it says, and no more', async () => {
    const files = (count: number) =>
      Array.from({ length: count }, () => filePart('evidence', 'a.pdf', 'x'))
    expect((await readParts(...files(2))).files).toHaveLength(2)
    await expect(readParts(...files(3))).rejects.toThrow(refusal('TOO_MANY_FILES'))
    const nameless = [...files(2), filePart('evidence', '', 'x')]
    await expect(readParts(...nameless)).rejects.toThrow(refusal('TOO_MANY_FILES'))
    const sized = (bytes: number) => filePart('evidence', 'a.pdf', Buffer.alloc(bytes))
    expect((await readParts(sized(FILE_BYTES))).files[0]?.bytes).toHaveLength(FILE_BYTES)
    await expect(readParts(sized(FILE_BYTES + 1))).rejects.toThrow(refusal('TOO_LARGE'))
    const many = multipart([1, 2, 3].map(() => sized(UPLOAD_BYTES / 3)))
    await expect(read(many, { terms: { most: 5 } })).rejects.toThrow(refusal('TOO_LARGE'))
  })

  it('takes no more text than a form without files', async () => {
    expect((await readParts(fieldPart('a', 'x'.repeat(1_000)))).form.get('a')).toHaveLength(1_000)
    const twice = [fieldPart('a', 'x'.repeat(600)), fieldPart('b', 'x'.repeat(600))]
    await expect(readParts(...twice)).rejects.toThrow(refusal('TOO_LARGE'))
    const many = (count: number) => Array.from({ length: count }, () => fieldPart('a', ''))
    expect([...(await readParts(...many(100))).form]).toHaveLength(100)
    await expect(readParts(...many(101))).rejects.toThrow(refusal('BAD_REQUEST'))
    await expect(readParts(...many(5_000))).rejects.toThrow(refusal('BAD_REQUEST'))
  })

  it('asks whether it may bring files before it keeps the first one', async () => {
    const asked: string[] = []
    const mayBring = (fields: URLSearchParams) => {
      asked.push(fields.toString())
      throw new Error('no')
    }
    const parts = [
      fieldPart('csrf', '1'),
      filePart('evidence', 'a', 'x'.repeat(9_000)),
      fieldPart('b', '2'),
    ]
    const reading = read(multipart(parts), { terms: { mayBring }, pieceBytes: 500 })
    await expect(reading).rejects.toThrow(refusal('BAD_REQUEST'))
    expect(asked).toEqual(['csrf=1'])
  })

  it('keeps no file that it is not to keep', async () => {
    const parts = [filePart('evidence', 'a', 'x'), fieldPart('a', '1')]
    const { form, files } = await read(multipart(parts), { terms: { keepFiles: false } })
    expect([form.toString(), files]).toEqual(['a=1', []])
  })

  const broken = (header: string, body = 'x') =>
    Buffer.from(`--mirat-boundary\r\n${header}\r\n\r\n${body}\r\n--mirat-boundary--\r\n`, 'latin1')

  it.each([
    ['no name', broken('Content-Disposition: form-data; filename="a"')],
    ['an empty name', broken('Content-Disposition: form-data; name=""')],
    ['a name in broken UTF-8', broken('Content-Disposition: form-data; name="\xff"')],
    [
      'a file name in broken UTF-8',
      broken('Content-Disposition: form-data; name="evidence"; filename="\xc3("'),
    ],
    ['a text in broken UTF-8', broken('Content-Disposition: form-data; name="a"', '\xff')],
    ['a NUL', broken('Content-Disposition: form-data; name="a"', '\0')],
    ['two names', broken('Content-Disposition: form-data; name="a"; name="b"')],
    [
      'two dispositions',
      broken(
        'Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"',
      ),
    ],
    ['no disposition', broken('Content-Type: text/plain')],
    ['another disposition', broken('Content-Disposition: attachment; name="a"')],
    ['something behind its disposition', broken('Content-Disposition: form-data; name="a"; "b"')],
    [
      'a file in a field that takes none',
      broken('Content-Disposition: form-data; name="photo"; filename="a"'),
    ],
    [
      'a coding that mail has',
      broken('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64'),
    ],
    [
      'a header that never ends',
      Buffer.from('--mirat-boundary\r\nContent-Disposition: form-data; name="a"'),
    ],
    [
      'a very long header',
      broken(`Content-Disposition: form-data; name="evidence"; filename="${'a'.repeat(4_000)}"`),
    ],
    [
      'a longer one',
      broken(`Content-Disposition: form-data; name="evidence"; filename="${'a'.repeat(90_000)}"`),
    ],
    ['many headers', broken(`Content-Disposition: form-data; name="a"${'\r\nX: y'.repeat(8)}`)],
    ['no end', multipart([fieldPart('a', 'b')]).subarray(0, -6)],
    ['no beginning', Buffer.from('a=b')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused with %s', async (_, body) => {
    await expect(read(body)).rejects.toThrow(refusal('BAD_REQUEST'))
  })

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=a; boundary=b',
    `multipart/form-data; boundary=${'a'.repeat(71)}`,
  ])('is refused without a boundary: %s', async (type) => {
    const reading = read(multipart([]), { headers: { 'content-type': type } })
    await expect(reading).rejects.toThrow(refusal('BAD_REQUEST'))
  })

  it('has one reading or none, however it is broken and in whatever pieces it arrives', async () => {
    const good = multipart([fieldPart('a', 'b'), filePart('evidence', 'a.pdf', 'x'.repeat(50))])
    const piece = fc.constantFrom(
      ...['\r\n', '--', '--mirat-boundary', '--mirat-boundary--', '\r\n\r\n', '"', ';', '\0', ':'],
      ...['Content-Disposition: form-data; name="a"', "filename*=utf-8''%61", '\xff', '\\'],
    )
    const change = fc.tuple(fc.nat(good.length), fc.nat(30), piece)
    const outcome = (body: Buffer, pieceBytes: number) =>
      read(body, { pieceBytes }).then(
        ({ form, files }) => ({ form: [...form], files }),
        (error: { code?: string }) => error.code,
      )
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        async (changes, bytes) => {
          const body = changes.reduce(
            (before, [at, drop, put]) =>
              Buffer.concat([
                before.subarray(0, at),
                Buffer.from(put, 'latin1'),
                before.subarray(at + drop),
              ]),
            good,
          )
          const whole = await outcome(body, body.length)
          expect(
            typeof whole === 'object' || ['BAD_REQUEST', 'TOO_MANY_FILES'].includes(whole ?? ''),
          ).toBe(true)
          expect(await outcome(body, bytes)).toEqual(whole)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the name of a file', () => {
  const named = (header: string) =>
    readDisposition(`form-data; name="evidence"; ${header}`).fileName
  const latin1 = (text: string) => Buffer.from(text).toString('latin1')

  it.each([
    [`filename="${latin1('رسالة ١.pdf')}"`, 'رسالة ١.pdf'],
    ["filename*=UTF-8''%D8%B1%D8%B3%D8%A7%D9%84%D8%A9.pdf", 'رسالة.pdf'],
    [`filename="plain.pdf"; filename*=utf-8'de'Bescheid%20%E2%82%AC.pdf`, 'Bescheid €.pdf'],
    ['filename=plain.pdf', 'plain.pdf'],
    ['filename="a \\"b\\".pdf"', 'a "b".pdf'],
    ['filename="C:\\Users\\amal\\photo.jpg"', 'photo.jpg'],
    ["filename*=utf-8''..%2F..%2Fetc%2Fpasswd", 'passwd'],
  ])('is read: %s', (header, name) => {
    expect(named(header)).toBe(name)
  })

  it.each([
    "filename*=utf-8''%FF",
    "filename*=utf-8''%",
    "filename*=iso-8859-1''%E4",
    'filename*=a.pdf',
  ])('is refused where it cannot be read: %s', (header) => {
    expect(() => named(header)).toThrow(refusal('BAD_REQUEST'))
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\u2066b\u2069\u200f\ufeff.pdf', 'ab.pdf'],
    ['a\0b\r\nc\u0085.pdf', 'abc.pdf'],
    ['.htaccess', 'htaccess'],
    [' a.pdf. . ', 'a.pdf'],
    ['a\u0308.pdf', '\u00e4.pdf'],
    ['می\u200cخواهم.pdf', 'می\u200cخواهم.pdf'],
    ['..', ''],
    ['/', ''],
    [`${'x'.repeat(200)}.pdf`, `${'x'.repeat(116)}.pdf`],
    ['🪞'.repeat(130), '🪞'.repeat(120)],
  ])('is made safe: %j', (raw, name) => {
    expect(safeFileName(raw)).toBe(name)
  })
})
