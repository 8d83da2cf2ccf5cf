import type { Field } from '../catalogue/index.js'
import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import { readWanted } from './forms/wanted.js'
import { readWords } from './forms/words.js'
import { EVIDENCE, kindsFor, type Statement, type StepName } from './statement.js'

/** An answer to one step of a draft, or what of it cannot be used; `wanted` is typed by the field. */
export function readStep(
  step: Exclude<StepName, 'check'>,
  form: URLSearchParams,
  field: Field,
): Result<Statement, readonly FieldError[]> {
  return READERS[step](form, field)
}

type Reader = (form: URLSearchParams, field: Field) => Result<Statement, readonly FieldError[]>

const READERS: Readonly<Record<Exclude<StepName, 'check'>, Reader>> = {
  kind: readKind,
  right: readRight,
  proof: readProof,
  tell: readTell,
}

function readKind(form: URLSearchParams, field: Field): ReturnType<Reader> {
  const kind = kindsFor(field).find((one) => one === form.get('kind'))
  const stored = readWords(form, 'stored')
  const errors = [
    ...(kind ? [] : [problem('kind', 'choose')]),
    ...(stored.ok ? [] : stored.refusal),
  ]
  if (kind === undefined || !stored.ok) return refuse(errors)
  return ok({ kind, ...(stored.value === '' ? {} : { stored: stored.value }) })
}

function readRight(form: URLSearchParams, field: Field): ReturnType<Reader> {
  const wanted = readWanted(form, field)
  const words = readWords(form, 'words')
  if (!wanted.ok || !words.ok) {
    return refuse([...(wanted.ok ? [] : wanted.refusal), ...(words.ok ? [] : words.refusal)])
  }
  return ok({ wanted: wanted.value, ...(words.value === '' ? {} : { words: words.value }) })
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
