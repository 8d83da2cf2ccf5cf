import { ok, refuse, type Result } from '../kernel/result.js'
import { holdsArchive, holdsMarkup, holdsPdf } from './foreign.js'
import { cleanJpeg } from './jpeg.js'
import { pdfFault } from './pdf.js'
import { cleanPng, PNG_SIGNATURE } from './png.js'
import { MOST_BYTES, type FileFault, type FileType } from './verdict.js'

/** A file as somebody sent it. */
export interface SentFile {
  readonly bytes: Buffer
  readonly name: string
  readonly declaredType: string
}

/** A file that may be kept. Pictures are written anew, without what does not belong to the picture. */
export interface SoundFile {
  readonly type: FileType
  readonly bytes: Buffer
  readonly extension: 'pdf' | 'jpg' | 'png'
}

/** Either a file that may be kept, or why not. */
export type Verdict =
  { readonly ok: true; readonly file: SoundFile } | { readonly ok: false; readonly code: FileFault }

interface Kind {
  readonly type: FileType
  readonly extension: SoundFile['extension']
  readonly names: RegExp
  /** Old browsers and phones say the second and the third. */
  readonly declared: readonly string[]
  readonly magic: Buffer
  clean(bytes: Buffer): Result<Buffer, FileFault>
}

const KINDS: readonly Kind[] = [
  {
    type: 'application/pdf',
    extension: 'pdf',
    names: /\.pdf$/i,
    declared: ['application/pdf', 'application/x-pdf'],
    magic: Buffer.from('%PDF-', 'latin1'),
    clean: unalteredPdf,
  },
  {
    type: 'image/jpeg',
    extension: 'jpg',
    names: /\.jpe?g$/i,
    declared: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
    magic: Buffer.from([0xff, 0xd8, 0xff]),
    clean: (bytes) => cleanPicture(bytes, cleanJpeg),
  },
  {
    type: 'image/png',
    extension: 'png',
    names: /\.png$/i,
    declared: ['image/png', 'image/x-png'],
    magic: PNG_SIGNATURE,
    clean: (bytes) => cleanPicture(bytes, cleanPng),
  },
]

/**
 * Looks at a file before anybody opens it: PDF, JPEG and PNG alone, by first bytes, name and declared type
 * together. Nothing is decoded for showing; time and memory are bounded whatever the bytes say. It is no
 * virus scanner, and does not promise that a reader with holes survives the file.
 */
export function inspectFile({ bytes, name, declaredType }: SentFile): Verdict {
  if (bytes.length === 0) return { ok: false, code: 'EMPTY' }
  if (bytes.length > MOST_BYTES) return { ok: false, code: 'TOO_LARGE' }
  const kind = KINDS.find(({ magic }) => bytes.subarray(0, magic.length).equals(magic))
  if (kind === undefined) return { ok: false, code: 'TYPE' }
  const declared = (declaredType.split(';')[0] ?? '').trim().toLowerCase()
  if (!kind.names.test(name) || !kind.declared.includes(declared)) {
    return { ok: false, code: 'MISMATCH' }
  }
  if (holdsArchive(bytes)) return { ok: false, code: 'POLYGLOT' }
  const clean = kind.clean(bytes)
  if (!clean.ok) return { ok: false, code: clean.refusal }
  const { type, extension } = kind
  return { ok: true, file: { type, extension, bytes: clean.value } }
}

/** Evidence keeps its bytes: a PDF written anew would lose the seal of the office that issued it. */
function unalteredPdf(bytes: Buffer): Result<Buffer, FileFault> {
  const fault = pdfFault(bytes)
  return fault === undefined ? ok(bytes) : refuse(fault)
}

/** What cleaning cut off is no danger any more, but a second document was never sent by accident. */
function cleanPicture(
  bytes: Buffer,
  clean: (bytes: Buffer) => Result<Buffer, FileFault>,
): Result<Buffer, FileFault> {
  if (holdsPdf(bytes)) return refuse('POLYGLOT')
  const picture = clean(bytes)
  return picture.ok && holdsMarkup(picture.value) ? refuse('POLYGLOT') : picture
}
