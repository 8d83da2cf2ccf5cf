import type { Catalogue } from '../../server/catalogue/index.js'
import type { ToldAccess } from '../../server/demo/history.js'
import { RESIDENTS } from '../../server/demo/people.js'
import {
  flowsOf,
  histories,
  kindOf,
  KINDS_WITH_OFFICES,
  NOW,
  rawData,
  realCatalogue,
  sharing,
  sidesOf,
} from './world.js'

let catalogue: Catalogue
let told: ReadonlyMap<string, readonly ToldAccess[]>
let all: readonly ToldAccess[]

beforeAll(async () => {
  catalogue = await realCatalogue()
  told = histories(catalogue)
  all = [...told.values()].flat()
})

const of = (name: string) => told.get(name) ?? []
const accesses = (history: readonly ToldAccess[]) => history.map(({ access }) => access)

describe('the histories of the demonstration', () => {
  it('are the same for the same seed and day', () => {
    expect(histories(catalogue)).toEqual(told)
  })

  it('are others for another seed', () => {
    const other = histories(catalogue, { seed: 'other' })
    const times = (history: readonly ToldAccess[]) => history.map(({ at }) => at)
    const numbers = (history: readonly ToldAccess[]) =>
      new Set(history.map(({ access }) => access.subject.value))
    for (const { name } of RESIDENTS) {
      expect(times(other.get(name) ?? [])).not.toEqual(times(of(name)))
      expect(
        [...numbers(other.get(name) ?? [])].filter((one) => numbers(of(name)).has(one)),
      ).toEqual([])
    }
  })

  it('are told from the oldest access on', () => {
    for (const history of told.values()) {
      const times = history.map(({ at }) => at)
      expect(times).toEqual([...times].sort((one, other) => one - other))
    }
  })

  it('fill one page of most people, many pages of one, and little of a citizen of the Union', () => {
    const counts = Object.fromEntries([...told].map(([name, history]) => [name, history.length]))
    expect(counts['resident-ar']).toBeGreaterThan(150)
    expect(counts['resident-en']).toBeLessThan(20)
    for (const name of ['resident-fa', 'resident-uk', 'resident-tr', 'resident-ru']) {
      expect(counts[name]).toBeGreaterThanOrEqual(25)
      expect(counts[name]).toBeLessThanOrEqual(90)
    }
  })

  it('name an access of the last thirty days for everybody', () => {
    const monthAgo = NOW.getTime() - 30 * 86_400_000
    for (const history of told.values()) expect(history.at(-1)?.at).toBeGreaterThan(monthAgo)
  })
})

describe('an access of the demonstration', () => {
  it('keeps to a flow of the catalogue, but for the few that are told to be flagged', () => {
    const beyond = all.filter((one) => {
      const allowed = new Set(flowsOf(one).flatMap(({ fieldCodes }) => fieldCodes))
      return one.access.fields.some((field) => !allowed.has(field))
    })
    expect(beyond.map(({ person, access }) => [person.name, access.fields.join(' ')])).toEqual([
      ['resident-ar', expect.stringContaining('azr.religion')],
      ['resident-ar', 'vol.cv vol.case_notes'],
      ['resident-fa', 'azr.schooling'],
      ['resident-withheld', expect.stringContaining('mr.religion_membership')],
    ])
    expect(beyond.map((one) => kindOf(sidesOf(one).source))).toContain('schule')
  })

  it('cites a consent where it rests on one, in one case one that nobody gave', () => {
    const cited = all.filter(({ access }) => access.consentId !== undefined)
    expect(cited.map(({ person }) => person.name)).toEqual(['resident-uk'])
    const citing = all.filter(({ access, cites }) => access.consentId !== undefined || cites)
    const voluntary = all.filter((one) => sharing(one).some((flow) => flow.voluntary))
    expect(voluntary).toEqual(citing)
  })

  it('is never one that the law keeps out of the log', () => {
    const never = all.filter((one) => flowsOf(one).some((flow) => flow.disclosure === 'not_in_log'))
    expect(never).toEqual([])
  })

  it('names an office wherever a kind of authority has some', () => {
    const kindsNamed = all.flatMap((one) =>
      Object.values(sidesOf(one)).filter((code) => KINDS_WITH_OFFICES.has(code)),
    )
    expect(kindsNamed).toEqual([])
    const offices = new Set(rawData<{ code: string }>('instances').map(({ code }) => code))
    const kinds = new Set(rawData<{ code: string }>('authorities').map(({ code }) => code))
    for (const one of all) {
      for (const code of Object.values(sidesOf(one))) {
        expect(offices.has(code) || kinds.has(code)).toBe(true)
      }
    }
  })

  it('is delivered by one of its two sides', () => {
    for (const one of all) expect(Object.values(sidesOf(one))).toContain(one.deliverer)
  })

  it('goes by the number of its register', () => {
    const schemes = { azr: 'azr', visa: 'azr', idnr: 'idnr', melderegister: 'idnr' } as const
    for (const one of all) {
      const register = (sharing(one)[0]?.register ?? 'abh') as keyof typeof schemes
      const isSchool = kindOf(sidesOf(one).source) === 'schule'
      expect(one.access.subject.scheme).toBe(isSchool ? 'azr' : (schemes[register] ?? 'local'))
    }
  })

  it('is automated exactly where its flow is', () => {
    for (const one of all) {
      const automatic = sharing(one)[0]?.mode === 'automatic'
      expect(one.access.channel).toBe(automatic ? 'automated' : 'manual')
      expect(one.access.unit === undefined).toBe(automatic)
      expect(one.access.operatorRef === undefined).toBe(automatic)
    }
  })

  it('has numbers that cannot be anybody’s, and marks in their forms', () => {
    const units = new Set(rawData<{ code: string }>('units').map(({ code }) => code))
    const forms = {
      azr: /^99\d{10}$/,
      idnr: /^0\d{10}$/,
      local: /^[A-Z]{2}-\d{4}-\d{6}$/,
    }
    for (const { subject, caseRef, operatorRef, unit } of accesses(all)) {
      expect(subject.value).toMatch(forms[subject.scheme])
      if (caseRef !== undefined) expect(caseRef).toMatch(/^[A-Z]{2}-\d{2}\/\d{5}$/)
      if (operatorRef !== undefined) expect(operatorRef).toMatch(/^[A-Za-z0-9_-]{12}$/)
      if (unit !== undefined) expect(units).toContain(unit)
    }
  })

  it('happens at a desk between eight and five on a working day', () => {
    for (const { occurredAt, channel } of accesses(all)) {
      const [day = '', time = ''] = occurredAt.split('T')
      const hour = Number(time.slice(0, 2))
      const isWeekend = [0, 6].includes(new Date(day).getUTCDay())
      if (channel === 'automated') expect(hour).toBeLessThan(5)
      else expect([isWeekend, hour >= 8 && hour < 17]).toEqual([false, true])
    }
  })

  it('has a pseudonym that ends with the quarter', () => {
    const quarters = new Map<string, Set<string>>()
    for (const { operatorRef, occurredAt } of accesses(all)) {
      if (operatorRef === undefined) continue
      const quarter = `${occurredAt.slice(0, 4)} ${Math.floor((Number(occurredAt.slice(5, 7)) - 1) / 3)}`
      quarters.set(operatorRef, (quarters.get(operatorRef) ?? new Set()).add(quarter))
    }
    expect([...quarters.values()].filter(({ size }) => size > 1)).toEqual([])
    expect(quarters.size).toBeGreaterThan(100)
  })
})
