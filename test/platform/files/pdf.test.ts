import { deflateSync } from 'node:zlib'
import { pdfFault } from '../../../server/platform/files/pdf.js'
import { objectStream, pdfOf } from '../../support/sent-files.js'

const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'
const packed = (text: string) => deflateSync(Buffer.from(text))

describe('a PDF', () => {
  it.each([
    ['one page', pdfOf()],
    ['an opening at a page', pdfOf([], '/OpenAction [3 0 R /Fit]')],
    ['an opening by an action', pdfOf([], '/OpenAction << /S /GoTo /D [3 0 R /Fit] >>')],
    ['an opening that stands elsewhere', pdfOf(['[3 0 R /Fit]'], '/OpenAction 4 0 R')],
    ['objects that are packed', pdfOf([objectStream('<< /Type /Font >>')])],
    ['an opening in a packed object', pdfOf([objectStream('[3 0 R /Fit]')], '/OpenAction 90 0 R')],
    ['objects in a stream without packing', pdfOf([plain('<< /Type /Font >>')])],
    ['a link into the web', pdfOf(['<< /S /URI /URI (https://example.org) >>'])],
    ['words about scripts', pdfOf(['(a /JS, an /AA and OpenAction in a text)'])],
    ['the names of others', pdfOf(['<< /JSX 1 /AAA 2 /Launcher 3 /EFG 4 >>'])],
    [
      'comments and all kinds of values',
      pdfOf(['[1 -2.5 (a\\)(b)) <41> /N null true 4 0 R % )\n]']),
    ],
    ['letters that look like an object', pdfOf(['(obj << [ obj < obj)'])],
  ])('with %s is taken', (_, bytes) => {
    expect(pdfFault(bytes)).toBeUndefined()
  })

  it.each([
    ['a script', script],
    ['a script in a stream', '<< /S /JavaScript /JS 5 0 R >>'],
    ['a name that is written by codes', '<< /S /#4aava#53cript >>'],
    ['the key of a script by codes', '<< /S /Something /J#53 (1) >>'],
    ['a program to start', '<< /S /Launch /F (calc.exe) >>'],
    ['actions of its own accord', '<< /Type /Annot /AA << /E 5 0 R >> >>'],
    ['an XFA form', '<< /Fields [] /XFA 5 0 R >>'],
    ['rich media', '<< /Type /Annot /Subtype /RichMedia >>'],
    ['a film with a script', '<< /S /Rendition >>'],
    ['a way to another file', '<< /S /GoToR /F (other.pdf) >>'],
    ['a way to a file inside', '<< /S /GoToE >>'],
    ['a form that sends itself', '<< /S /SubmitForm /F (https://example.org) >>'],
    ['a form that reads files', '<< /S /ImportData >>'],
    ['a script deep inside', `[[<< /A [<< /B ${script} >>] >>]]`],
    ['a script under a key that stands twice', `<< /A 1 /A ${script} >>`],
    ['the name of the action by itself', '/JavaScript'],
    ['a comment in between', '<< /S % a comment\n/JavaScript >>'],
    ['a script in packed objects', objectStream(script)],
    ['a short name in packed objects', objectStream('<< /J#53 (1) >>')],
    ['a script in packed objects without a type', objectStream(script, { keys: '/Filter [/Fl]' })],
    ['a script in objects without packing', plain('<< /J#53 (1) >>')],
    [
      'an object inside the data of a stream',
      `<< >>\nstream\n9 0 obj << /AA 1 >> endobj\nendstream`,
    ],
  ])('with %s is refused', (_, object) => {
    expect(pdfFault(pdfOf([object]))).toBe('PDF_ACTIVE')
  })

  it.each([
    ['an address', '/OpenAction << /S /URI /URI (https://example.org) >>', []],
    ['a page, and more', '/OpenAction << /S /GoTo /D [3 0 R] /Next 4 0 R >>', ['<< /S /Named >>']],
    ['the printer', '/OpenAction << /S /Named /N /Print >>', []],
    ['an action elsewhere', '/OpenAction 4 0 R', ['<< /S /URI /URI (https://example.org) >>']],
    ['an action in a packed object', '/OpenAction 90 0 R', [objectStream('<< /S /Named >>')]],
    ['a way round', '/OpenAction 4 0 R', ['5 0 R', '<< /S /Named >>']],
    ['nothing that is there', '/OpenAction 77 0 R', []],
    ['a second version', '/OpenAction 4 0 R', ['[3 0 R]\nendobj\n4 0 obj\n<< /S /Named >>']],
  ])('that opens with %s is refused', (_, catalogue, objects) => {
    expect(pdfFault(pdfOf(objects, catalogue))).toBe('PDF_ACTIVE')
  })

  it.each([
    ['a file', '<< /Type /EmbeddedFile >>'],
    ['a tree of files', '<< /Names << /EmbeddedFiles 5 0 R >> >>'],
    ['a file at a place', '<< /Subtype /FileAttachment >>'],
    ['the description of a file', '<< /Type /Filespec /EF << /F 5 0 R >> >>'],
    ['a packed description', objectStream('<< /E#46 1 >>')],
  ])('that carries %s is refused', (_, object) => {
    expect(pdfFault(pdfOf([object]))).toBe('PDF_ATTACHMENT')
  })

  it('that is locked is refused, because nobody can look into it', () => {
    const locked = pdfOf().toString('latin1').replace('/Size', '/Encrypt 9 0 R /Size')
    expect(pdfFault(Buffer.from(locked, 'latin1'))).toBe('PDF_ENCRYPTED')
    expect(pdfFault(pdfOf(['<< /Type /XRef /Encr#79pt 9 0 R >>']))).toBe('PDF_ENCRYPTED')
  })

  it('with a script in an old version of itself is refused', () => {
    const [old, later] = [pdfOf([script]), pdfOf(['<< >>'])]
    expect(pdfFault(Buffer.concat([old, later]))).toBe('PDF_ACTIVE')
  })

  it('with an action in its trailer is refused', () => {
    const root = '/Root << /OpenAction << /S /Named >> >>'
    const bytes = pdfOf().toString('latin1').replace('/Root 1 0 R', root)
    expect(pdfFault(Buffer.from(bytes, 'latin1'))).toBe('PDF_ACTIVE')
  })

  it.each([
    ['packs its objects twice', { keys: '/Filter [/FlateDecode /FlateDecode]' }],
    ['packs its objects in another way', { keys: '/Filter /LZWDecode' }],
    ['packs them by a way that stands elsewhere', { keys: '/Filter 5 0 R' }],
    [
      'shifts its packed objects',
      { keys: '/Filter /FlateDecode /DecodeParms << /Predictor 12 >>' },
    ],
    ['keeps its objects in another file', { keys: '/Filter /FlateDecode /F (other)' }],
    ['says twice where its objects begin', { keys: '/Filter /FlateDecode /First 0' }],
    ['packs nothing that unpacks', { pack: (data: Buffer) => data }],
  ])('is refused where it %s', (_, options) => {
    expect(pdfFault(pdfOf([objectStream('<< /A 1 >>', options)]))).toBe('BROKEN')
  })

  it.each([
    ['no header', Buffer.from('%PDF-x\n1 0 obj 1 endobj\n%%EOF')],
    ['no object', Buffer.from('%PDF-1.7\n%%EOF')],
    ['no end', pdfOf().subarray(0, -8)],
    ['an end, and much behind it', Buffer.concat([pdfOf(), Buffer.alloc(2000, 'x')])],
    ['a dictionary that never ends', pdfOf(['<< /A ['])],
    ['objects that lie outside', pdfOf([objectStream('1', { pack: () => packed('90 9 1') })])],
    ['objects without places', pdfOf([objectStream('1', { pack: () => packed('a b c') })])],
  ])('with %s is refused', (_, bytes) => {
    expect(pdfFault(bytes)).toBe('BROKEN')
  })
})

/** An object stream that is not packed. */
function plain(object: string): Buffer {
  return objectStream(object, {
    keys: '/Type /ObjStm',
    pack: (data) => data,
  })
}
