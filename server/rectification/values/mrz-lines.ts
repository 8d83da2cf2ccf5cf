/** Signs that people and scanners write for the filler. */
const FILLERS = /[‹〈＜]/g
/** Two fillers beside each other come out of scanners, and of some keyboards, as one sign. */
const DOUBLE = /[«《]/g
const SPACES = /[^\S\n]+/g
/** Latin letters without marks alone: the capital of any other letter would be another letter. */
const SMALL = /[a-z]/g
const LENGTHS = [30, 36, 44]

/** All the characters of a zone in one line, without breaks: how often which length. */
const UNBROKEN: Readonly<Record<number, number>> = { 90: 30, 72: 36, 88: 44 }

/**
 * The lines of a zone as it was typed: without spaces, in capitals, with the one filler `<`. A zone
 * without line breaks is cut where its length tells how. No letter becomes a digit or the other way.
 */
export function mrzLines(text: string): string[] {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => plain(line))
    .filter((line) => line !== '')
  const [only = ''] = lines
  const length = UNBROKEN[only.length]
  return lines.length === 1 && length !== undefined ? cut(only, length) : lines
}

function plain(line: string): string {
  const typed = line.replace(SPACES, '').replace(FILLERS, '<').replace(SMALL, capital)
  const doubled = typed.replace(DOUBLE, '<<')
  const single = typed.replace(DOUBLE, '<')
  return LENGTHS.includes(single.length) ? single : doubled
}

function capital(letter: string): string {
  return letter.toUpperCase()
}

function cut(line: string, length: number): string[] {
  return Array.from({ length: line.length / length }, (_, place) =>
    line.slice(place * length, (place + 1) * length),
  )
}
