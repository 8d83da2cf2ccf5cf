/** What the catalogue has for a number of a row; a row never holds one that it never had. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a row holds a number that the catalogue never had')
  return value
}
