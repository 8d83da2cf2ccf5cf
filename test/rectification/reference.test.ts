import fc from 'fast-check'
import { seededRandom } from '../../server/platform/kernel/random.js'
import {
  newReference,
  parseReference,
  REFERENCE_ALPHABET,
  REFERENCE_LENGTH,
  shownReference,
  type Reference,
} from '../../server/rectification/reference.js'

const random = seededRandom('references')
const many = Array.from({ length: 2000 }, () => newReference(random))
const changed = (reference: string, at: number, character: string) =>
  reference.slice(0, at) + character + reference.slice(at + 1)

describe('a reference', () => {
  it('has eight characters that nobody mistakes for others', () => {
    for (const reference of many) {
      expect(reference).toMatch(/^[23456789CDFGHJKMNPQRTWX]{8}$/)
      expect(reference).toHaveLength(REFERENCE_LENGTH)
    }
    expect(REFERENCE_ALPHABET).not.toMatch(/[01OILAEUSZBVY]/)
    expect(new Set(REFERENCE_ALPHABET).size).toBe(23)
  })

  it('is drawn evenly at every place, and hardly ever twice', () => {
    for (let at = 0; at < REFERENCE_LENGTH; at++) {
      const counts = [...REFERENCE_ALPHABET].map(
        (character) => many.filter((reference) => reference[at] === character).length,
      )
      const expected = many.length / REFERENCE_ALPHABET.length
      const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      expect(chi).toBeLessThan(48.3)
    }
    expect(new Set(many).size).toBe(many.length)
  })

  it('comes back however it was typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...many),
        fc.array(fc.constantFrom('', ' ', '-', '–', '\u00a0', '\t', '−'), {
          minLength: 9,
          maxLength: 9,
        }),
        fc.boolean(),
        (reference, between, small) => {
          const typed = between.map((sign, at) => sign + (reference[at] ?? '')).join('')
          const raw = small ? typed.toLowerCase() : typed
          expect(parseReference(raw)).toEqual({ ok: true, value: reference })
        },
      ),
    )
    const [one = '' as Reference] = many
    expect(shownReference(one)).toBe(`${one.slice(0, 4)}-${one.slice(4)}`)
    expect(parseReference(shownReference(one))).toEqual({ ok: true, value: one })
  })

  it('betrays each wrong character and each exchange of two', () => {
    for (const reference of many.slice(0, 60)) {
      for (let at = 0; at < REFERENCE_LENGTH; at++) {
        for (const character of REFERENCE_ALPHABET.replace(reference[at] ?? '', '')) {
          const refused = parseReference(changed(reference, at, character))
          expect(refused).toEqual({ ok: false, refusal: { code: 'CHECK' } })
        }
        for (let other = at + 1; other < REFERENCE_LENGTH; other++) {
          const [here = '', there = ''] = [reference[at], reference[other]]
          const swapped = changed(changed(reference, at, there), other, here)
          expect(parseReference(swapped).ok).toBe(here === there)
        }
      }
    }
  })

  it.each([
    ['', { code: 'LENGTH', found: 0 }],
    ['2222222', { code: 'LENGTH', found: 7 }],
    ['222222222', { code: 'LENGTH', found: 9 }],
    ['2222-222O', { code: 'CHARACTER', character: 'O' }],
    ['2222-222ß', { code: 'CHARACTER', character: 'S' }],
    ['2222-222٣', { code: 'CHARACTER', character: '٣' }],
    ['2222-222😀', { code: 'CHARACTER', character: '😀' }],
  ])('is not %j', (raw, refusal) => {
    expect(parseReference(raw)).toEqual({ ok: false, refusal })
  })
})
