import { LANGUAGES } from '../platform/http/languages.js'
import { refuse, ok, type Result } from '../platform/kernel/result.js'
import { readBirthYear, readCode } from './codes.js'
import type { GivenNumber } from './enrol.js'
import type { CodeOrder } from './issuing.js'
import type { TypedCode } from './sign-in.js'

/** One input that cannot be used: `key` is its text, `field` the input it belongs to. */
export interface FieldError {
  readonly field: string
  readonly key: string
}

/** A code and a year as they were typed; whether they count is not decided here. */
export function readCodeForm(
  form: URLSearchParams,
  { client, now }: { client: string; now: Date },
): TypedCode {
  return {
    code: readCode(given(form, 'code')),
    birthYear: readBirthYear(given(form, 'year'), now),
    shared: form.get('shared') === 'yes',
    client,
  }
}

/** What a script put into a form: JSON of at most a few kilobytes, or nothing. */
export function readAnswer(form: URLSearchParams): unknown {
  try {
    return JSON.parse(form.get('answer') ?? '') as unknown
  } catch {
    return undefined
  }
}

const NEXT = /^\/[a-z]{2,3}(?:\/[A-Za-z0-9_.-]+)+$/

/** A page of ours to go on to: a path without query, never an address of somebody else. */
export function readNext(raw: string | null): string | undefined {
  return raw !== null && NEXT.test(raw) && !raw.includes('..') ? raw : undefined
}

/** A credential id as a form carries it. */
export function readCredential(form: URLSearchParams): Buffer | undefined {
  const raw = form.get('credential') ?? ''
  return /^[A-Za-z0-9_-]{1,1364}$/.test(raw) ? Buffer.from(raw, 'base64url') : undefined
}

/** Kinds of numbers under which an office knows people. */
export const SCHEMES = ['azr', 'idnr', 'local'] as const
/** How a code reaches its person. */
export const WAYS = ['handed', 'posted'] as const

/** The order of a code, as a member of staff typed it; `office` is the code of their own office. */
export function readOrder(
  form: URLSearchParams,
  { office, now }: { office: string; now: Date },
): Result<CodeOrder, readonly FieldError[]> {
  const scheme = SCHEMES.find((one) => one === form.get('scheme'))
  const way = WAYS.find((one) => one === form.get('way'))
  const language = LANGUAGES.find(({ tag }) => tag === form.get('language'))
  const value = given(form, 'number').trim()
  const birthYear = readBirthYear(given(form, 'year'), now)
  const errors: FieldError[] = [
    ...(scheme ? [] : [problem('scheme')]),
    ...(value === '' ? [problem('number')] : []),
    ...(way ? [] : [problem('way')]),
    ...(way === 'posted' && birthYear === undefined ? [problem('year')] : []),
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
    language: language.tag,
  })
}

function problem(field: string): FieldError {
  return { field, key: `identity:issue.problem.${field}` }
}

function given(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').slice(0, 100)
}
