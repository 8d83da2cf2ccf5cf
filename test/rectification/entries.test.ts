import type { Field } from '../../server/catalogue/index.js'
import { readEntries } from '../../server/rectification/forms/names.js'
import { readWritten } from '../../server/rectification/forms/written.js'
import { namesBeside } from '../../server/rectification/name-fields.js'
import { withAnswer } from '../../server/rectification/statement.js'

const name = (code: string, register = 'azr') =>
  ({ id: 1, code, register, category: 'identity', valueType: 'text' }) as unknown as Field
const FAMILY = name('azr.family_name')
const GIVEN = name('azr.given_names')
const FORMER = name('azr.former_names')

const read = (field: Field, typed: Record<string, string>, beside = [FAMILY, GIVEN, FORMER]) => {
  const others = beside.filter(({ code }) => code !== field.code)
  return readEntries(new URLSearchParams(typed), { field, beside: others })
}
const names = (latin: string, onlyOne = false) => ({ form: 'names', latin, onlyOne })
const NONE = { form: 'none' }

describe('names beside a name', () => {
  it('are those of its register, what people say first coming first', () => {
    const all = [FORMER, GIVEN, FAMILY, name('mr.family_name', 'mr'), name('azr.birth_date')]
    expect(namesBeside(FAMILY, all).map(({ code }) => code)).toEqual([GIVEN.code, FORMER.code])
    expect(namesBeside(FORMER, all).map(({ code }) => code)).toEqual([FAMILY.code, GIVEN.code])
    expect(namesBeside(name('azr.birth_date'), all)).toEqual([])
  })
})

describe('the entries of a request', () => {
  it('are the leading one, and what was said of others', () => {
    const typed = { latin: 'Al-Khatib', 'latin-given_names': 'Layla', 'latin-former_names': '  ' }
    expect(read(FAMILY, typed)).toEqual({
      ok: true,
      value: { wanted: names('Al-Khatib'), also: [{ field: GIVEN.code, wanted: names('Layla') }] },
    })
  })

  it.each([
    ['family name', FAMILY, { latin: 'Suharto' }],
    ['given names, to be moved', GIVEN, { latin: 'Suharto' }],
    ['given names, said twice over', GIVEN, { 'latin-family_name': 'Suharto' }],
  ] as const)('put one name alone where it belongs: %s', (_where, field, typed) => {
    const [other, wanted, entry] =
      field === FAMILY
        ? [GIVEN, names('Suharto', true), NONE]
        : [FAMILY, NONE, names('Suharto', true)]
    expect(read(field, { ...typed, onlyOne: 'yes' })).toEqual({
      ok: true,
      value: { wanted, also: [{ field: other.code, wanted: entry }] },
    })
  })

  it('leave the family name alone that stands already, and what the office does not hold', () => {
    const empty = { ok: true, value: { wanted: NONE, also: [] } }
    expect(read(GIVEN, { onlyOne: 'yes' })).toEqual(empty)
    expect(read(GIVEN, { onlyOne: 'yes' }, [FORMER])).toEqual(empty)
    expect(read(FAMILY, { latin: 'Suharto', onlyOne: 'yes' }, [FORMER])).toEqual({
      ok: true,
      value: { wanted: names('Suharto', true), also: [] },
    })
  })

  it('say nothing of other spellings where there is one name alone', () => {
    const typed = { latin: 'Soeharto', onlyOne: 'yes', 'latin-former_names': 'Kemusuk' }
    expect(read(FORMER, { latin: 'Soeharto', onlyOne: 'yes' })).toMatchObject({
      value: { also: [] },
    })
    expect(read(FAMILY, typed)).toMatchObject({
      value: { also: [{ wanted: NONE }, { field: FORMER.code, wanted: names('Kemusuk') }] },
    })
  })

  it.each([
    [FAMILY, { latin: 'A', 'latin-given_names': 'B', onlyOne: 'yes' }, 'latin-given_names'],
    [GIVEN, { latin: 'A', 'latin-family_name': 'B', onlyOne: 'yes' }, 'latin-family_name'],
    [
      FAMILY,
      { latin: 'A', 'latin-given_names': 'B', 'none-given_names': 'yes' },
      'latin-given_names',
    ],
    [FAMILY, { latin: 'A', 'original-given_names': 'ب' }, 'latin-given_names'],
    [FAMILY, { latin: '', 'latin-given_names': 'B' }, 'latin'],
    [GIVEN, { latin: '' }, 'latin'],
  ])('are refused where they say two things: %#', (field, typed, at) => {
    const refused = read(field, typed)
    expect(refused.ok ? [] : refused.refusal.map((error) => error.field)).toEqual([at])
  })

  it('are gone with the kind that asked for them', () => {
    const saved = withAnswer({ kind: 'wrong' }, { wanted: { form: 'none' }, also: [] })
    expect(saved).toEqual({ kind: 'wrong', wanted: NONE })
    const also = [{ field: GIVEN.code, wanted: { form: 'none' } as const }]
    const both = withAnswer(saved, { also })
    expect(both.also).toEqual(also)
    expect(withAnswer(both, { kind: 'not_me' }).also).toBeUndefined()
    expect(withAnswer(both, { also: [] }).also).toBeUndefined()
  })
})

describe('what a correction in part writes', () => {
  const terms = {
    field: FAMILY,
    kind: 'wrong',
    wanted: { form: 'names', latin: 'Al-Khatib', onlyOne: true },
    further: [{ field: GIVEN, entry: { field: GIVEN.code, wanted: { form: 'none' } } }],
  } as const
  const part = (typed: Record<string, string>) =>
    readWritten(new URLSearchParams(typed), terms, 'corrected_in_part')
  const asked = { latin: 'Al-Khatib', onlyOne: 'yes' }

  it('is each field for itself', () => {
    expect(part({ ...asked, 'latin-given_names': 'Layla' })).toEqual({
      ok: true,
      value: {
        value: terms.wanted,
        also: [{ field: GIVEN.code, wanted: names('Layla') }],
      },
    })
    expect(part({ keep: 'yes', 'none-given_names': 'yes' })).toEqual({
      ok: true,
      value: { also: [{ field: GIVEN.code, wanted: NONE }] },
    })
    expect(part({ ...asked, 'keep-given_names': 'yes' })).toEqual({
      ok: true,
      value: { value: terms.wanted },
    })
  })

  it.each([
    [{ ...asked, 'none-given_names': 'yes' }, 'samePart'],
    [{ keep: 'yes', 'keep-given_names': 'yes' }, 'nothingChanged'],
  ])('is neither all nor nothing: %#', (typed, key) => {
    expect(part(typed)).toMatchObject({ refusal: [{ key: `rectification:problem.${key}` }] })
  })

  it('asks nothing where all is corrected as it is wanted', () => {
    expect(readWritten(new URLSearchParams(), terms, 'corrected')).toEqual({
      ok: true,
      value: { value: terms.wanted, also: [{ field: GIVEN.code, wanted: NONE }] },
    })
    expect(readWritten(new URLSearchParams(), terms, 'not_proven')).toEqual({ ok: true, value: {} })
  })
})
