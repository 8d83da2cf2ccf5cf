import type { Answer } from '../../platform/http/route.js'
import type { LetterText } from '../../platform/kernel/letter.js'
import { drawLetter } from '../service/letters.js'

/** A letter to take away. */
export async function pdfOf(letter: LetterText, file: string): Promise<Answer> {
  return attached(await drawLetter(letter), 'application/pdf', file)
}

/** Something to take away, under a name that tells of nobody. */
export function attached(body: Buffer | string, type: string, file: string): Answer {
  const headers = { 'Content-Disposition': `attachment; filename="${file}"` }
  return { kind: 'bytes', body, type, headers }
}
