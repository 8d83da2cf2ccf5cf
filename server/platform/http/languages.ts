/** A language of pages or of papers: `tag` stands in addresses and `lang`, `intl` chooses plurals and dates. */
export interface Language {
  readonly tag: string
  readonly ownName: string
  readonly direction: 'ltr' | 'rtl'
  /** Official dates are Gregorian with Latin digits in every language, because letters use them. */
  readonly intl: string
  /** Whether a person who masters both has yet to compare the text with the German. */
  readonly unchecked: boolean
}

/** The registry: German is the source, its text counts. */
export const LANGUAGES: readonly Language[] = [
  {
    tag: 'de',
    ownName: 'Deutsch',
    direction: 'ltr',
    intl: 'de-DE-u-ca-gregory-nu-latn',
    unchecked: false,
  },
  {
    tag: 'en',
    ownName: 'English',
    direction: 'ltr',
    intl: 'en-GB-u-ca-gregory-nu-latn',
    unchecked: true,
  },
  {
    tag: 'ar',
    ownName: 'العربية',
    direction: 'rtl',
    intl: 'ar-u-ca-gregory-nu-latn',
    unchecked: true,
  },
]

/**
 * Languages that papers alone speak: one stands beside German on paper, and no page is in it yet. They have the texts
 * that papers ask for, and the names of the catalogue. A language whose pages are whole moves into the list above.
 */
export const PAPER_LANGUAGES: readonly Language[] = [
  {
    tag: 'fa',
    ownName: 'فارسی / دری',
    direction: 'rtl',
    intl: 'fa-u-ca-gregory-nu-latn',
    unchecked: true,
  },
]

/** Every language in which a paper can be had: German alone, or one of the others beside it. */
export const ON_PAPER: readonly Language[] = [...LANGUAGES, ...PAPER_LANGUAGES]

const byTag = new Map(LANGUAGES.map((language) => [language.tag, language]))
const onPaper = new Map(ON_PAPER.map((language) => [language.tag, language]))

/** The source language. */
export const GERMAN = LANGUAGES[0] as Language

/** The language of a tag, or nothing where no page is in it. */
export function languageOf(tag: string): Language | undefined {
  return byTag.get(tag)
}

/** The language of a tag, or nothing where no paper is in it. */
export function paperLanguageOf(tag: string): Language | undefined {
  return onPaper.get(tag)
}

/** The language of the pages to which a paper leads: its own, or German where no page is in it. */
export function pagesFor(tag: string): string {
  return (byTag.get(tag) ?? GERMAN).tag
}

/** The first shipped language that an Accept-Language header asks for (RFC 9110 section 12.5.4), else English. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? '')
    .slice(0, 400)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';')
      const quality = rest.map((item) => /^\s*q=([01](?:\.\d{1,3})?)$/.exec(item)?.[1])[0]
      return { tag: tag.toLowerCase(), weight: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
  for (const { tag } of wishes) {
    const found = byTag.get(tag) ?? byTag.get(tag.split('-')[0] ?? '')
    if (found) return found
  }
  return byTag.get('en') ?? GERMAN
}
