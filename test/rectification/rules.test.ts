import type { Party } from '../../server/catalogue/index.js'
import {
  landOf,
  officesToPassOn,
  responsibleOffice,
  type KnownOffice,
} from '../../server/rectification/routing.js'
import {
  after,
  EVENTS,
  isOpen,
  isTold,
  KINDS,
  needsSecond,
  OUTCOMES,
  outcomesFor,
  ownStatementCounts,
  possible,
  STATES,
  wantsWriting,
  type Cause,
} from '../../server/rectification/rules.js'
import {
  formOf,
  kindsFor,
  nextStep,
  stepsOf,
  STEPS,
  withAnswer,
  type Statement,
} from '../../server/rectification/statement.js'
import { field, party } from '../overview/terms.js'
import { legal } from './machine.js'

const CAUSES: readonly Cause[] = [
  'resident',
  'assignee',
  'colleague',
  'second',
  'portal',
  'supervision',
]

describe('the machine of a request', () => {
  it.each(STATES)('leads from %s where the law has it, and nowhere else', (state) => {
    for (const event of EVENTS) {
      const known = legal.get(`${state} ${event}`)
      for (const cause of CAUSES) {
        const expected =
          known === undefined
            ? { ok: false, refusal: 'NOT_NOW' }
            : known.by.includes(cause)
              ? { ok: true, value: known.to }
              : { ok: false, refusal: 'NOT_YOURS' }
        expect([state, event, cause, after(state, event, cause)]).toEqual([
          ...[state, event, cause],
          expected,
        ])
        expect(possible(state, cause).includes(event)).toBe(expected.ok)
      }
    }
  })

  it('ends nowhere but in a withdrawal or a close, and reaches every state', () => {
    const ends = STATES.filter((state) =>
      EVENTS.every((event) => (legal.get(`${state} ${event}`)?.to ?? state) === state),
    )
    expect(ends).toEqual(['withdrawn', 'closed'])
    const reached = new Set(['draft', ...[...legal.values()].map(({ to }) => to)])
    expect([...reached].sort()).toEqual([...STATES].sort())
  })

  it('lets nobody but the person file, answer, withdraw and state', () => {
    const own = ['filed', 'answered', 'withdrawn', 'stated']
    const residents = EVENTS.filter((event) =>
      STATES.some((state) => possible(state, 'resident').includes(event)),
    )
    expect([...residents].sort()).toEqual(own.sort())
  })

  it('counts as open what still waits for an answer', () => {
    expect(STATES.filter(isOpen).sort()).toEqual(
      ['received', 'in_review', 'question', 'proposed', 'passed_on'].sort(),
    )
  })
})

describe('the outcomes of a decision', () => {
  const always = ['corrected', 'corrected_in_part', 'statement', 'not_proven']
  const of = (register: string, category: string, kind: (typeof KINDS)[number] = 'wrong') =>
    outcomesFor({ register, category, kind })

  it.each([
    ['azr', 'residence', ['restricted']],
    ['azr', 'identity', []],
    ['visa', 'identity', []],
    ['soc', 'benefits', ['annotated']],
    ['mr', 'address', []],
  ])('in the register %s for %s are those of its law', (register, category, more) => {
    expect([...of(register, category)].sort()).toEqual([...always, ...more].sort())
  })

  it('delete only what is not the person’s or shall go', () => {
    for (const kind of KINDS) {
      expect(of('mr', 'address', kind).includes('deleted')).toBe(
        kind === 'delete' || kind === 'not_me',
      )
    }
  })

  it('take two people where they change identity, and tell recipients', () => {
    for (const outcome of OUTCOMES) {
      const told = outcome !== 'statement' && outcome !== 'not_proven'
      expect(isTold(outcome)).toBe(told)
      for (const category of ['identity', 'family', 'photo/biometrics']) {
        expect(needsSecond({ category }, outcome)).toBe(told)
      }
      expect(needsSecond({ category: 'address' }, outcome)).toBe(false)
    }
  })

  it('of the Central Register are asked for in writing, and believe the person on identity', () => {
    expect(['azr', 'visa', 'mr', 'soc'].map((register) => wantsWriting({ register }))).toEqual([
      ...[true, true, false, false],
    ])
    expect(ownStatementCounts({ register: 'azr', category: 'identity' })).toBe(true)
    expect(ownStatementCounts({ register: 'azr', category: 'residence' })).toBe(false)
    expect(ownStatementCounts({ register: 'mr', category: 'identity' })).toBe(false)
  })
})

