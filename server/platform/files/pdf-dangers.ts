import type { PdfEntry, PdfValue } from './pdf-syntax.js'
import type { FileFault } from './verdict.js'

/** Names that mean danger as a key and as a value: what acts, what is carried along, what is locked. */
const NAMES: Readonly<Record<string, FileFault>> = {
  JavaScript: 'PDF_ACTIVE',
  Launch: 'PDF_ACTIVE',
  RichMedia: 'PDF_ACTIVE',
  RichMediaExecute: 'PDF_ACTIVE',
  Rendition: 'PDF_ACTIVE',
  GoToE: 'PDF_ACTIVE',
  GoToR: 'PDF_ACTIVE',
  SubmitForm: 'PDF_ACTIVE',
  ImportData: 'PDF_ACTIVE',
  EmbeddedFile: 'PDF_ATTACHMENT',
  EmbeddedFiles: 'PDF_ATTACHMENT',
  FileAttachment: 'PDF_ATTACHMENT',
}

/** Names too short, or too usual as a value, to mean danger anywhere but as a key. */
const KEYS: Readonly<Record<string, FileFault>> = {
  JS: 'PDF_ACTIVE',
  AA: 'PDF_ACTIVE',
  XFA: 'PDF_ACTIVE',
  EF: 'PDF_ATTACHMENT',
  Encrypt: 'PDF_ENCRYPTED',
}

/**
 * The same long names wherever they stand in the bytes, every letter as itself or as its code: what a
 * reader takes for an object is up to the reader. No compressed data hold one by chance.
 */
const ANYWHERE: readonly (readonly [FileFault, RegExp])[] = [
  ['PDF_ENCRYPTED', spelled(['Encrypt'])],
  ...(['PDF_ACTIVE', 'PDF_ATTACHMENT'] as const).map(
    (fault) =>
      [fault, spelled(Object.keys(NAMES).filter((name) => NAMES[name] === fault))] as const,
  ),
]

function spelled(names: readonly string[]): RegExp {
  const written = names.map((name) => [...name].map(letter).join(''))
  return new RegExp(`/(?:${written.join('|')})(?=[\\0\\t\\n\\f\\r ()<>[\\]{}/%]|$)`)
}

/** A letter, or the hexadecimal code that may stand for it in a name (ISO 32000-1, section 7.3.5). */
function letter(char: string): string {
  const [high = '', low = ''] = char.charCodeAt(0).toString(16)
  return `(?:${char}|#${high}${/\d/.test(low) ? low : `[${low}${low.toUpperCase()}]`})`
}

/** The first danger that bytes name, whatever stands around it. */
export function dangerInBytes(bytes: Buffer): FileFault | undefined {
  const text = bytes.toString('latin1')
  return ANYWHERE.find(([, pattern]) => pattern.test(text))?.[0]
}

/** The first danger in a value and everything inside it; what opens by itself is handed to `opens`. */
export function dangerIn(
  value: PdfValue,
  opens: (target: PdfValue) => void,
): FileFault | undefined {
  if (value.kind === 'name') return known(NAMES, value.name)
  if (value.kind === 'array') return firstFault(value.items, (item) => dangerIn(item, opens))
  if (value.kind !== 'dictionary') return undefined
  return firstFault(value.entries, ([key, held]) => {
    if (key === 'OpenAction') opens(held)
    return known(KEYS, key) ?? known(NAMES, key) ?? dangerIn(held, opens)
  })
}

/** Whether a value, as what a document does when it is opened, does no more than go to a page. */
export function goesToPage(value: PdfValue): boolean {
  if (value.kind === 'array' || value.kind === 'null' || value.kind === 'name') return true
  if (value.kind !== 'dictionary') return false
  const { entries } = value
  const steps = valuesOf(entries, 'S')
  const isGoTo = steps.every((step) => step.kind === 'name' && step.name === 'GoTo')
  return isGoTo && valuesOf(entries, 'D').length > 0 && valuesOf(entries, 'Next').length === 0
}

/** All values that a dictionary has under a key. */
export function valuesOf(entries: readonly PdfEntry[], key: string): PdfValue[] {
  return entries.filter(([name]) => name === key).map(([, value]) => value)
}

function known(list: Readonly<Record<string, FileFault>>, name: string): FileFault | undefined {
  return Object.hasOwn(list, name) ? list[name] : undefined
}

/** The first fault that a look at items, one after the other, finds. */
export function firstFault<Item>(
  items: readonly Item[],
  look: (item: Item) => FileFault | undefined,
): FileFault | undefined {
  for (const item of items) {
    const fault = look(item)
    if (fault !== undefined) return fault
  }
  return undefined
}
