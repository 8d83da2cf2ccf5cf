import type { Book, Sort } from './book.js'
import type { CatalogueTexts } from './model.js'

/**
 * The texts of one language; an office is described by its kind. Asking for a code that has no text
 * throws, so that no raw code and no other language ever reaches a reader.
 */
export function textsOf(
  book: Book,
  kindOf: (office: string) => string | undefined,
): CatalogueTexts {
  const word = (sort: Sort, code: string, name: string): string => {
    const text = book[sort].get(code)?.[name]
    if (text === undefined) throw new Error(`no ${name} for the ${sort} ${code}`)
    return text
  }
  return {
    party: (code) => {
      const kind = kindOf(code)
      return {
        name: kind === undefined ? word('authority', code, 'name') : word('office', code, 'name'),
        description: word('authority', kind ?? code, 'description'),
      }
    },
    field: (code) => ({
      label: word('field', code, 'label'),
      explain: word('field', code, 'explain'),
    }),
    purpose: (code) => ({
      name: word('purpose', code, 'name'),
      explain: word('purpose', code, 'explain'),
      refusal: word('purpose', code, 'refusal'),
    }),
    legalBasis: (code) => ({
      title: word('legal_basis', code, 'title'),
      summary: word('legal_basis', code, 'summary'),
    }),
    rule: (code) => ({ title: word('rule', code, 'title'), text: word('rule', code, 'rule') }),
    unit: (code) => ({ label: word('unit', code, 'label') }),
  }
}
