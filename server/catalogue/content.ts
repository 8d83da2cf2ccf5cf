import { StartError } from '../platform/kernel/errors.js'
import { bookOf, NAMES, NEEDED, over, parseBook, type Book } from './book.js'
import { faultsOf } from './checks.js'
import type { Books } from './definitions.js'
import { parseReference, type Reference } from './reference.js'
import type { RawFiles } from './store/files.js'
import { gaps, ownBook } from './wording.js'

/** The whole content, checked: every reference resolves, every language of pages has every text, one of papers every name. */
export interface Content {
  readonly reference: Reference
  readonly books: Books
  /** Tags of the books that have names alone. */
  readonly paperLanguages: readonly string[]
  readonly sha256: string
}

/** Checks what was read; throws one StartError that names all faults at once. */
export function contentOf(files: RawFiles): Content {
  const { paperLanguages, sha256 } = files
  const { reference, faults } = parseReference(files.data)
  const parsed = [...files.locales].map(([tag, raw]) => ({ tag, ...parseBook(tag, raw) }))
  const early = [...files.faults, ...faults, ...parsed.flatMap((one) => one.faults)]
  if (reference === undefined || early.length > 0) throw unsound(early)
  const german = ownBook(reference, 'De')
  const books = new Map(
    parsed.map(({ tag, book }) => [tag, over(baseOf(tag, reference, german), book)] as const),
  )
  const late = [
    ...faultsOf(reference),
    ...[...books].flatMap(([tag, book]) => {
      const needed = paperLanguages.includes(tag) ? NAMES : NEEDED
      return gaps(tag, { book, german, needed })
    }),
  ]
  if (late.length > 0) throw unsound(late)
  return { reference, books, paperLanguages, sha256 }
}

/** The refusal to start on faulty reference data. */
export function unsound(faults: readonly string[]): StartError {
  return new StartError(`The reference data have faults:\n- ${faults.join('\n- ')}`)
}

/** German and English stand in the data; every other language is translated whole. */
function baseOf(tag: string, reference: Reference, german: Book): Book {
  if (tag === 'de') return german
  return tag === 'en' ? ownBook(reference, 'En') : bookOf([])
}
