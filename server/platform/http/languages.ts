/** A shipped language: `tag` stands in addresses and `lang`, `intl` chooses plurals and dates. */
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

const byTag = new Map(LANGUAGES.map((language) => [language.tag, language]))

/** The source language. */
export const GERMAN = LANGUAGES[0] as Language

/** The language of a tag, or nothing where it is not shipped. */
export function languageOf(tag: string): Language | undefined {
  return byTag.get(tag)
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
