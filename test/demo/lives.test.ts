import type { Catalogue } from '../../server/catalogue/index.js'
import { ACTS } from '../../server/demo/acts.js'
import { crowdOf } from '../../server/demo/crowd.js'
import { numbersOf, type ToldAccess } from '../../server/demo/history.js'
import { RESIDENTS } from '../../server/demo/people.js'
import { histories, isShown, NOW, rawData, realCatalogue, sharing, sidesOf } from './world.js'

let catalogue: Catalogue
let told: ReadonlyMap<string, readonly ToldAccess[]>

beforeAll(async () => {
  catalogue = await realCatalogue()
  told = histories(catalogue)
})

const of = (name: string) => told.get(name) ?? []

/** Months and years of an ISO 8601 duration added by the calendar, as a day. */
function ends(day: string, period: string): string {
  const [, amount = '0', unit] = /^P(\d+)([MY])$/.exec(period) ?? []
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const months = year * 12 + month - 1 + Number(amount) * (unit === 'Y' ? 12 : 1)
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
  const end = new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, last)))
  return end.toISOString().slice(0, 10)
}

describe('no access of the demonstration', () => {
  const classes = rawData<{ registers: string[]; period: string | null }>('classes')
  const periodOf = (register: string) =>
    classes.find(({ registers }) => registers.includes(register))?.period ?? 'P1Y'

  it.each(['2026-11-22', '2027-03-31', '2028-02-29', '2026-08-31', '2027-01-01'])(
    'is older than its class allows, nor of today, on %s',
    (today) => {
      const now = new Date(`${today}T06:00:00Z`)
      const all = [...histories(catalogue, { now }).values()].flat()
      expect(all.length).toBeGreaterThan(500)
      for (const one of all) {
        const register = sharing(one)[0]?.register ?? 'azr'
        const day = one.access.occurredAt.slice(0, 10)
        expect(ends(day, periodOf(register)) > today).toBe(true)
        expect(day < today).toBe(true)
      }
    },
  )

  it('leaves the periods of retention empty', () => {
    const oldest = new Map<string, string>()
    for (const one of [...told.values()].flat()) {
      const register = sharing(one)[0]?.register ?? ''
      const day = one.access.occurredAt.slice(0, 10)
      oldest.set(register, [oldest.get(register) ?? day, day].sort()[0] ?? day)
    }
    expect((oldest.get('azr') ?? '') < '2026-06-05').toBe(true)
    expect((oldest.get('melderegister') ?? '') < '2026-02-01').toBe(true)
    expect((oldest.get('idnr') ?? '') < '2025-11-22').toBe(true)
  })
})

describe('a person who moved', () => {
  it.each([
    ['resident-uk', 95, /^i\.bl\./, /^i\.(rt|lr)\./],
    ['resident-tr', 75, /^i\.(st|vr)\./, /^i\.(pf|en)\./],
  ] as const)('is known to the new offices after the move: %s', (name, days, old, fresh) => {
    const moved = NOW.getTime() - days * 86_400_000
    const acting = (one: ToldAccess, where: RegExp) =>
      Object.values(sidesOf(one)).some((code) => where.test(code))
    const early = of(name).filter(({ at }) => at < moved)
    const late = of(name).filter(({ at }) => at >= moved)
    expect(early.filter((one) => acting(one, fresh))).toEqual([])
    expect(early.some((one) => acting(one, old))).toBe(true)
    expect(late.some((one) => acting(one, fresh))).toBe(true)
    const still = late.filter((one) => acting(one, old))
    expect(new Set(still.map(({ access }) => access.operation))).toEqual(new Set(['erase']))
  })

  it('has nothing erased that the same office did not store before', () => {
    const erased = [...told.values()].flat().filter(({ access }) => access.operation === 'erase')
    expect(erased.length).toBeGreaterThanOrEqual(4)
    for (const end of erased) {
      const before = of(end.person.name).filter(
        ({ at, access, deliverer }) =>
          at < end.at && access.operation === 'store' && deliverer === end.deliverer,
      )
      const stored = before.flatMap(({ access }) => access.fields)
      for (const field of end.access.fields) expect(stored).toContain(field)
    }
  })
})

