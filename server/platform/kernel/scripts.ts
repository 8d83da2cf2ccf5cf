/** A stretch of a text in one script, with the language that its letters tell (BCP 47). */
export interface Span {
  readonly text: string
  readonly lang: string
}

type Script = 'Arab' | 'Cyrl' | 'other'

/** Letters and digits that one language alone has, of those that people here write; the first that fits counts. */
const TELLS: Readonly<Record<'Arab' | 'Cyrl', readonly (readonly [RegExp, string])[]>> = {
  Arab: [
    [/[ەۆێڵڕ]/u, 'ckb'],
    [/[ټډړږښڼې]/u, 'ps'],
    [/[ٹڈڑےں]/u, 'ur'],
    [/[پچژگکی\u06f0-\u06f9]/u, 'fa'],
    [/[ةكيىإ\u0660-\u0669]/u, 'ar'],
  ],
  Cyrl: [
    [/[ўЎ]/u, 'be'],
    [/[ґєіїҐЄІЇ]/u, 'uk'],
    [/[ыэёЫЭЁ]/u, 'ru'],
  ],
}

const PLAIN = /^[\0-\u024f\u1e00-\u22ff]*$/
const SCRIPTS: readonly (readonly [RegExp, Script])[] = [
  [/[\p{Script=Arabic}\u0660-\u0669]/u, 'Arab'],
  [/\p{Script=Cyrillic}/u, 'Cyrl'],
  [/\p{L}/u, 'other'],
]
const scriptOf = (char: string) => SCRIPTS.find(([letters]) => letters.test(char))?.[1]

/**
 * The stretches of what somebody wrote: no field says in which language it is, so its letters do, each script's
 * for all of the text. Where they tell nothing the script alone is named; other letters count as `otherwise`.
 */
export function spansOf(text: string, otherwise: string): readonly Span[] {
  if (PLAIN.test(text)) return [{ text, lang: otherwise }]
  return stretchesOf(text).map(({ script, text: own }) => ({
    text: own,
    lang: script === 'other' ? otherwise : languageIn(script, text),
  }))
}

interface Stretch {
  readonly script: Script
  text: string
}

/** Signs between letters of one script are that script's; at other places they belong to the first script of all. */
function stretchesOf(text: string): readonly Stretch[] {
  const main = Array.from(text, scriptOf).find((script) => script !== undefined) ?? 'other'
  const stretches: Stretch[] = [{ script: main, text: '' }]
  const add = (script: Script, more: string) => {
    const last = stretches.at(-1)
    if (last?.script === script) last.text += more
    else if (more !== '') stretches.push({ script, text: more })
  }
  let signs = ''
  for (const char of text) {
    const script = scriptOf(char)
    if (script === undefined) {
      signs += char
      continue
    }
    place(signs, { before: stretches.at(-1)?.script ?? main, after: script, main }).forEach(
      ([own, more]) => add(own, more),
    )
    add(script, char)
    signs = ''
  }
  place(signs, { before: stretches.at(-1)?.script ?? main, after: main, main }).forEach(
    ([own, more]) => add(own, more),
  )
  return stretches
}

/** A number behind letters that run its way belongs to them: a file number in an Arabic text stays whole. */
function place(
  signs: string,
  { before, after, main }: { before: Script; after: Script; main: Script },
): readonly (readonly [Script, string])[] {
  if (before === after) return [[before, signs]]
  const numbers = main === 'Arab' ? (/^.*[0-9]/su.exec(signs)?.[0] ?? '') : ''
  return [
    [before, numbers],
    [main, signs.slice(numbers.length)],
  ]
}

function languageIn(script: 'Arab' | 'Cyrl', text: string): string {
  const own = TELLS[script].find(([letters]) => letters.test(text))
  return own?.[1] ?? `und-${script}`
}
