import { z } from 'zod'

/** Which texts each sort of code needs; a purpose's `withdrawal` only where the German has one. */
export const NEEDED = {
  authority: ['name', 'description'],
  office: ['name'],
  field: ['label', 'explain'],
  purpose: ['name', 'explain', 'refusal', 'withdrawal'],
  legal_basis: ['title', 'summary'],
  rule: ['title', 'rule'],
  unit: ['label'],
} as const
export type Sort = keyof typeof NEEDED

/** What each sort of code is called: the first of its texts. */
export const NAMES = {
  authority: ['name'],
  office: ['name'],
  field: ['label'],
  purpose: ['name'],
  legal_basis: ['title'],
  rule: ['title'],
  unit: ['label'],
} as const satisfies Record<Sort, readonly string[]>

/** Every sort of code that readers see. */
export const SORTS = Object.keys(NEEDED) as readonly Sort[]

/** The texts of one code by name, for instance `label` and `explain`. */
export type Words = Readonly<Record<string, string>>

/** The catalogue's texts in one language, by sort and code. */
export type Book = Readonly<Record<Sort, ReadonlyMap<string, Words>>>

/** Files below `locales/<tag>/catalogue/`, and the lists inside `portal.json`, by what they translate. */
const FILES = {
  authorities: 'authority',
  instances: 'office',
  fields: 'field',
  purposes: 'purpose',
  'legal-bases': 'legal_basis',
  rules: 'rule',
  units: 'unit',
} as const satisfies Record<string, Sort>
const PORTAL_LISTS = {
  authorities: 'authority',
  fields: 'field',
  purposes: 'purpose',
  legalBases: 'legal_basis',
  rules: 'rule',
} as const satisfies Record<string, Sort>

/** The files of one language, without folder and ending; one that is missing translates nothing. */
export const LOCALE_FILES = [...keysOf(FILES), 'portal'] as const
export type LocaleFile = (typeof LOCALE_FILES)[number]

/** A book with the given texts; later entries add to earlier ones or replace them. */
export function bookOf(entries: Iterable<readonly [Sort, string, Words]>): Book {
  const book = Object.fromEntries(SORTS.map((sort) => [sort, new Map<string, Words>()]))
  for (const [sort, code, words] of entries) {
    book[sort]?.set(code, { ...book[sort].get(code), ...words })
  }
  return book as unknown as Book
}

/** The added texts over those of the base. */
export function over(base: Book, added: Book): Book {
  return bookOf([...entriesOf(base), ...entriesOf(added)])
}

function entriesOf(book: Book): (readonly [Sort, string, Words])[] {
  return SORTS.flatMap((sort) =>
    [...book[sort]].map(([code, words]) => [sort, code, words] as const),
  )
}

/** Reads the parsed JSON of one language's files; a fault names the file, the code and the text. */
export function parseBook(
  tag: string,
  raw: Partial<Readonly<Record<LocaleFile, unknown>>>,
): { book: Book; faults: readonly string[] } {
  const lists = shapesOf(PORTAL_LISTS)
  const files = z.strictObject({ ...shapesOf(FILES), portal: z.strictObject(lists).optional() })
  const read = files.safeParse(raw)
  if (!read.success) {
    const faults = read.error.issues.map(
      ({ path: [file, ...rest], message }) =>
        `locales/${tag}/catalogue/${String(file)}.json: ${rest.join('.')}: ${message}`,
    )
    return { book: bookOf([]), faults }
  }
  const { portal = {}, ...own } = read.data
  return {
    book: bookOf([...translated(FILES, own), ...translated(PORTAL_LISTS, portal)]),
    faults: [],
  }
}

type Lists = Partial<Readonly<Record<string, Readonly<Record<string, Words>> | undefined>>>

function translated(sorts: Readonly<Record<string, Sort>>, lists: Lists) {
  return Object.entries(sorts).flatMap(([list, sort]) =>
    Object.entries(lists[list] ?? {}).map(([code, words]) => [sort, code, words] as const),
  )
}

function shapesOf(sorts: Readonly<Record<string, Sort>>) {
  const pairs = Object.entries(sorts).map(([list, sort]) => {
    const words = z.strictObject(
      Object.fromEntries(NEEDED[sort].map((name) => [name, z.string().exactOptional()])),
    )
    return [list, z.record(z.string(), words).optional()] as const
  })
  return Object.fromEntries(pairs)
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[]
}
