import { remembering } from '../../server/platform/kernel/remembering.js'

/** Doubles numbers, and notes which it was asked to double. */
function doubling(most: number) {
  const asked: number[] = []
  const double = remembering(most, String, (number: number) => {
    asked.push(number)
    return 2 * number
  })
  return { asked, double }
}

test('an answer is computed once per key', () => {
  const { asked, double } = doubling(10)
  expect([1, 2, 1, 2, 1].map(double)).toEqual([2, 4, 2, 4, 2])
  expect(asked).toEqual([1, 2])
})

test('an answer may be nothing, and is remembered all the same', () => {
  let asked = 0
  const nothing = remembering(10, String, (_question: number) => {
    asked += 1
    return undefined
  })
  expect([nothing(1), nothing(1)]).toEqual([undefined, undefined])
  expect(asked).toBe(1)
})

test('past the limit everything is forgotten, and still answered rightly', () => {
  const { asked, double } = doubling(2)
  expect([1, 2, 3, 3, 1].map(double)).toEqual([2, 4, 6, 6, 2])
  expect(asked).toEqual([1, 2, 3, 1])
})
