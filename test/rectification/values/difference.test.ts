import fc from 'fast-check'
import { difference, MOST_COMPARED } from '../../../server/rectification/values/difference.js'

const joined = (kinds: readonly string[], stretches: ReturnType<typeof difference>) =>
  stretches
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ text }) => text)
    .join('')

describe('the difference of two values', () => {
  it.each([
    ['Mohamed', 'Muhammad', '=M -o +u =ham -e +ma =d'],
    ['Ali', 'Ali', '=Ali'],
    ['', 'Ali', '+Ali'],
    ['Ali', '', '-Ali'],
    ['', '', ''],
    ['Müller', 'Mu\u0308ller', '=Müller'],
    ['Muller', 'Müller', '=M -u +ü =ller'],
    ['Khan', 'K͟han', '-K +K͟ =han'],
    ['علي', 'علی', '=عل -ي +ی'],
    ['abc', 'xyz', '-abc +xyz'],
  ])('from %s to %s is %s', (stored, requested, expected) => {
    const signs = { same: '=', removed: '-', added: '+' }
    const shown = difference(stored, requested).map(({ kind, text }) => signs[kind] + text)
    expect(shown.join(' ')).toBe(expected)
  })

  it('gives back both values, and keeps as much as can be kept', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ü', '😀'), maxLength: 12 })
    fc.assert(
      fc.property(word, word, (stored, requested) => {
        const stretches = difference(stored, requested)
        expect(joined(['same', 'removed'], stretches)).toBe(stored)
        expect(joined(['same', 'added'], stretches)).toBe(requested)
        const kept = [...joined(['same'], stretches)].length
        expect(kept).toBe(common([...stored], [...requested]))
        expect(stretches.every(({ kind }, i) => kind !== stretches[i - 1]?.kind)).toBe(true)
      }),
    )
  })

  it('compares no longer than a reader would', () => {
    const long = 'a'.repeat(MOST_COMPARED)
    expect(difference(`${long}b`, long)).toEqual([
      { kind: 'removed', text: `${long}b` },
      { kind: 'added', text: long },
    ])
    expect(difference(`${long}ü`, `${long}u\u0308`)).toEqual([{ kind: 'same', text: `${long}ü` }])
    expect(difference(long, `${long.slice(1)}b`)).toHaveLength(3)
  })
})

/** The length of the longest common subsequence, by its plain definition with a memory. */
function common(one: readonly string[], other: readonly string[]): number {
  const known = new Map<string, number>()
  const of = (i: number, j: number): number => {
    if (i === one.length || j === other.length) return 0
    const key = `${i} ${j}`
    const found =
      known.get(key) ??
      (one[i] === other[j] ? 1 + of(i + 1, j + 1) : Math.max(of(i + 1, j), of(i, j + 1)))
    known.set(key, found)
    return found
  }
  return of(0, 0)
}
