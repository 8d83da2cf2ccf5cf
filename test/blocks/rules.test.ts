import fc from 'fast-check'
import { readChange, readDeskQuery, readDeskStep, readOwnStep } from '../../server/blocks/forms.js'
import { detailOf, GROUNDS, groupsIn } from '../../server/blocks/grounds.js'
import {
  after,
  EVENTS,
  isApplied,
  isInForce,
  isOver,
  KINDS,
  possible,
  STATES,
  TRANSITIONS,
  type BlockEvent,
  type Cause,
  type Standing,
  type State,
} from '../../server/blocks/rules.js'

/** Written by hand from the law and the design: from, event, to, who. */
const LEGAL: readonly (readonly [State, BlockEvent, State, Cause])[] = [
  ['draft', 'filed', 'applied', 'resident'],
  ['applied', 'form_met', 'applied', 'clerk'],
  ['applied', 'taken', 'in_review', 'clerk'],
  ['applied', 'granted', 'in_force', 'clerk'],
  ['applied', 'refusal_proposed', 'proposed', 'clerk'],
  ['applied', 'withdrawn', 'withdrawn', 'resident'],
  ['in_review', 'form_met', 'in_review', 'clerk'],
  ['in_review', 'granted', 'in_force', 'clerk'],
  ['in_review', 'refusal_proposed', 'proposed', 'clerk'],
  ['in_review', 'withdrawn', 'withdrawn', 'resident'],
  ['proposed', 'refusal_confirmed', 'refused', 'second'],
  ['proposed', 'refusal_returned', 'in_review', 'second'],
  ['proposed', 'withdrawn', 'withdrawn', 'resident'],
  ['in_force', 'lifted', 'lifted', 'resident'],
  ['in_force', 'lift_asked', 'lifting', 'resident'],
  ['in_force', 'hearing_opened', 'hearing', 'clerk'],
  ['in_force', 'transfer_unheard', 'in_force', 'clerk'],
  ['in_force', 'expired', 'expired', 'portal'],
  ['in_force', 'went_with', 'ended', 'portal'],
  ['hearing', 'answered', 'heard', 'resident'],
  ['hearing', 'lifted', 'lifted', 'resident'],
  ['hearing', 'hearing_over', 'heard', 'portal'],
  ['hearing', 'transfer_unheard', 'hearing', 'clerk'],
  ['hearing', 'expired', 'expired', 'portal'],
  ['hearing', 'went_with', 'ended', 'portal'],
  ['heard', 'lifted', 'lifted', 'resident'],
  ['heard', 'transfer_decided', 'in_force', 'clerk'],
  ['heard', 'kept', 'in_force', 'clerk'],
  ['heard', 'ended', 'ended', 'clerk'],
  ['heard', 'transfer_unheard', 'heard', 'clerk'],
  ['heard', 'expired', 'expired', 'portal'],
  ['heard', 'went_with', 'ended', 'portal'],
  ['lifting', 'lift_agreed', 'lifted', 'clerk'],
  ['lifting', 'kept', 'in_force', 'clerk'],
  ['lifting', 'transfer_unheard', 'lifting', 'clerk'],
  ['lifting', 'expired', 'expired', 'portal'],
  ['lifting', 'went_with', 'ended', 'portal'],
]
const CAUSES: readonly Cause[] = ['resident', 'clerk', 'second', 'portal']

/** Every standing that can be, for one state. */
function standingsIn(state: State): Standing[] {
  const flags = [true, false]
  const hearings = state === 'hearing' || state === 'heard' ? (['transfer', 'ending'] as const) : []
  return KINDS.flatMap((kind) =>
    flags.flatMap((isFormMet) =>
      flags.flatMap((protectsOthers) =>
        flags.flatMap((isDerived) =>
          (hearings.length > 0 ? hearings : [undefined]).map((hearing) => ({
            ...{ kind, state, isFormMet, protectsOthers, isDerived, hearing },
          })),
        ),
      ),
    ),
  )
}

describe('the states of a block', () => {
  it('allow what the law says, to whom it says, and nothing else', () => {
    const allowed = new Set(
      STATES.flatMap((state) =>
        standingsIn(state).flatMap((standing) =>
          EVENTS.flatMap((event) =>
            CAUSES.flatMap((cause) => {
              const moved = after(standing, event, cause)
              return moved.ok ? [`${state} ${event} ${moved.value} ${cause}`] : []
            }),
          ),
        ),
      ),
    )
    expect([...allowed].sort()).toEqual(LEGAL.map((one) => one.join(' ')).sort())
  })

  it('are open, in force, over or a draft, and never two of these', () => {
    for (const state of STATES) {
      const kinds = [state === 'draft', isApplied(state), isInForce(state), isOver(state)]
      expect([state, kinds.filter(Boolean).length]).toEqual([state, 1])
      expect(isOver(state)).toBe(Object.keys(TRANSITIONS[state]).length === 0)
    }
  })

  it.each(standingsIn('in_force'))(
    'are lifted by the person alone, or through the office: %o',
    (standing) => {
      const own = possible(standing, 'resident')
      const lifts = own.filter((event) => event === 'lifted' || event === 'lift_asked')
      expect(lifts).toEqual(
        standing.isDerived ? [] : [standing.protectsOthers ? 'lift_asked' : 'lifted'],
      )
    },
  )

  it('are decided only once the form is met', () => {
    for (const state of ['applied', 'in_review'] as const) {
      for (const standing of standingsIn(state).filter(({ isFormMet }) => !isFormMet)) {
        for (const event of ['granted', 'refusal_proposed'] as const) {
          expect(after(standing, event, 'clerk')).toEqual({ ok: false, refusal: 'NOT_NOW' })
        }
      }
    }
  })

  it('end ex officio only after a hearing about it, and never what goes with another block', () => {
    const ends = STATES.flatMap(standingsIn).filter((one) => after(one, 'ended', 'clerk').ok)
    expect(ends.length).toBeGreaterThan(0)
    for (const { state, hearing, isDerived } of ends) {
      expect([state, hearing, isDerived]).toEqual(['heard', 'ending', false])
    }
  })

  it('keep every walk inside the table, and reach an end from everywhere', () => {
    const step = fc.record({ event: fc.constantFrom(...EVENTS), cause: fc.constantFrom(...CAUSES) })
    const start = fc.record({
      ...{ kind: fc.constantFrom(...KINDS), isFormMet: fc.boolean() },
      ...{ protectsOthers: fc.boolean(), isDerived: fc.constant(false) },
    })
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 60 }), (first, steps) => {
        let standing: Standing = { ...first, state: 'draft' }
        for (const { event, cause } of steps) {
          const moved = after(standing, event, cause)
          if (!moved.ok) continue
          const from = standing.state
          expect(LEGAL).toContainEqual([from, event, moved.value, cause])
          expect(isOver(from)).toBe(false)
          const hearing = moved.value === 'hearing' ? 'ending' : standing.hearing
          const isFormMet = standing.isFormMet || event === 'form_met'
          standing = { ...standing, state: moved.value, hearing, isFormMet }
        }
      }),
    )
  })
})