describe('a citizen of the Union', () => {
  const fields = rawData<{ code: string; storedForEuCitizens: boolean | null }>('fields')

  it('has no photo, address or fingerprints in the register', () => {
    const kept = new Set(of('resident-en').flatMap(({ access }) => access.fields))
    const forbidden = fields.filter(({ storedForEuCitizens }) => storedForEuCitizens === false)
    expect(forbidden.filter(({ code }) => kept.has(code))).toEqual([])
    expect([...kept].filter((code) => /photo|fingerprint|azr\.address/.test(code))).toEqual([])
  })

  it('meets only flows that apply under free movement, each with their fields alone', () => {
    for (const one of of('resident-en')) {
      const open = sharing(one).filter(({ appliesTo }) => appliesTo.includes('eu_free_movement'))
      const allowed = open.flatMap((flow) => flow.fieldCodesForEuCitizens ?? flow.fieldCodes)
      for (const field of one.access.fields) expect(allowed).toContain(field)
    }
  })

  it('is told no other way in the crowd', () => {
    const people = crowdOf(200, 'mirat').filter(({ freeMovement }) => freeMovement)
    expect(people.length).toBeGreaterThan(5)
    const crowd = [...histories(catalogue, { people }).values()].flat()
    const forbidden = new Set(
      fields.flatMap(({ code, storedForEuCitizens }) =>
        storedForEuCitizens === false ? [code] : [],
      ),
    )
    expect(crowd.filter(({ access }) => access.fields.some((code) => forbidden.has(code)))).toEqual(
      [],
    )
  })
})

describe('the twins', () => {
  const withoutNumber = ({ at, deliverer, access }: ToldAccess) => {
    const { subject, ...rest } = access
    return { at, deliverer, ...rest, scheme: subject.scheme }
  }

  it('differ in what is not shown, and in their numbers alone', () => {
    const withheld = of('resident-withheld')
    const hidden = withheld.filter((one) => !isShown(one))
    expect(withheld.filter(isShown).map(withoutNumber)).toEqual(
      of('resident-plain').map(withoutNumber),
    )
    expect(of('resident-plain').every(isShown)).toBe(true)
    const sorts = hidden.flatMap((one) => sharing(one).map(({ disclosure }) => disclosure))
    expect(new Set(sorts)).toEqual(new Set(['withheld', 'body_consent', 'case_review', 'open']))
    expect(hidden.filter(({ access }) => access.disclosure === 'case_review')).toHaveLength(1)
    expect(hidden.filter(({ access }) => access.holdUntil !== undefined)).toHaveLength(1)
  })

  it('share no number, and have the same sorts of numbers from the same offices', () => {
    const [withheld, plain] = ['resident-withheld', 'resident-plain'].map((name) => {
      const person = RESIDENTS.find((one) => one.name === name)
      return person === undefined ? [] : numbersOf(person, of(name), 'mirat')
    })
    const sorts = (numbers: typeof plain) =>
      (numbers ?? []).map(({ scheme, authority }) => `${scheme} ${authority ?? ''}`).sort()
    expect(sorts(withheld)).toEqual(sorts(plain))
    const values = new Set(withheld?.map(({ value }) => value))
    expect(plain?.filter(({ value }) => values.has(value))).toEqual([])
    expect(plain?.length).toBeGreaterThan(3)
  })

  it('are the only ones with anything hidden for good; one more has something held back', () => {
    for (const [name, history] of told) {
      if (name === 'resident-withheld') continue
      const hidden = history.filter((one) => !isShown(one))
      expect([name, hidden.length]).toEqual([name, name === 'resident-tr' ? 2 : 0])
    }
  })
})

describe('the crowd', () => {
  it('is the same for the same seed, and each has a number of their own', () => {
    const people = crowdOf(120, 'mirat')
    expect(crowdOf(120, 'mirat')).toEqual(people)
    expect(crowdOf(60, 'mirat')).toEqual(people.slice(0, 60))
    expect(crowdOf(120, 'other')).not.toEqual(people)
    const crowd = histories(catalogue, { people: [...RESIDENTS, ...people] })
    const numbers = [...RESIDENTS, ...people].map((person) =>
      numbersOf(person, crowd.get(person.name) ?? [], 'mirat').map(
        ({ scheme, value, authority = '' }) => `${scheme} ${authority} ${value}`,
      ),
    )
    expect(new Set(numbers.flat()).size).toBe(numbers.flat().length)
    expect([...crowd.values()].filter((history) => history.length < 3)).toEqual([])
  })
})

describe('every act', () => {
  it('happens to somebody', () => {
    const steps = [...RESIDENTS, ...crowdOf(200, 'mirat')].flatMap(({ course, withheld = [] }) => [
      ...course,
      ...withheld,
    ])
    const used = new Set<string>(steps.map(({ act }) => act))
    expect(Object.keys(ACTS).filter((name) => !used.has(name))).toEqual([])
  })
})
