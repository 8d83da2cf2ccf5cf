import { readFileSync } from 'node:fs'
import { LANGUAGES } from '../../server/platform/http/languages.js'

/** Sentences of the page in easy language, chapter by chapter. */
function sentences(tag: string): string[] {
  const file = new URL(`../../locales/${tag}/information.json`, import.meta.url)
  const { easy } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly easy: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  }
  const texts = Object.values(easy).flatMap((one) =>
    typeof one === 'string' ? [one] : Object.values(one),
  )
  return texts.flatMap((text) => text.split(/(?<=[.?!؟:])\s+/))
}

test.each(LANGUAGES.map(({ tag }) => tag))(
  'the page in easy language keeps to twelve words (%s)',
  (tag) => {
    const all = sentences(tag)
    expect(all.length).toBeGreaterThan(20)
    expect(all.filter((one) => one.split(/\s+/).length > 12)).toEqual([])
    // No subordinate clause that has to be kept in mind, and no brackets.
    expect(all.filter((one) => /[();]|„[^“]{25,}“/.test(one))).toEqual([])
  },
)
