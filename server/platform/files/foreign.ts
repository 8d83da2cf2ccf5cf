const ZIP_END = Buffer.from('PK\x05\x06', 'latin1')
/** The same with the numbers of the disk, which are zero in every archive of one file. */
const ZIP_END_ANYWHERE = Buffer.from('PK\x05\x06\0\0\0\0', 'latin1')
/** Programs look for the end of an archive in its last 22 bytes and 64 KiB of comment. */
const ZIP_TAIL = 22 + 0xffff
const ARCHIVES = [
  Buffer.from('Rar!\x1a\x07', 'latin1'),
  Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'),
]
const PDF = Buffer.from('%PDF-', 'latin1')
const MARKUP = /<(?:script|!doctype|html|iframe|\?php)/i

/** Whether archive programs would open these bytes as well. */
export function holdsArchive(bytes: Buffer): boolean {
  const tail = bytes.subarray(-ZIP_TAIL)
  if (tail.includes(ZIP_END) || bytes.includes(ZIP_END_ANYWHERE)) return true
  return ARCHIVES.some((mark) => bytes.includes(mark))
}

/** Whether PDF readers, which look for a header further on, would open the bytes of a picture as well. */
export function holdsPdf(bytes: Buffer): boolean {
  return bytes.includes(PDF)
}

/** Whether a browser that guesses types could take the bytes of a picture for a page. */
export function holdsMarkup(bytes: Buffer): boolean {
  return MARKUP.test(bytes.toString('latin1'))
}
