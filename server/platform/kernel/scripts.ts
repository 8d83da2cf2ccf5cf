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

/** Groups of digits that a text from the right would turn round, such as a telephone number. */
const GROUPS = /\+?[0-9][0-9./,:]*(?:[ -]+\(?[0-9][0-9./,:]*\)?)+/g
/** What stands between letters that run one way and letters that run the other: first theirs, then the next ones'. */
const BEHIND = /^.*[0-9]/su
const BEFORE = /[§+0-9][0-9 ./,:§+-]*$/

/** Signs between letters of one script are that script's; at other places they belong to the first script of all. */
function stretchesOf(text: string): readonly Stretch[] {
  const main = Array.from(text, scriptOf).find((script) => script !== undefined) ?? 'other'
  const stretches: Stretch[] = [{ script: main, text: '' }]
  const add = (script: Script, more: string) => {
    const last = stretches.at(-1)
    if (last?.script === script) last.text += more
    else if (more !== '') stretches.push({ script, text: more })
  }
  const place = (signs: string, after: Script) => {
    const before = stretches.at(-1)?.script ?? main
    for (const [script, more] of placed(signs, { before, after, main })) add(script, more)
  }
  let signs = ''
  for (const { char, script } of lettersOf(text, main)) {
    if (script === undefined) signs += char
    else {
      place(signs, script)
      add(script, char)
      signs = ''
    }
  }
  place(signs, main)
  return stretches
}

/** Characters with their script; a number in groups counts as letters that run its way. */
function* lettersOf(
  text: string,
  main: Script,
): Generator<{ readonly char: string; readonly script: Script | undefined }> {
  const groups = main === 'Arab' ? [...text.matchAll(GROUPS)] : []
  let at = 0
  for (const char of text) {
    const isInGroup = groups.some(({ index, 0: all }) => at >= index && at < index + all.length)
    yield { char, script: isInGroup ? 'other' : scriptOf(char) }
    at += char.length
  }
}

interface Around {
  readonly before: Script
  readonly after: Script
  readonly main: Script
}

/** In a text from the right numbers belong to the letters beside them: a file number and a law stay whole. */
function placed(
  signs: string,
  { before, after, main }: Around,
): readonly (readonly [Script, string])[] {
  if (before === after) return [[before, signs]]
  if (main !== 'Arab') return [[main, signs]]
  const behind = before === 'Arab' ? '' : (BEHIND.exec(signs)?.[0] ?? '')
  const rest = signs.slice(behind.length)
  const ahead = after === 'Arab' ? '' : (BEFORE.exec(rest)?.[0] ?? '')
  return [
    [before, behind],
    [main, rest.slice(0, rest.length - ahead.length)],
    [after, ahead],
  ]
}

function languageIn(script: 'Arab' | 'Cyrl', text: string): string {
  const own = TELLS[script].find(([letters]) => letters.test(text))
  return own?.[1] ?? `und-${script}`
}
