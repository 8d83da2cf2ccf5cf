import { CHECKS, faultsOf } from '../../server/catalogue/checks.js'
import { parseReference, type Reference } from '../../server/catalogue/reference.js'
import { entryIn, rawData, type RawData } from './files.js'
import { classed, flow, office, PLANTS } from './plants.js'

function referenceOf(raw: RawData): Reference {
  const { reference, faults } = parseReference(raw)
  if (reference === undefined) throw new Error(faults.join('\n'))
  return reference
}

describe('the reference data', () => {
  it('have the shape of their files', () => {
    expect(parseReference(rawData()).faults).toEqual([])
  })

  it('hold no fault', () => {
    expect(faultsOf(referenceOf(rawData()))).toEqual([])
  })

  it('have the size that their sources give them', () => {
    const lists = Object.entries(referenceOf(rawData())) as [string, readonly unknown[]][]
    const counts = lists.map(([list, all]) => [list, all.length])
    expect(Object.fromEntries(counts)).toEqual({
      authorities: 52 + 1,
      offices: 64,
      fields: 140 + 7,
      fieldGroups: 37,
      purposes: 62 + 4,
      legalBases: 184 + 4,
      flows: 452 + 4 * 19 + 2 + 20 + 2 + 21,
      consents: 17,
      rules: 91 + 8,
      units: 15,
      classes: 7,
      delays: 1,
    })
  })
})

describe('a planted fault', () => {
  const results = new Map<string, readonly (readonly string[])[]>()

  beforeAll(() => {
    for (const [name, spoil] of PLANTS) {
      const raw = rawData()
      spoil(raw)
      const reference = referenceOf(raw)
      results.set(
        name,
        CHECKS.map((check) => check(reference)),
      )
    }
  })

  it.each(PLANTS)('is found: %s', (name, _spoil, found) => {
    expect(results.get(name)?.flat()).toContainEqual(expect.stringMatching(found))
  })

  it('proves each check able to find one', () => {
    const silent = CHECKS.filter((_check, place) =>
      [...results.values()].every((byCheck) => byCheck[place]?.length === 0),
    )
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  it.each<readonly [string, (raw: RawData) => void, RegExp]>([
    [
      'a property that no shape has',
      (raw) => (office(raw).phone = '1'),
      /instances.json: i.pf.abh: .*"phone"/,
    ],
    ['a missing property', (raw) => delete office(raw).demo, /instances.json: i.pf.abh.demo: /],
    [
      'a key that is a number',
      (raw) => (office(raw).ags = 8231000),
      /instances.json: i.pf.abh.ags: /,
    ],
    [
      'a word outside its list',
      (raw) => (flow(raw).disclosure = 'maybe'),
      /flows.json: f.azr.*7368fb.disclosure: /,
    ],
    [
      'a code with a space',
      (raw) => (entryIn(raw.units, 'records').code = 'the records'),
      /units.json: the records.code: is no code/,
    ],
    [
      'an entry without a code',
      (raw) => delete entryIn(raw.units, 'front_desk').code,
      /units.json: #0.code: /,
    ],
    [
      'a shared flow without its recipient',
      (raw) => (raw.portal.flows![0]!.codePattern = 'f.portal'),
      /portal.json: flows.#0.codePattern: names no \{recipient\}/,
    ],
    [
      'a class number beyond its twin',
      (raw) => (classed(raw, 'azr').number = 100),
      /classes.json: azr.number: /,
    ],
    ['a file that is no list', (raw) => Object.assign(raw, { rules: {} }), /rules.json: /],
  ])('of shape is found: %s', (_name, spoil, found) => {
    const raw = rawData()
    spoil(raw)
    const { reference, faults } = parseReference(raw)
    expect(reference).toBeUndefined()
    expect(faults).toContainEqual(expect.stringMatching(found))
  })
})
