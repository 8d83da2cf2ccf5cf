/** What stands for a character that no file can hold. */
export const REPLACEMENT = '\ufffd'

const LINE_ENDS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g
/** Joiners are letters' business (Persian needs them); everything else that is invisible goes. */
const INVISIBLE =
  /(?![\u200c\u200d\n])[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu
/** Lone surrogates, private use and characters that Unicode does not have (ISO 19005-2, 6.2.11.7). */
const NO_CHARACTER = /[\p{Cs}\p{Co}\p{Cn}]/gu
/** More marks than any language puts on a letter would run over the lines above. */
const TOWERS = /(\p{M}{4})\p{M}+/gu

/** Most texts hold nothing to clean. */
const PLAIN = /^[ -~\u00a0-\u00ac\u00ae-\u017f]*$/

/**
 * Text as it may be drawn: NFC, `\n` as the only control, no bidi controls and nothing invisible
 * but the joiners; what is no character becomes U+FFFD.
 */
export function clean(text: string): string {
  if (PLAIN.test(text)) return text
  return text
    .replace(LINE_ENDS, '\n')
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, '')
    .replace(NO_CHARACTER, REPLACEMENT)
    .normalize('NFC')
    .replace(TOWERS, '$1')
}
