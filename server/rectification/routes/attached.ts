import type { Answer } from '../../platform/http/route.js'
import type { DrawLetter, LetterText } from '../../platform/kernel/letter.js'

/** A letter to take away. */
export async function pdfOf(
  { draw }: { readonly draw: DrawLetter },
  letter: LetterText,
  file: string,
): Promise<Answer> {
  return attached(await draw(letter), 'application/pdf', file)
}

/** Something to take away, under a name that tells of nobody. */
export function attached(body: Buffer | string, type: string, file: string): Answer {
  const headers = { 'Content-Disposition': `attachment; filename="${file}"` }
  return { kind: 'bytes', body, type, headers }
}
