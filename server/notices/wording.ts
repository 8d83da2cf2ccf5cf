import type { Language } from '../platform/http/languages.js'
import type { Translate } from '../platform/http/texts.js'

/** One language of a mail. */
export interface Voice {
  readonly t: Translate
  readonly language: Pick<Language, 'tag' | 'direction'>
}

/** What a mail says. Nothing in it tells what happened, who writes, or to whom. */
export interface Wording {
  readonly subject: string
  readonly text: string
}

const NEWS = ['news', 'open', 'noLink', 'stop'] as const
const PROOF = ['code', 'type', 'ignore'] as const

/** German, and below it the reader's language: whoever helps may read only one of them. */
export function wordingOf(voices: readonly [Voice, ...Voice[]], code: string | undefined): Wording {
  const lines = code === undefined ? NEWS : PROOF
  const subject = code === undefined ? 'subject' : 'codeSubject'
  const said = voices.map(({ t, language }) => ({
    subject: turned(language, t(`notices:mail.${subject}`)),
    text: lines
      .map((line) => t(`notices:mail.${line}`, line === 'code' ? { code: grouped(code) } : {}))
      .map((line) => turned(language, line))
      .join('\n'),
  }))
  return {
    subject: said.map((one) => one.subject).join(' / '),
    text: `${said.map((one) => one.text).join('\n\n—\n\n')}\n`,
  }
}

/** Each line by itself, because an isolate ends with its line (UAX 9, rule X8). */
function turned({ direction }: Voice['language'], line: string): string {
  return direction === 'rtl' ? `\u2067${line}\u2069` : line
}

/** In fours, and from left to right in every script. */
function grouped(code = ''): string {
  return `\u2066${code.replace(/^(\d{4})(\d{4})$/, '$1 $2')}\u2069`
}
