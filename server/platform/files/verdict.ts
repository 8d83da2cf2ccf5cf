/** What people may send. */
export type FileType = 'application/pdf' | 'image/jpeg' | 'image/png'

/**
 * Why a file is refused: nothing in it, more than MOST_BYTES, no type that we take, name or declared
 * type that says another one, more than MOST_PIXELS, not readable as what it is, readable as something
 * else as well, more parts than a person's document has, and a PDF that acts, carries files, or hides
 * what it holds.
 */
export type FileFault =
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'TYPE'
  | 'MISMATCH'
  | 'PIXELS'
  | 'BROKEN'
  | 'POLYGLOT'
  | 'TOO_COMPLEX'
  | 'PDF_ACTIVE'
  | 'PDF_ATTACHMENT'
  | 'PDF_ENCRYPTED'

/** Largest file in bytes. */
export const MOST_BYTES = 10 * 1024 * 1024

/** Largest picture in pixels, as its header says. */
export const MOST_PIXELS = 40_000_000
