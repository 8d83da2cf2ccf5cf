import { DomainError } from '../platform/kernel/errors.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { addressOf } from './address.js'
import { placeOf, type Place } from './place.js'
import { CHOICES, type Choice } from './rules.js'

/** Where the list begins; an address that was changed by hand is no page (NOT_FOUND). */
export function readPlace(query: URLSearchParams): Place | undefined {
  const cursor = query.get('after')
  if (cursor === null) return undefined
  const place = placeOf(cursor)
  if (place === undefined) throw new DomainError('NOT_FOUND')
  return place
}

/** An address, and when to write to it. */
export function readAsked(
  form: URLSearchParams,
): Result<{ readonly address: string; readonly choice: Choice }, readonly FieldError[]> {
  const address = addressOf((form.get('address') ?? '').slice(0, 1_000))
  const choice = choiceIn(form)
  const errors: FieldError[] = [
    ...(address.ok
      ? []
      : [{ field: 'address', key: `notices:problem.address.${address.refusal}` }]),
    ...(choice === undefined ? [CHOICE] : []),
  ]
  if (!address.ok || choice === undefined) return refuse(errors)
  return ok({ address: address.value, choice })
}

/** When to write. */
export function readChoice(form: URLSearchParams): Result<Choice, readonly FieldError[]> {
  const choice = choiceIn(form)
  return choice === undefined ? refuse([CHOICE]) : ok(choice)
}

const CHOICE: FieldError = { field: 'choice', key: 'notices:problem.choice' }

function choiceIn(form: URLSearchParams): Choice | undefined {
  return CHOICES.find((one) => one === form.get('choice'))
}

/** The digits of a code as it was typed, in digits of any script and with gaps; it may be no code at all. */
export function readCode(form: URLSearchParams): string {
  const raw = (form.get('code') ?? '').slice(0, 100).normalize('NFKC')
  return raw.replace(/[^\p{Nd}]/gu, '').replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
}

/** The value of a decimal digit: every script's ten digits follow one another from its zero on. */
function valueOf(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return point - zero
}
