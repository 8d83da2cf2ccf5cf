import fc from 'fast-check'
import { deflateSync } from 'node:zlib'
import { inspectFile } from '../../../server/platform/files/inspect.js'
import { objectStreamAfter } from '../../../server/platform/files/pdf-stream.js'
import { PdfReader } from '../../../server/platform/files/pdf-syntax.js'
import { MOST_BYTES } from '../../../server/platform/files/verdict.js'
import { objectStream, PHOTOGRAPH, pdfOf, pngOf } from '../../support/sent-files.js'

/** Far more than any of these takes, and far less than anything unbounded would; of the processor's time. */
const BOUND_MS = 8_000
const processorMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What becomes of a PDF: its bytes stay out of what a failing test prints. */
const inspectPdf = (bytes: Buffer) => {
  const found = inspectFile({ bytes, name: 'a.pdf', declaredType: 'application/pdf' })
  return found.ok ? 'taken' : found.code
}

/** A PDF filled with a text up to the largest size. */
const filled = (text: string, begin = ''): Buffer => {
  const room = MOST_BYTES - pdfOf().length - begin.length - 100
  return pdfOf([begin + text.repeat(Math.floor(room / text.length))])
}

/** How many objects a stream holds, with bounds on what is unpacked. */
function unpackedOf(bytes: Buffer, bounds: { bytes?: number; packed?: number }) {
  const budget = { values: 1_000 }
  const reader = new PdfReader(bytes, 0, budget)
  const value = reader.value()
  const unpacking = { bytes: 10_000, streams: 10, packed: bytes.length, ...bounds }
  const entries = value.kind === 'dictionary' ? value.entries : []
  return objectStreamAfter(entries, reader, { unpacking, budget })?.objects.length
}

describe('a bomb', () => {
  it.each([
    ['ten million letters of objects', () => filled('obj')],
    ['objects that begin a text', () => filled('obj(')],
    ['objects that begin a comment', () => filled('obj%')],
    ['objects that begin a list', () => filled('1 0 obj[')],
    ['a million objects', () => filled('1 0 obj<</A 1>>')],
    ['a list of millions', () => filled('1 ', '[')],
    ['a dictionary of millions', () => filled('/A 1 ', '<<')],
    ['white space inside fifty lists', () => filled(' ', 'obj['.repeat(50))],
    ['trailers inside one another', () => filled('trailer(')],
    ['lists inside lists', () => pdfOf(['['.repeat(1000)])],
    ['packed lists inside lists', () => pdfOf([objectStream('['.repeat(1000))])],
    ['200 MB that pack well', () => pdfOf([objectStream(' '.repeat(200_000_000))])],
    ['a hundred times 1 MB', () => pdfOf(many(100, objectStream(`${' '.repeat(1_000_000)}1`)))],
    ['ten thousand packed streams', () => pdfOf(many(10_000, objectStream('1')))],
  ])('is refused in time: %s', (_, make) => {
    const bytes = make()
    const began = processorMs()
    expect(inspectPdf(bytes)).toBe('TOO_COMPLEX')
    expect(processorMs() - began).toBeLessThan(BOUND_MS)
  })

  it('of thousands of plain streams is looked at once, and not once for each', () => {
    const streams = '1 0 obj<</N 0/First 0>>stream\n'.repeat(3_000)
    const bytes = filled('A', streams)
    const began = processorMs()
    expect(inspectPdf(bytes)).toBe('taken')
    expect(processorMs() - began).toBeLessThan(BOUND_MS)
  })

  it('of packed streams that lie in one another is refused: together they hold more than the file', () => {
    const bytes = objectStream('[1]')
    expect(unpackedOf(bytes, { packed: bytes.length })).toBe(1)
    expect(() => unpackedOf(bytes, { packed: 10 })).toThrow('TOO_COMPLEX')
  })

  it('of one stream unpacks no more than may still be unpacked', () => {
    const bytes = objectStream(`${' '.repeat(5_000)}1`)
    expect(unpackedOf(bytes, { bytes: 10_000 })).toBe(1)
    expect(() => unpackedOf(bytes, { bytes: 1_000 })).toThrow('TOO_COMPLEX')
  })

  it('that says it holds a billion objects is refused before room is made for them', () => {
    const data = deflateSync(Buffer.from('9 0 1'))
    const head = `<< /Type /ObjStm /N 1000000000 /First 4 /Filter /FlateDecode >>\nstream\n`
    const stream = Buffer.concat([Buffer.from(head), data, Buffer.from('\nendstream')])
    expect(inspectPdf(pdfOf([stream]))).toBe('BROKEN')
  })
})

describe('bytes of any kind', () => {
  const kinds = [
    [
      pdfOf([objectStream('<< /A [1 (b) <41>] >>')], '/OpenAction [3 0 R]'),
      'a.pdf',
      'application/pdf',
    ],
    [PHOTOGRAPH, 'a.jpg', 'image/jpeg'],
    [pngOf(), 'a.png', 'image/png'],
  ] as const
  const pieces = fc.constantFrom(
    ...[
      'obj',
      'endobj',
      '<<',
      '>>',
      '[',
      ']',
      '(',
      ')',
      '/',
      '#',
      '%',
      'stream\n',
      '1 0 R',
      'trailer',
    ],
    ...[
      '\xff\xd8',
      '\xff\xda',
      '\xff\xff',
      '\xff\xd9',
      'IHDR',
      'IDAT',
      '\0\0\0\0',
      '/JS',
      '/N 1/First 4',
    ],
  )
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat({ max: 20 }),
    put: fc.oneof(
      pieces.map((text) => Buffer.from(text, 'latin1')),
      fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    ),
  })

  it('get a verdict, however a good file is changed', () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...kinds), changes, ([good, name, declaredType], all) => {
        const bytes = all.reduce((before, { at, drop, put }) => {
          const place = Math.floor(at * before.length)
          return Buffer.concat([before.subarray(0, place), put, before.subarray(place + drop)])
        }, good)
        const verdict = inspectFile({ bytes, name, declaredType })
        // What is taken is taken again: what was written anew is as clean as it can be.
        if (verdict.ok) {
          const again = inspectFile({ bytes: verdict.file.bytes, name, declaredType })
          expect(again).toEqual(verdict)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('get a verdict behind any beginning', () => {
    const begin = fc.constantFrom(...kinds)
    fc.assert(
      fc.property(begin, fc.array(pieces), fc.uint8Array(), ([good, name, type], texts, rest) => {
        const bytes = Buffer.concat([
          good.subarray(0, 9),
          Buffer.from(texts.join(''), 'latin1'),
          rest,
        ])
        const verdict = inspectFile({ bytes, name, declaredType: type })
        expect(typeof verdict.ok).toBe('boolean')
      }),
      { numRuns: 1000 },
    )
  })
})

function many(count: number, object: Buffer): Buffer[] {
  return Array.from({ length: count }, () => object)
}
