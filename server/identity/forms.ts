import { DomainError } from '../platform/kernel/errors.js'
import { isUuid } from '../platform/kernel/ids.js'
import type { StaffId } from './actor.js'
import type { Choices } from './accounts.js'
import { readBirthYear, readCode } from './codes.js'
import type { TypedCode } from './sign-in.js'

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

const NEXT = /^\/[a-z]{2,3}(?:\/[A-Za-z0-9_.-]+)+(?:\?kept=[0-9a-f-]{36})?$/

/** A page of ours to go on to: a path without query but that of a kept form, never an address of somebody else. */
export function readNext(raw: string | null): string | undefined {
  return raw !== null && NEXT.test(raw) && !raw.includes('..') ? raw : undefined
}

/** What a resident chose; an unknown language is refused as no form of ours (BAD_REQUEST). */
export function readChoices(form: URLSearchParams, languages: readonly string[]): Choices {
  const language = languages.find((tag) => tag === form.get('language'))
  if (language === undefined) throw new DomainError('BAD_REQUEST')
  return { language, showsLatest: form.get('latest') === 'yes' }
}

/** A credential id as a form carries it. */
export function readCredential(form: URLSearchParams): Buffer | undefined {
  const raw = form.get('credential') ?? ''
  return /^[A-Za-z0-9_-]{1,1364}$/.test(raw) ? Buffer.from(raw, 'base64url') : undefined
}

function given(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').slice(0, 100)
}

/** The member of staff of an address; what is no id does not exist (NOT_FOUND). */
export function staffOf(params: Readonly<Record<string, string>>): StaffId {
  const id = params['staff'] ?? ''
  if (!isUuid(id)) throw new DomainError('NOT_FOUND')
  return id as StaffId
}
