import { bookOf, NEEDED, SORTS, type Book, type Sort, type Words } from './book.js'
import type { Reference } from './reference.js'

/** The German and English texts that the reference data themselves carry. */
export function ownBook(reference: Reference, language: 'De' | 'En'): Book {
  const german = language === 'De'
  const list = <Entry extends { code: string }>(
    sort: Sort,
    entries: readonly Entry[],
    words: (entry: Entry) => Words,
  ) => entries.map((entry) => [sort, entry.code, words(entry)] as const)
  return bookOf([
    ...list('authority', reference.authorities, (entry) => ({
      name: entry[`name${language}`],
      description: entry[`description${language}`],
    })),
    ...list('office', reference.offices, (entry) => ({ name: entry[`name${language}`] })),
    ...list('field', reference.fields, (entry) => ({
      label: entry[`label${language}`],
      explain: entry[`explain${language}`],
    })),
    ...list('purpose', reference.purposes, (entry) => ({
      name: entry[`name${language}`],
      explain: entry[`explain${language}`],
      refusal: entry[`refusal${language}`],
      withdrawal: entry[`withdrawal${language}`],
    })),
    ...list('legal_basis', reference.legalBases, (entry) => ({
      ...(german ? { title: entry.shortTitle } : {}),
      summary: entry[`summary${language}`],
    })),
    ...list('rule', reference.rules, (entry) => ({
      title: entry[`title${language}`],
      rule: entry[`rule${language}`],
    })),
    ...list('unit', reference.units, (entry) => ({ label: entry[`label${language}`] })),
  ])
}

/** Texts that a language lacks for codes that the German book has, one line per sort and text. */
export function gaps(
  tag: string,
  { book, german, needed = NEEDED }: { book: Book; german: Book; needed?: Needed },
): string[] {
  return SORTS.flatMap((sort) =>
    needed[sort].flatMap((name) => {
      const missing = [...german[sort]]
        .filter(([, words]) => name !== 'withdrawal' || !isBlank(words[name]))
        .map(([code]) => code)
        .filter((code) => isBlank(book[sort].get(code)?.[name]))
      return missing.length === 0
        ? []
        : [`${tag}: ${sort} ${name} is missing: ${missing.join(', ')}`]
    }),
  )
}

type Needed = Readonly<Record<Sort, readonly string[]>>

/** Codes that a language translates although the German book does not have them. */
export function strangers(tag: string, book: Book, german: Book): string[] {
  return SORTS.flatMap((sort) =>
    [...book[sort].keys()]
      .filter((code) => !german[sort].has(code))
      .map((code) => `${tag}: the ${sort} ${code} does not exist`),
  )
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}
