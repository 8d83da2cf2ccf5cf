import { bookOf, over, type Book, type Sort } from './book.js'
import { unsound, type Content } from './content.js'
import { formerOf, type EntryOf, type Former, type Numbered } from './former.js'
import type { Catalogue, Flow, Party, Terms } from './model.js'
import type { StoredTerm } from './reconcile.js'
import * as make from './terms.js'
import { textsOf } from './texts.js'
import { gaps } from './wording.js'

/** Puts content and numbers together; throws where a code has no number, or a former one no text. */
export function assemble(
  { reference, books, paperLanguages }: Content,
  stored: readonly StoredTerm[],
  version: number,
): Catalogue {
  const numbers = new Map(stored.map((term) => [`${term.kind} ${term.code}`, term.id]))
  const present = presentOf(reference, numbers)
  const former = formerOf(stored.filter(({ kind, code }) => !present.has(kind, code)))
  const whole = new Map([...books].map(([tag, book]) => [tag, over(former.book(tag), book)]))
  const ofPages = new Map([...whole].filter(([tag]) => !paperLanguages.includes(tag)))
  const faults = [...former.faults, ...present.faults, ...lost(ofPages)]
  if (faults.length > 0) throw unsound(faults)
  const terms = <Kind extends Sort, Term extends Coded>(
    kind: Kind,
    term: (id: number, entry: EntryOf<Kind>) => Term,
  ): Terms<Term> => {
    const made = (all: readonly Numbered<EntryOf<Kind>>[]) =>
      all.map(({ id, entry }) => term(id, entry))
    return make.termsOf(made(present.of(kind)), made(former.of(kind)))
  }
  const flows = reference.flows.map(make.flowOf)
  const parties = partiesOf(present, former)
  return {
    version,
    parties: parties.terms,
    fields: terms('field', make.fieldTerm),
    purposes: terms('purpose', make.purposeTerm),
    legalBases: terms('legal_basis', make.legalBasisTerm),
    rules: terms('rule', make.ruleTerm),
    units: terms('unit', make.unitTerm),
    flows,
    consents: reference.consents.map(make.consentOf),
    classes: make.classesOf(reference),
    delays: make.delaysOf(reference),
    flowsOf: indexed(flows),
    texts: languages(ofPages, parties.kindOf),
    names: languages(named(whole, paperLanguages), parties.kindOf),
  }
}

interface Coded {
  readonly id: number
  readonly code: string
}

interface Present {
  of<Kind extends Sort>(kind: Kind): readonly Numbered<EntryOf<Kind>>[]
  has(kind: string, code: string): boolean
  /** Codes that have no number: this content was never loaded. */
  readonly faults: readonly string[]
}

/** The codes of the content with their numbers. */
function presentOf(reference: Content['reference'], numbers: ReadonlyMap<string, number>): Present {
  const lists: { readonly [Kind in Sort]: readonly EntryOf<Kind>[] } = {
    authority: reference.authorities,
    office: reference.offices,
    field: reference.fields,
    purpose: reference.purposes,
    legal_basis: reference.legalBases,
    rule: reference.rules,
    unit: reference.units,
  }
  const keys = Object.entries(lists).flatMap(([kind, list]) =>
    list.map(({ code }) => `${kind} ${code}`),
  )
  const known = new Set(keys)
  return {
    of: <Kind extends Sort>(kind: Kind) =>
      lists[kind].map((entry) => ({ id: numbers.get(`${kind} ${entry.code}`) ?? 0, entry })),
    has: (kind, code) => known.has(`${kind} ${code}`),
    faults: keys
      .filter((key) => !numbers.has(key))
      .map((key) => `the database has no number for the ${key}: load the reference data first`),
  }
}

/** Offices need their kind, which may have been dropped before them. */
function partiesOf(present: Present, former: Former) {
  const offices = [...present.of('office'), ...former.of('office')]
  const kinds = new Map(
    [...former.of('authority'), ...present.of('authority')].map(({ entry }) => [entry.code, entry]),
  )
  const kindOfOffice = new Map(offices.map(({ entry }) => [entry.code, entry.authorityTypeCode]))
  const withOffices = new Set(present.of('office').map(({ entry }) => entry.authorityTypeCode))
  const made = (from: Present | Former): Party[] => [
    ...from
      .of('authority')
      .map(({ id, entry }) => make.kindParty(id, entry, withOffices.has(entry.code))),
    ...from.of('office').map(({ id, entry }) => {
      const kind = kinds.get(entry.authorityTypeCode)
      if (!kind) throw unsound([`office ${entry.code}: its kind of authority is gone`])
      return make.officeParty(id, entry, kind)
    }),
  ]
  return {
    terms: make.termsOf(made(present), made(former)),
    kindOf: (code: string) => kindOfOffice.get(code),
  }
}

function indexed(flows: readonly Flow[]): Catalogue['flowsOf'] {
  const byKey = new Map<string, Flow[]>()
  for (const flow of flows) {
    const key = keyOf(flow)
    byKey.set(key, [...(byKey.get(key) ?? []), flow])
  }
  return (key) => byKey.get(keyOf(key)) ?? []
}

function keyOf(key: Parameters<Catalogue['flowsOf']>[0]): string {
  return [key.source, key.recipient, key.operation, key.purpose, key.legalBasis].join(' ')
}

function languages(
  books: ReadonlyMap<string, Book>,
  kindOf: (office: string) => string | undefined,
): Catalogue['texts'] {
  const made = new Map([...books].map(([tag, book]) => [tag, textsOf(book, kindOf)]))
  return (tag) => {
    const texts = made.get(tag)
    if (texts === undefined) throw new Error(`the catalogue has no texts in ${tag}`)
    return texts
  }
}

/** A code that was dropped before a language of papers came has no name in it: the German one stands on paper twice. */
function named(
  books: ReadonlyMap<string, Book>,
  paperLanguages: readonly string[],
): ReadonlyMap<string, Book> {
  const german = books.get('de') ?? bookOf([])
  return new Map(
    [...books].map(([tag, book]) => [
      tag,
      paperLanguages.includes(tag) ? over(german, book) : book,
    ]),
  )
}

/** Texts of former codes that a language which was shipped later does not have. */
function lost(books: ReadonlyMap<string, Book>): string[] {
  const german = books.get('de') ?? bookOf([])
  return [...books].flatMap(([tag, book]) => gaps(tag, { book, german }))
}
