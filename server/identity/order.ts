import { refuse, ok, type Result } from '../platform/kernel/result.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { readBirthYear } from './codes.js'
import type { GivenNumber } from './enrol.js'
import type { CodeOrder } from './issuing.js'

/** Kinds of numbers under which an office knows people. */
export const SCHEMES = ['azr', 'idnr', 'local'] as const
/** How a code reaches its person. */
export const WAYS = ['handed', 'posted'] as const
/** How the person lives: where many share a letter box, nothing is posted (security.md). */
export const HOUSINGS = ['own', 'shared'] as const

/** The order of a code, as a member of staff typed it; `office` is the code of their own office. */
export function readOrder(
  form: URLSearchParams,
  { office, now, languages }: { office: string; now: Date; languages: readonly string[] },
): Result<CodeOrder, readonly FieldError[]> {
  const scheme = SCHEMES.find((one) => one === form.get('scheme'))
  const way = WAYS.find((one) => one === form.get('way'))
  const language = languages.find((tag) => tag === form.get('language'))
  const value = given(form, 'number').trim()
  const housing = HOUSINGS.find((one) => one === form.get('housing'))
  const birthYear = readBirthYear(given(form, 'year'), now)
  const errors: FieldError[] = [
    ...(scheme ? [] : [problem('scheme')]),
    ...(value === '' ? [problem('number')] : []),
    ...(way ? [] : [problem('way')]),
    ...(way === 'posted' && birthYear === undefined ? [problem('year')] : []),
    ...(way === 'posted' && housing === undefined ? [problem('housing')] : []),
    ...(way === 'posted' && housing === 'shared' ? [problem('housing', 'shared')] : []),
    ...(language ? [] : [problem('language')]),
  ]
  if (!scheme || !way || !language || errors.length > 0) return refuse(errors)
  const number: GivenNumber = {
    scheme,
    value,
    ...(scheme === 'local' ? { authority: office } : {}),
  }
  return ok({
    number,
    way:
      birthYear !== undefined && way === 'posted'
        ? { kind: 'posted', birthYear }
        : { kind: 'handed' },
    recovery: form.get('recovery') === 'yes',
    ...(housing === undefined ? {} : { sharesHousing: housing === 'shared' }),
    language,
  })
}

function problem(field: string, key = field): FieldError {
  return { field, key: `identity:issue.problem.${key}` }
}

function given(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').slice(0, 100)
}
