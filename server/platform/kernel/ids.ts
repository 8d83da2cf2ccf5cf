/** A string or number that the compiler keeps apart from its like. */
export type Branded<Value, Name extends string> = Value & { readonly __brand: Name }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether the text is a lower-case UUID of any version (subjects are hashes, so no version bits). */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

const DASH = 0x2d
const DIGITS = Buffer.from('0123456789abcdef')
/** Which of the 16 bytes stand behind a dash. */
const BEHIND_DASH = [4, 6, 8, 10]
const text = Buffer.alloc(36, DASH)

/** 16 bytes as a lower-case UUID; digit by digit, because every delivered access needs one. */
export function uuidOf(bytes: Uint8Array): string {
  let at = 0
  for (let i = 0; i < 16; i++) {
    const byte = bytes[i] as number
    if (BEHIND_DASH.includes(i)) at += 1
    text[at++] = DIGITS[byte >>> 4] as number
    text[at++] = DIGITS[byte & 0xf] as number
  }
  return text.toString('latin1')
}

/** The 16 bytes of a lower-case UUID. */
export function uuidBytes(uuid: string): Buffer {
  const bytes = Buffer.allocUnsafe(16)
  writeUuid(bytes, 0, uuid)
  return bytes
}

/** Writes the 16 bytes of a lower-case UUID, beginning at `at`. */
export function writeUuid(target: Uint8Array, at: number, uuid: string): void {
  let next = at
  for (let i = 0; i < uuid.length; i += 2) {
    if (uuid.charCodeAt(i) === DASH) i += 1
    target[next++] = (nibble(uuid.charCodeAt(i)) << 4) | nibble(uuid.charCodeAt(i + 1))
  }
}

function nibble(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57
}
