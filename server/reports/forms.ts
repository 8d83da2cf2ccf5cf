/** What somebody holds of a report: its reference, and the checksum of its content or of a file. */
export interface Held {
  readonly reference: string
  readonly checksum: string
}

const CHECKSUM = /^[0-9a-f]{64}$/
const SEPARATORS = /[\s-]+/g

/** Reads what is to be checked, with spaces as people type them; nothing where no checksum was given. */
export function readHeld(query: URLSearchParams): Held | undefined {
  const plain = (name: string) => (query.get(name) ?? '').slice(0, 200).replace(SEPARATORS, '')
  const checksum = plain('hash').toLowerCase()
  if (checksum === '') return undefined
  // A checksum that can be none was issued for nothing: the answer is the same as for one that was not.
  return CHECKSUM.test(checksum)
    ? { reference: plain('reference').toUpperCase(), checksum }
    : { reference: '', checksum: '' }
}

/** The language that stands beside German, or German alone; one that is not offered counts as German. */
export function readLanguage(form: URLSearchParams, offered: readonly string[]): string {
  return offered.find((tag) => tag === form.get('language')) ?? 'de'
}

/** Number of a file. */
export function readPart(raw: string | undefined): number | undefined {
  return /^[1-9]\d{0,5}$/.test(raw ?? '') ? Number(raw) : undefined
}
