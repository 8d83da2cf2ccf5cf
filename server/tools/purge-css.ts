import { transform } from 'lightningcss'

/** Minifies a style sheet; lightningcss drops the rules and custom properties of unused names. */
export function minify(css: string, unused: readonly string[] = []): string {
  const { code } = transform({
    filename: 'style.css',
    code: Buffer.from(css),
    minify: true,
    unusedSymbols: [...unused],
  })
  return code.toString()
}

/** Every word that could be the name of a class, as templates must spell class names out in full. */
export function wordsOf(templates: readonly string[]): ReadonlySet<string> {
  return new Set(templates.flatMap((text) => text.match(/[a-zA-Z][\w-]*/g) ?? []))
}

/**
 * Reduces a library to the classes among `words` and to the custom properties that it or `own` still uses.
 * Where `own` sets a property of the library, ours replaces the library's.
 */
export function purgeLibrary(library: string, own: string, words: ReadonlySet<string>): string {
  const classes = names(library, /\.([a-zA-Z][\w-]*)/g).filter((name) => !words.has(name))
  const dataless = library.replace(/[\w-]+:\s*url\(["']?data:[^)]*\)[^;}]*;?/g, '')
  let css = minify(dataless, [...classes, ...definitions(own)])
  for (let size = Infinity; css.length < size;) {
    size = css.length
    const used = new Set(names(css + own, /var\((--[\w-]+)/g))
    css = minify(
      css,
      definitions(css).filter((name) => !used.has(name)),
    )
  }
  return css
}

function definitions(css: string): string[] {
  return names(css, /[{;\s](--[\w-]+)\s*:/g)
}

function names(css: string, pattern: RegExp): string[] {
  return [...new Set([...css.matchAll(pattern)].map((match) => match[1] ?? ''))]
}
