import fc from 'fast-check'
import { readDeskQuery, readDeskStep, readQuestion } from '../../server/inquiries/forms.js'
import {
  after,
  EVENTS,
  FINDINGS,
  FIRST,
  isOpen,
  MEASURES,
  MOST_WORDS,
  needsMeasure,
  possible,
  questionDetail,
  readReply,
  REASONS,
  replyDetail,
  STATES,
  TRANSITIONS,
  type Cause,
  type InquiryEvent,
  type State,
} from '../../server/inquiries/rules.js'

/** Written by hand from the design: from, event, to, who. */
const LEGAL: readonly (readonly [State, InquiryEvent, State, Cause])[] = [
  ['received', 'taken', 'in_review', 'officer'],
  ['received', 'answered', 'answered', 'officer'],
  ['received', 'passed_on', 'passed_on', 'officer'],
  ['received', 'withdrawn', 'withdrawn', 'resident'],
  ['in_review', 'answered', 'answered', 'officer'],
  ['in_review', 'passed_on', 'passed_on', 'officer'],
  ['in_review', 'withdrawn', 'withdrawn', 'resident'],
  ['passed_on', 'answered', 'answered', 'officer'],
  ['passed_on', 'withdrawn', 'withdrawn', 'resident'],
  ['answered', 'closed', 'closed', 'resident'],
]
const CAUSES: readonly Cause[] = ['resident', 'officer']

describe('the states of an inquiry', () => {
  it('allow what the design says, to whom it says, and nothing else', () => {
    const allowed = STATES.flatMap((state) =>
      EVENTS.flatMap((event) =>
        CAUSES.flatMap((cause) => {
          const moved = after(state, event, cause)
          return moved.ok ? [[state, event, moved.value, cause]] : []
        }),
      ),
    )
    expect(allowed.sort()).toEqual(LEGAL.map((one) => [...one]).sort())
  })

  it('refuse the wrong side by name, and what is over by the state', () => {
    expect(after('received', 'answered', 'resident')).toEqual({ ok: false, refusal: 'NOT_YOURS' })
    expect(after('closed', 'answered', 'officer')).toEqual({ ok: false, refusal: 'NOT_NOW' })
  })

  it('give buttons from the same table', () => {
    expect(possible(FIRST, 'officer')).toEqual(['taken', 'answered', 'passed_on'])
    expect(possible('answered', 'resident')).toEqual(['closed'])
    expect(possible('answered', 'officer')).toEqual([])
  })

  it('wait for an answer exactly where an officer can still give one', () => {
    for (const state of STATES) expect(isOpen(state)).toBe('answered' in TRANSITIONS[state])
  })
})

const formOf = (pairs: readonly (readonly [string, string])[]) =>
  new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]))

describe('a question', () => {
  it('needs a kind and a reason, and says both faults at once', () => {
    const read = readQuestion(formOf([['reasons', 'nothing']]))
    expect(read).toEqual({
      ok: false,
      refusal: ['kind', 'reasons'].map((field) => ({ field, key: 'inquiries:problem.choose' })),
    })
  })

  it('keeps its reasons in one order, each once, and its words without marks that turn them', () => {
    const read = readQuestion(
      formOf([
        ['kind', 'ask'],
        ...[...REASONS].reverse().map((reason): [string, string] => ['reasons', reason]),
        ['reasons', 'other'],
        ['words', ' \u202eWarum\u2069?\r\nJa '],
      ]),
    )
    expect(read).toEqual({
      ok: true,
      value: { kind: 'ask', reasons: REASONS, words: 'Warum?\nJa' },
    })
    expect(read.ok && questionDetail(read.value)).toBe(`ask ${REASONS.join(',')}`)
  })

  it.each([
    ['a letter too many', 'x'.repeat(MOST_WORDS + 1), 'tooLong'],
    ['a control character', 'a\u0007b', 'control'],
  ])('is refused with %s', (_what, words, key) => {
    const read = readQuestion(
      formOf([
        ['kind', 'ask'],
        ['reasons', 'other'],
        ['words', words],
      ]),
    )
    expect(read).toMatchObject({ refusal: [{ field: 'words', key: `inquiries:problem.${key}` }] })
  })

  it('counts characters as people do, not as computers store them', () => {
    const words = '🙂'.repeat(MOST_WORDS)
    const form = formOf([
      ['kind', 'ask'],
      ['reasons', 'other'],
      ['words', words],
    ])
    expect(readQuestion(form)).toMatchObject({ ok: true, value: { words } })
  })

  it('is read or refused, whatever is sent', () => {
    const names = fc.constantFrom('kind', 'reasons', 'words', 'finding', 'measures', 'words_de')
    const pairs = fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 30 })))
    fc.assert(
      fc.property(pairs, (all) => {
        expect(readQuestion(formOf(all)).ok).toEqual(expect.any(Boolean))
        expect(readDeskStep('answer', formOf(all)).ok).toEqual(expect.any(Boolean))
        expect(readDeskQuery(formOf(all)).isOpen).toBe(true)
      }),
    )
  })
})

describe('an answer', () => {
  it.each(FINDINGS.filter(needsMeasure))(
    'that finds %s needs something that follows',
    (finding) => {
      const bare = formOf([['finding', finding]])
      expect(readDeskStep('answer', bare)).toMatchObject({ refusal: [{ field: 'measures' }] })
      const whole = formOf([
        ['finding', finding],
        ['measures', 'examined'],
      ])
      expect(readDeskStep('answer', whole).ok).toBe(true)
    },
  )

  it('reads the same from its event as it was written', () => {
    for (const finding of FINDINGS) {
      for (const measures of [[], [...MEASURES]]) {
        expect(readReply(replyDetail({ finding, measures }))).toEqual({ finding, measures })
      }
    }
    expect(readReply(undefined)).toBeUndefined()
    expect(readReply('somewhere else')).toBeUndefined()
  })

  it('is passed on with a reason alone', () => {
    expect(readDeskStep('pass', formOf([])).ok).toBe(false)
    expect(readDeskStep('pass', formOf([['reason', 'breach']]))).toEqual({
      ok: true,
      value: { event: 'passed_on', reason: 'breach' },
    })
  })
})

describe('the list of an office', () => {
  const ID = '6f1c2f0e-2d3a-4c5b-8d7e-9f0a1b2c3d4e'

  it('goes on behind a day and an inquiry, and begins anew behind what cannot be one', () => {
    const read = (after: string) => readDeskQuery(new URLSearchParams({ after, show: 'ended' }))
    expect(read(`2026-12-30.${ID}`)).toEqual({
      isOpen: false,
      after: { dueOn: '2026-12-30', inquiry: ID },
    })
    for (const raw of ['', `2026-02-30.${ID}`, '2026-12-30.x', `x.${ID}`]) {
      expect(read(raw)).toEqual({ isOpen: false })
    }
  })
})
