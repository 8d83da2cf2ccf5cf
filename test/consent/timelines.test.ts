import fc from 'fast-check'
import { breachesOf } from '../../server/consent/citing.js'
import { isValidAt, standingAt } from '../../server/consent/rules.js'
import type { Cited } from '../../server/consent/store/citing.js'
import type { Content } from '../../server/consent/template.js'
import type { ReportedAccess } from '../../server/overview/index.js'
import { instant, lives, marksOf, SPAN, standingOf, type Life } from './oracle.js'

const MANY = { numRuns: 10_000, seed: 20_261_130 }
const minutes = fc.integer({ min: 0, max: SPAN })

/** Instants of a life at which something may turn, and any other. */
const moments = (life: Life) =>
  fc.oneof(
    minutes,
    fc
      .constantFrom(life.from, life.from + life.holds, life.end?.at ?? life.from)
      .chain((turn) => fc.constantFrom(Math.max(0, turn - 1), turn, turn + 1)),
  )
const storied = lives.chain((life) => fc.tuple(fc.constant(life), moments(life)))

describe('ten thousand lives of consents', () => {
  it('stand at every instant where an oracle says that walks through the minutes', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(storied, ([life, minute]) => {
        const expected = standingOf(life, minute)
        seen.add(expected)
        expect(standingAt(marksOf(life), instant(minute))).toBe(expected)
        expect(isValidAt(marksOf(life), instant(minute))).toBe(expected === 'given')
      }),
      MANY,
    )
    const all = ['expired', 'given', 'none', 'refused', 'superseded', 'withdrawn']
    expect([...seen].sort()).toEqual(all)
  })
})

const PARTIES = [
  { id: 1, code: 'i.a.office', authority: 'office' },
  { id: 2, code: 'i.b.office', authority: 'office' },
  { id: 3, code: 'i.a.chamber', authority: 'chamber' },
  { id: 4, code: 'company', authority: 'company' },
] as const
const party = fc.constantFrom(...PARTIES)
const fields = fc.subarray(['f.one', 'f.two', 'f.three'], { minLength: 1 })
const uses = fc.record({
  ...{ source: party, recipient: party, fields },
  subject: fc.constantFrom('own', 'own', 'other number', 'somebody else'),
  purpose: fc.constantFrom('p.one', 'p.one', 'p.one', 'p.two'),
})
const terms = fc.record({
  office: fc.constantFrom(1, 1, 2),
  recipients: fc.subarray(['chamber', 'i.b.office', 'company', 'i.a.office'], { minLength: 1 }),
  fields,
})

type Drawn<From> = From extends fc.Arbitrary<infer Value> ? Value : never
type Use = Drawn<typeof uses>
type Terms = Drawn<typeof terms>

/** What is wrong with an access, told sentence by sentence and apart from the code. */
function wrong(
  life: Life | undefined,
  minute: number,
  { use, term, hasFlow }: { use: Use; term: Terms; hasFlow: boolean },
): readonly string[] {
  if (life?.answer !== 'given') return ['consent.not_valid']
  const last = Math.min(life.from + life.holds, life.end?.at ?? Infinity) - 1
  const sides = new Set<string>()
  for (const one of PARTIES) {
    if (one.id === term.office) sides.add(one.code)
    for (const named of term.recipients) {
      if (named === one.code || named === one.authority) sides.add(one.code)
    }
  }
  const objections = [
    minute < life.from && 'too early',
    minute > last && 'over',
    use.subject === 'somebody else' && 'of another person',
    use.purpose !== 'p.one' && 'for something else',
    use.recipient.id !== term.office &&
      !sides.has(use.source.code) &&
      !hasFlow &&
      'from somebody else',
    !sides.has(use.recipient.code) && 'to somebody else',
  ].filter(Boolean)
  if (objections.length > 0) return ['consent.not_valid']
  const beyond = use.fields.filter((field) => !term.fields.includes(field))
  return beyond.length === 0 ? [] : [`consent.fields_beyond ${beyond.join()}`]
}

const accessOf = (use: Use, minute: number) =>
  ({
    ...{ source: use.source, recipient: use.recipient, subject: use.subject },
    ...{ occurredAt: instant(minute), purpose: { code: use.purpose } },
    fields: use.fields.map((code, id) => ({ code, id })),
  }) as unknown as ReportedAccess

/** The row that such a life leaves; a refusal is in none of it. */
function citedOf({ answer, from, holds, end, isNoted }: Life, term: Terms): Cited | undefined {
  if (answer === 'refused') return undefined
  const content = { ...term, purpose: 'p.one' } as unknown as Content
  const until = instant(from + holds)
  const endedAt = end === undefined ? isNoted && until : instant(end.at)
  return {
    ...{ subjects: ['own', 'other number'], office: term.office, content },
    ...{ givenAt: instant(from), validUntil: until },
    ...(endedAt === false ? {} : { endedAt }),
  }
}

describe('ten thousand accesses that cite consents', () => {
  it('break what an oracle says that they break', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(storied, uses, terms, fc.boolean(), ([life, minute], use, term, hasFlow) => {
        const found = breachesOf(accessOf(use, minute), citedOf(life, term), hasFlow).map(
          ({ rule, fields: beyond }) =>
            [rule, beyond.map(({ code }) => code).join()].join(' ').trim(),
        )
        expect(found).toEqual(wrong(life, minute, { use, term, hasFlow }))
        const kind = found[0]?.split(' ')[0] ?? 'none'
        seen.set(kind, (seen.get(kind) ?? 0) + 1)
      }),
      MANY,
    )
    expect([...seen.keys()].sort()).toEqual(['consent.fields_beyond', 'consent.not_valid', 'none'])
    expect(Math.min(...seen.values())).toBeGreaterThan(50)
  })
})