describe('the office that answers', () => {
  const office = (id: number, authority: string, code = `i.${id}`) => party(id, { authority, code })
  const offices = [
    office(1, 'abh'),
    office(2, 'abh'),
    office(3, 'bamf'),
    office(4, 'bva', 'i.de.bva'),
  ]
  const [one, two, bamf, bva] = offices as [Party, Party, Party, Party]
  const parties = {
    all: offices,
    byCode: (code: string) => offices.find((each) => each.code === code),
    byId: (id: number) => offices.find((each) => each.id === id),
  }
  const about = (...correctionAuthorities: string[]) => field(1, { correctionAuthorities })
  const known = (each: Party, holds: boolean, day?: string): KnownOffice => ({
    ...{ party: each, holds, keeps: holds },
    ...(day === undefined ? {} : { lastAt: new Date(day) }),
  })

  it('is the one that holds the field, else the one that acted last', () => {
    const holding = [known(one, true), known(two, false, '2026-01-02')]
    expect(responsibleOffice(about('abh'), holding, parties)).toBe(one)
    const none = [known(one, false, '2026-01-01'), known(two, false, '2026-01-02')]
    expect(responsibleOffice(about('abh'), none, parties)).toBe(two)
    expect(responsibleOffice(about('abh'), [...none].reverse(), parties)).toBe(two)
  })

  it('is of the first kind that the person knows an office of', () => {
    const all = [known(bamf, true), known(one, false)]
    expect(responsibleOffice(about('abh', 'bamf'), all, parties)).toBe(one)
    expect(responsibleOffice(about('bamf', 'abh'), all, parties)).toBe(bamf)
  })

  it('is the only one of its kind, else the register authority, else nobody', () => {
    expect(responsibleOffice(about('abh', 'bamf'), [], parties)).toBe(bamf)
    expect(responsibleOffice(about('abh'), [], parties)).toBe(bva)
    const local = field(1, { register: 'mr', correctionAuthorities: ['abh'] })
    expect(responsibleOffice(local, [], parties)).toBeUndefined()
    const kind = party(9, { kind: 'authority', authority: 'abh' })
    expect(responsibleOffice(local, [known(kind, true)], parties)).toBeUndefined()
  })

  it('passes on to offices that may correct first, never to itself', () => {
    const choice = officesToPassOn(about('bamf'), { from: 1, parties })
    expect(choice.map(({ id }) => id)).toEqual([3, 2, 4])
  })

  it('has the holidays of its Land, and Berlin’s where it has none', () => {
    expect(landOf({ land: 'Bayern' })).toBe('by')
    expect([landOf({}), landOf({ land: 'Nowhere' })]).toEqual(['be', 'be'])
  })
})

describe('a statement', () => {
  const wanted = { form: 'text', text: 'so' } as const

  it('asks for what it lacks, one thing after another', () => {
    const stages: [Statement, string][] = [
      [{}, 'kind'],
      [{ kind: 'wrong' }, 'right'],
      [{ kind: 'not_me' }, 'right'],
      [{ kind: 'not_me', other: { about: 'so' } }, 'proof'],
      [{ kind: 'wrong', wanted }, 'proof'],
      [{ kind: 'wrong', wanted, evidence: ['nothing'] }, 'tell'],
      [{ kind: 'wrong', wanted, evidence: ['nothing'], restrict: false }, 'check'],
      [{ kind: 'delete', evidence: ['nothing'], restrict: true }, 'check'],
    ]
    for (const [statement, step] of stages) expect(nextStep(statement)).toBe(step)
  })

  it('has no page for a right entry where there is none', () => {
    expect(stepsOf({})).toEqual(STEPS)
    expect(stepsOf({ kind: 'missing' })).toEqual(STEPS)
    expect(stepsOf({ kind: 'same_person' })).toEqual(STEPS)
    expect(stepsOf({ kind: 'delete' })).toEqual(['kind', 'proof', 'tell', 'check'])
  })

  it('drops what was said to be right once nothing is', () => {
    const before: Statement = { kind: 'wrong', wanted, evidence: ['passport'] }
    expect(withAnswer(before, { kind: 'outdated' })).toEqual({ ...before, kind: 'outdated' })
    expect(withAnswer(before, { kind: 'not_me' })).toEqual({
      ...{ kind: 'not_me', evidence: ['passport'] },
    })
    expect(before.wanted).toBe(wanted)
    const other: Statement = { kind: 'same_person', other: { about: 'so' } }
    expect(withAnswer(other, { kind: 'not_me' })).toEqual({ ...other, kind: 'not_me' })
    expect(withAnswer(other, { kind: 'wrong' })).toEqual({ kind: 'wrong' })
  })

  it('deletes what is voluntary alone', () => {
    expect(kindsFor({ voluntaryEntry: true })).toContain('delete')
    expect(kindsFor({ voluntaryEntry: false })).not.toContain('delete')
  })

  it.each([
    ['azr.birth_name', 'text', 'identity', 'names'],
    ['azr.birth_date', 'date', 'identity', 'date'],
    ['azr.nationality', 'code', 'identity', 'nationality'],
    ['azr.gender', 'code', 'identity', 'gender'],
    ['azr.marital_status', 'code', 'family', 'marital'],
    ['mr.family', 'text', 'family', 'family'],
    ['mr.address', 'text', 'address', 'address'],
    ['mr.landlord', 'text', 'address', 'text'],
    ['soc.employer', 'text', 'work', 'text'],
  ])('asks for %s in a form of its own', (code, valueType, category, form) => {
    expect(formOf({ ...field(1), code, valueType, category })).toBe(form)
  })
})