const formOf = (pairs: readonly (readonly [string, string])[]) =>
  new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]))
const TERMS = { today: '2026-11-30', isOutside: (code: string) => code === 'glaeubiger' } as const

describe('a form', () => {
  it('needs a ground, and words where the ground says nothing', () => {
    expect(readChange('transmission', 'grounds', formOf([])).ok).toBe(false)
    const other: [string, string] = ['grounds', 'other']
    expect(readChange('transmission', 'grounds', formOf([other]))).toMatchObject({
      refusal: [{ field: 'words', key: 'blocks:problem.say' }],
    })
    expect(readChange('transmission', 'grounds', formOf([other, ['words', ' x ']]))).toEqual({
      ok: true,
      value: { step: 'grounds', grounds: ['other'], words: 'x' },
    })
  })

  it.each(KINDS)('keeps the grounds of %s in one order, each once', (kind) => {
    const all = [...GROUNDS[kind], ...GROUNDS[kind]].reverse()
    const pairs = all.map((ground): [string, string] => ['grounds', ground])
    const read = readChange(kind, 'grounds', formOf([...pairs, ['words', 'x']]))
    expect(read).toMatchObject({ ok: true, value: { grounds: GROUNDS[kind] } })
  })

  it('of a grant takes a later day, none where there need be none, and always one for an information block', () => {
    const grant = (kind: 'transmission' | 'information', until: string) =>
      readDeskStep('grant', formOf([['grant_until', until]]), { ...TERMS, kind })
    expect(grant('transmission', '')).toEqual({
      ok: true,
      value: { event: 'granted', isGuarded: false },
    })
    expect(grant('information', '').ok).toBe(false)
    for (const day of ['2026-11-30', '2026-02-30', 'soon']) {
      expect(grant('transmission', day).ok).toBe(false)
    }
    expect(grant('information', '2028-11-30').ok).toBe(true)
  })

  it('names a private or foreign recipient, and gives at least a week to answer', () => {
    const hear = (recipient: string, until: string) =>
      readDeskStep(
        'hear',
        formOf([
          ...([['hear_about', 'transfer']] as const),
          ...([['hear_transfer', 'duty']] as const),
          ['hear_recipient', recipient],
          ['hear_hearing_until', until],
        ]),
        { ...TERMS, kind: 'transmission' },
      ).ok
    expect(hear('glaeubiger', '2026-12-07')).toBe(true)
    expect(hear('glaeubiger', '2026-12-06')).toBe(false)
    expect(hear('i.pf.abh', '2026-12-07')).toBe(false)
  })

  it('hides what nobody was heard about for half a year at most', () => {
    const unheard = (day: string) =>
      readDeskStep(
        'unheard',
        formOf([
          ['unheard_recipient', 'glaeubiger'],
          ['unheard_transfer', 'court'],
          ['unheard_why', 'purpose'],
          ['unheard_shown_on', day],
        ]),
        { ...TERMS, kind: 'transmission' },
      ).ok
    expect(unheard('2027-05-31')).toBe(true)
    expect(unheard('2027-06-30')).toBe(false)
    expect(unheard('2026-11-30')).toBe(false)
  })

  it('is read or refused, whatever is sent', () => {
    const names = fc.constantFrom(
      'grounds',
      'words',
      'answer',
      'hear_about',
      'grant_until',
      'after',
    )
    const pairs = fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 30 })))
    fc.assert(
      fc.property(pairs, (all) => {
        const form = formOf(all)
        expect(readChange('objection', 'grounds', form).ok).toEqual(expect.any(Boolean))
        expect(readOwnStep('answer', form).ok).toEqual(expect.any(Boolean))
        expect(readDeskStep('hear', form, { ...TERMS, kind: 'transmission' }).ok).toBe(false)
        expect(readDeskQuery(form).isOver).toBe(false)
      }),
    )
  })
})

describe('the codes of an event', () => {
  it('read the same as they were written', () => {
    const codes = fc.array(fc.stringMatching(/^[a-z._]{1,12}$/), { maxLength: 4 })
    fc.assert(
      fc.property(codes, codes, codes, (one, two, three) => {
        expect(groupsIn(detailOf(one, two, three))).toEqual([one, two, three])
      }),
    )
    expect(groupsIn(undefined)).toEqual([[]])
  })
})
