import type { FileFault } from './verdict.js'

/** A value of a PDF file, as far as looking for dangers needs it; texts and keywords are `other`. */
export type PdfValue =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'reference'; readonly object: number }
  | { readonly kind: 'dictionary'; readonly entries: readonly PdfEntry[] }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'null' | 'other' }

/** A key may stand twice: readers differ in which one counts, so both are looked at. */
export type PdfEntry = readonly [key: string, value: PdfValue]

/** Why reading stopped; caught by `pdfFault` alone. */
export class PdfRefusal extends Error {
  constructor(readonly code: FileFault) {
    super(code)
  }
}

/** How much of a file is read at all, in values: bounds time and memory, whatever the file says. */
export interface Budget {
  values: number
}

/** As many bytes of a text, a comment, a word or white space cost one value: they may be read again and again. */
const BYTES_PER_VALUE = 64

/** Values inside one another; real files stay below thirty. */
const DEEPEST = 60
const OTHER: PdfValue = { kind: 'other' }
const NULL: PdfValue = { kind: 'null' }

/** White space and delimiters end a name, a number or a keyword (ISO 32000-1, section 7.2.2). */
const ENDS = new Set([...'\0\t\n\f\r ()<>[]{}/%'].map((char) => char.charCodeAt(0)))
const SPACES = new Set([...'\0\t\n\f\r '].map((char) => char.charCodeAt(0)))
const [ZERO, NINE, LETTER_R] = [0x30, 0x39, 0x52]
const [BACKSLASH, PERCENT, SLASH, LESS, GREATER, LF, CR] = [
  0x5c, 0x25, 0x2f, 0x3c, 0x3e, 0x0a, 0x0d,
]
const [OPEN_ROUND, CLOSE_ROUND, OPEN_SQUARE, CLOSE_SQUARE] = [0x28, 0x29, 0x5b, 0x5d]

/** Reads values one after the other (section 7.3), as forgivingly as the readers that people use. */
export class PdfReader {
  constructor(
    readonly bytes: Buffer,
    public at: number,
    private readonly budget: Budget,
  ) {}

  /** The next value; throws BROKEN where a dictionary or an array never ends, TOO_COMPLEX beyond the budget. */
  value(depth = 0): PdfValue {
    this.skipSpace()
    this.spend(1)
    if (depth > DEEPEST) throw new PdfRefusal('TOO_COMPLEX')
    const byte = this.bytes[this.at]
    if (byte === undefined) throw new PdfRefusal('BROKEN')
    if (byte === SLASH) return { kind: 'name', name: this.name() }
    if (byte === OPEN_ROUND) return this.text()
    if (byte === OPEN_SQUARE) return this.array(depth)
    if (byte === LESS) return this.bytes[this.at + 1] === LESS ? this.dictionary(depth) : this.hex()
    if (ENDS.has(byte)) {
      this.at += 1
      return OTHER
    }
    return this.word()
  }

  /** White space and comments. Both are paid for: every array that is open around them reads them again. */
  skipSpace(): void {
    for (;;) {
      let place = this.at
      while (place < this.bytes.length && SPACES.has(this.bytes[place] ?? 0)) place += 1
      this.goTo(place)
      if (this.bytes[place] !== PERCENT) return
      this.skipLine()
    }
  }

  /** Whether a keyword stands here; steps over it if so. */
  keyword(word: string): boolean {
    this.skipSpace()
    const isHere = this.bytes.toString('latin1', this.at, this.at + word.length) === word
    if (isHere) this.at += word.length
    return isHere
  }

  private spend(values: number): void {
    this.budget.values -= values
    if (this.budget.values < 0) throw new PdfRefusal('TOO_COMPLEX')
  }

  /** Moves on, and pays for the bytes in between. */
  private goTo(place: number): void {
    this.spend((place - this.at) / BYTES_PER_VALUE)
    this.at = place
  }

  private skipLine(): void {
    let place = this.at
    while (place < this.bytes.length && !isLineEnd(this.bytes[place])) place += 1
    this.goTo(place)
  }

  private bare(): string {
    const begin = this.at
    let place = begin
    while (place < this.bytes.length && !ENDS.has(this.bytes[place] ?? 0)) place += 1
    this.goTo(place)
    return this.bytes.toString('latin1', begin, place)
  }

  /** A name is what it means: `/J#53` is `/JS` (section 7.3.5). */
  private name(): string {
    this.at += 1
    const written = this.bare()
    if (!written.includes('#')) return written
    return written.replace(/#([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  private word(): PdfValue {
    const written = this.bare()
    if (written === 'null') return NULL
    if (!/^[+-]?[\d.]+$/.test(written)) return OTHER
    return /^\d{1,10}$/.test(written) && this.referenced()
      ? { kind: 'reference', object: Number(written) }
      : { kind: 'number', number: Number(written) }
  }

  /** Whether generation and `R` follow the number that was just read; steps over them if so. */
  private referenced(): boolean {
    const afterNumber = this.pastWhile(this.at, (byte) => SPACES.has(byte))
    const afterGeneration = this.pastWhile(afterNumber, isDigit)
    const letter = this.pastWhile(afterGeneration, (byte) => SPACES.has(byte))
    if (afterGeneration === afterNumber || letter === afterGeneration) return false
    if (this.bytes[letter] !== LETTER_R || !ENDS.has(this.bytes[letter + 1] ?? 0)) return false
    this.at = letter + 1
    return true
  }

  /** The first place that is not of a kind; no further than any generation and its spaces reach. */
  private pastWhile(begin: number, isSuch: (byte: number) => boolean): number {
    let place = begin
    while (place < begin + BYTES_PER_VALUE && isSuch(this.bytes[place] ?? -1)) place += 1
    return place
  }

  private text(): PdfValue {
    let open = 0
    let place = this.at
    do {
      const byte = this.bytes[place]
      if (byte === BACKSLASH) place += 1
      else if (byte === OPEN_ROUND) open += 1
      else if (byte === CLOSE_ROUND) open -= 1
      place += 1
    } while (open > 0 && place < this.bytes.length)
    this.goTo(place)
    if (open > 0) throw new PdfRefusal('BROKEN')
    return OTHER
  }

  private hex(): PdfValue {
    const end = this.bytes.indexOf(GREATER, this.at)
    this.goTo(end < 0 ? this.bytes.length : end + 1)
    if (end < 0) throw new PdfRefusal('BROKEN')
    return OTHER
  }

  private array(depth: number): PdfValue {
    this.at += 1
    const items: PdfValue[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === CLOSE_SQUARE) break
      items.push(this.value(depth + 1))
    }
    this.at += 1
    return { kind: 'array', items }
  }

  /** What stands where a key should stand is passed over, as readers do. */
  private dictionary(depth: number): PdfValue {
    this.at += 2
    const entries: PdfEntry[] = []
    for (;;) {
      this.skipSpace()
      if (this.bytes[this.at] === GREATER) break
      const key = this.value(depth + 1)
      if (key.kind === 'name') entries.push([key.name, this.valueOfKey(depth)])
    }
    this.at += this.bytes[this.at + 1] === GREATER ? 2 : 1
    return { kind: 'dictionary', entries }
  }

  /** A key without a value at the end of its dictionary has none. */
  private valueOfKey(depth: number): PdfValue {
    this.skipSpace()
    return this.bytes[this.at] === GREATER ? NULL : this.value(depth + 1)
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LF || byte === CR
}
