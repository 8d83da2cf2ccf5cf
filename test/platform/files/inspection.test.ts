import { inspectFile, type SentFile } from '../../../server/platform/files/inspect.js'
import { createInspection, INSPECTION_TERMS } from '../../../server/platform/files/inspection.js'
import { objectStream, PHOTOGRAPH, pdfOf, pngOf } from '../../support/sent-files.js'
import { TOLD } from '../../support/told.js'

const inspection = createInspection()

afterAll(() => inspection.stop())

const sent = (name: string, declaredType: string, bytes: Buffer): SentFile => ({
  name,
  declaredType,
  bytes,
})

describe('a file that is looked at beside the loop of events', () => {
  it.each([
    ['a photograph', sent('a.jpg', 'image/jpeg', PHOTOGRAPH)],
    ['a picture', sent('a.png', 'image/png', pngOf())],
    ['a document', sent('a.pdf', 'application/pdf', pdfOf())],
    ['a part of a larger buffer', sent('a.pdf', 'application/pdf', within(pdfOf()))],
    ['a script', sent('a.pdf', 'application/pdf', pdfOf(['<< /S /JavaScript /JS (a) >>']))],
    ['200 MB', sent('a.pdf', 'application/pdf', pdfOf([objectStream(' '.repeat(200_000_000))]))],
    ['nothing', sent('a.pdf', 'application/pdf', Buffer.alloc(0))],
  ])('gets the same verdict: %s', async (_, file) => {
    const verdict = await inspection.inspect(file)
    expect(verdict).toEqual(inspectFile(file))
    if (verdict.ok) expect(Buffer.isBuffer(verdict.file.bytes)).toBe(true)
  })

  it('is too complex where it takes more time than any sound file', async () => {
    const told = createInspection({ ...INSPECTION_TERMS, program: TOLD, limitMs: 2_000 })
    const verdict = await told.inspect(sent('spin.pdf', 'application/pdf', pdfOf()))
    expect(verdict).toEqual({ ok: false, code: 'TOO_COMPLEX' })
    await told.stop()
  })

  it('has no verdict where its thread dies', async () => {
    const told = createInspection({ ...INSPECTION_TERMS, program: TOLD })
    const dying = told.inspect(sent('die.pdf', 'application/pdf', pdfOf()))
    await expect(dying).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await told.stop()
  })
})

/** The same bytes as a part of others, as the reading of a form hands them on. */
function within(bytes: Buffer): Buffer {
  const all = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('behind')])
  return all.subarray(6, 6 + bytes.length)
}
