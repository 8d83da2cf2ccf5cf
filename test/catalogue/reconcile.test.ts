import type { Definition } from '../../server/catalogue/definitions.js'
import { planOf, type StoredTerm } from '../../server/catalogue/reconcile.js'

const wanted = (kind: Definition['kind'], code: string): Definition => ({ kind, code, body: {} })
const stored = (
  kind: StoredTerm['kind'],
  id: number,
  code: string,
  retired = false,
): StoredTerm => ({
  ...{ kind, id, code, retired },
  body: {},
})
const numbers = (plan: ReturnType<typeof planOf>) => plan.fresh.map(({ code, id }) => [code, id])

describe('a content compared with the stored codes', () => {
  it('numbers the first codes from one, in their order', () => {
    const plan = planOf([wanted('field', 'a'), wanted('field', 'b'), wanted('unit', 'c')], [])
    expect(numbers(plan)).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 1],
    ])
  })

  it('numbers authorities and offices in one sequence', () => {
    const plan = planOf(
      [wanted('authority', 'abh'), wanted('office', 'i.abh'), wanted('authority', 'bva')],
      [stored('office', 7, 'i.old')],
    )
    expect(numbers(plan)).toEqual([
      ['abh', 8],
      ['i.abh', 9],
      ['bva', 10],
    ])
  })

  it('gives no number twice, not even that of a retired code', () => {
    const plan = planOf([wanted('unit', 'new')], [stored('unit', 3, 'old', true)])
    expect(numbers(plan)).toEqual([['new', 4]])
  })

  it('keeps codes that are there, and brings a retired one back under its number', () => {
    const plan = planOf([wanted('unit', 'a')], [stored('unit', 1, 'a', true)])
    expect(plan).toEqual({ fresh: [], vanished: [], faults: [] })
  })

  it('names what has vanished, once', () => {
    const rows = [stored('unit', 1, 'a'), stored('unit', 2, 'b', true), stored('field', 1, 'c')]
    expect(planOf([wanted('field', 'c')], rows).vanished).toEqual([rows[0]])
  })

  it('takes the same code in two kinds for two', () => {
    const plan = planOf([wanted('purpose', 'a')], [stored('unit', 5, 'a')])
    expect(numbers(plan)).toEqual([['a', 1]])
    expect(plan.vanished).toHaveLength(1)
  })

  it('refuses a field whose number would not fit into an entry', () => {
    const full = [stored('field', 32_766, 'last but one')]
    const plan = planOf([wanted('field', 'last'), wanted('field', 'beyond')], full)
    expect(plan.faults).toEqual(['field beyond: no number up to 32767 is left'])
  })
})
