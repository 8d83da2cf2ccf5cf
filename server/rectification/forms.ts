import type { Field } from '../catalogue/index.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { readEntries } from './forms/names.js'
import { readNeededWords, readWords } from './forms/words.js'
import { asksForOther, EVIDENCE, kindsFor, type Statement, type StepName } from './statement.js'

/** What a step of a draft is read by: its field, and the kind that was chosen before. */
export interface StepMatter {
  readonly field: Field
  readonly kind: Statement['kind']
  /** Names that can be corrected together with the field. */
  readonly beside: readonly Field[]
}

/** An answer to one step of a draft, or what of it cannot be used; `wanted` is typed by the field. */
export function readStep(
  step: Exclude<StepName, 'check'>,
  form: URLSearchParams,
  matter: StepMatter,
): Result<Statement, readonly FieldError[]> {
  return READERS[step](form, matter)
}

type Reader = (
  form: URLSearchParams,
  matter: StepMatter,
) => Result<Statement, readonly FieldError[]>

const READERS: Readonly<Record<Exclude<StepName, 'check'>, Reader>> = {
  kind: readKind,
  right: readRight,
  proof: readProof,
  tell: readTell,
}

function readKind(form: URLSearchParams, { field }: StepMatter): ReturnType<Reader> {
  const kind = kindsFor(field).find((one) => one === form.get('kind'))
  const stored = readWords(form, 'stored')
  const errors = [
    ...(kind ? [] : [problem('kind', 'choose')]),
    ...(stored.ok ? [] : stored.refusal),
  ]
  if (kind === undefined || !stored.ok) return refuse(errors)
  return ok({ kind, ...(stored.value === '' ? {} : { stored: stored.value }) })
}

function readRight(form: URLSearchParams, { field, kind, beside }: StepMatter): ReturnType<Reader> {
  if (kind !== undefined && asksForOther(kind)) return readOther(form)
  const entries = readEntries(form, { field, beside })
  const words = readWords(form, 'words')
  if (!entries.ok || !words.ok) {
    return refuse([...(entries.ok ? [] : entries.refusal), ...(words.ok ? [] : words.refusal)])
  }
  return ok({ ...entries.value, ...(words.value === '' ? {} : { words: words.value }) })
}

const NUMBER = /^[\p{L}\p{N} ./:_-]{1,60}$/u

/** Which record is meant: in words, and by a number where the person knows one. */
function readOther(form: URLSearchParams): ReturnType<Reader> {
  const about = readNeededWords(form, 'about')
  const number = (form.get('number') ?? '').normalize('NFC').trim()
  const errors = [
    ...(about.ok ? [] : about.refusal),
    ...(number === '' || NUMBER.test(number) ? [] : [problem('number', 'number')]),
  ]
  if (!about.ok || errors.length > 0) return refuse(errors)
  return ok({ other: { about: about.value, ...(number === '' ? {} : { number }) } })
}

/** "Nothing" is an answer; together with anything else it is not meant. */
function readProof(form: URLSearchParams): ReturnType<Reader> {
  const given = new Set(form.getAll('evidence'))
  const evidence = EVIDENCE.filter((one) => given.has(one))
  if (evidence.length === 0) return refuse([problem('evidence', 'choose')])
  const some = evidence.filter((one) => one !== 'nothing')
  return ok({ evidence: some.length === 0 ? ['nothing'] : some })
}

function readTell(form: URLSearchParams): ReturnType<Reader> {
  const restrict = form.get('restrict')
  if (restrict !== 'yes' && restrict !== 'no') return refuse([problem('restrict', 'choose')])
  return ok({ restrict: restrict === 'yes', recipients: form.get('recipients') === 'yes' })
}

/** The field that a new request is about, by its code in a form or an address; a letter number where there is none. */
export function readFieldCode(raw: string | null): string | undefined {
  return raw !== null && /^[a-z][a-z0-9_.]{1,63}$/.test(raw) ? raw : undefined
}

/** The version of what a page showed, so that two devices do not overwrite each other unseen. */
export function readVersion(form: URLSearchParams): number {
  const raw = form.get('version') ?? ''
  return /^[1-9]\d{0,8}$/.test(raw) ? Number(raw) : 0
}

function problem(field: string, key: string): FieldError {
  return { field, key: `rectification:problem.${key}` }
}
