import type { ResidentActor, SubjectId } from '../../server/identity/index.js'
import { differ, wantedOf } from '../../server/overview/live.js'
import type { Holding } from '../../server/overview/index.js'
import { readValues } from '../../server/registers/answer.js'
import {
  askable,
  isResting,
  merged,
  MOST_CALLS,
  type LiveValue,
} from '../../server/registers/rules.js'

const OWN = '11111111-1111-4111-8111-111111111111' as SubjectId
const FOREIGN = '22222222-2222-4222-8222-222222222222' as SubjectId
const asOf = new Date('2027-06-15T10:00:00Z')
const value = (...texts: string[]): LiveValue => ({ kind: 'value', texts, asOf })
const NONE: LiveValue = { kind: 'not-available' }

describe('what a resident may ask for', () => {
  const actor = {
    role: 'resident',
    subjects: [OWN],
    assurance: 'counter',
  } as unknown as ResidentActor
  const wanted = (subject: SubjectId) => ({ office: 'i.pf.abh', subject, fields: ['azr.gender'] })

  it('is about the own subjects, and about nobody by a letter', () => {
    expect(askable(actor, [wanted(OWN), wanted(FOREIGN)])).toEqual([wanted(OWN)])
    expect(askable({ ...actor, assurance: 'letter' }, [wanted(OWN)])).toEqual([])
  })

  it('has an end', () => {
    const many = Array.from({ length: MOST_CALLS + 1 }, () => wanted(OWN))
    expect(askable(actor, many)).toHaveLength(MOST_CALLS)
  })

  it('is each office once for each number under which it holds the person', () => {
    const held = (office: string, subject: SubjectId, field: string) =>
      ({ holder: { code: office }, subject, field: { code: field } }) as Holding
    const holdings = [held('a', OWN, 'x'), held('a', OWN, 'x'), held('a', FOREIGN, 'x')]
    expect(wantedOf([...holdings, held('b', OWN, 'x')])).toEqual([
      { office: 'a', subject: OWN, fields: ['x'] },
      { office: 'a', subject: FOREIGN, fields: ['x'] },
      { office: 'b', subject: OWN, fields: ['x'] },
    ])
  })
})

describe('several answers', () => {
  it('of one office are one, and a value counts before none', () => {
    const answer = (one: LiveValue) => ({ office: 'a', values: new Map([['x', one]]) })
    const all = (...ones: LiveValue[]) => merged(ones.map(answer)).get('a')?.get('x')
    expect(all(NONE, value('A'), NONE)).toEqual(value('A'))
    expect(all(value('A'), value('B', 'A'))).toEqual(value('A', 'B'))
    expect(all(NONE, NONE)).toEqual(NONE)
  })

  it('differ where offices have written different things, in whatever order', () => {
    expect(differ([value('A'), value('B')])).toBe(true)
    expect(differ([value('A', 'B'), value('B', 'A'), NONE])).toBe(false)
    expect(differ([])).toBe(false)
  })
})

describe('an office that was late', () => {
  it('rests after three times in a row, for half a minute', () => {
    const late = (timeouts: number) => ({ timeouts, lastAt: asOf })
    const after = (ms: number) => new Date(asOf.getTime() + ms)
    expect(isResting(undefined, asOf)).toBe(false)
    expect(isResting(late(2), after(1))).toBe(false)
    expect(isResting(late(3), after(29_999))).toBe(true)
    expect(isResting(late(3), after(30_000))).toBe(false)
  })
})

describe('the texts of an answer', () => {
  const read = (text: string) => readValues({ x: text }, ['x'])?.get('x')

  it('lose what could reorder or hide the page around them, and keep their letters', () => {
    expect(read('\u202eA\u0007\u009b\u2028B\ufeff')).toEqual(['A B'])
    expect(read('  A\t\n B ')).toEqual(['A B'])
    expect(read('می\u200cخواهم')).toEqual(['می\u200cخواهم'])
    expect(read('Yıldırım Łódź O’Brien')).toEqual(['Yıldırım Łódź O’Brien'])
    expect(read('\ue000A\ue001')).toEqual(['A'])
    expect(read('\u2066\u2069')).toBeUndefined()
  })
})
