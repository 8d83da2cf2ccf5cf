import type { FieldError } from '../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../platform/kernel/result.js'
import {
  ASKING_REASONS,
  DECISIONS,
  FORMATS,
  type AskingReason,
  type Decision,
  type Format,
} from './rules.js'

/** What somebody holds of a report: its reference, and the checksum of its content or of a file. */
export interface Held {
  readonly reference: string
  readonly checksum: string
}

const CHECKSUM = /^[0-9a-f]{64}$/
const SEPARATORS = /[\s-]+/g

/** Reads what is to be checked, with spaces as people type them; nothing where no checksum was given. */
export function readHeld(query: URLSearchParams): Held | undefined {
  const plain = (name: string) => (query.get(name) ?? '').slice(0, 200).replace(SEPARATORS, '')
  const checksum = plain('hash').toLowerCase()
  if (checksum === '') return undefined
  // A checksum that can be none was issued for nothing: the answer is the same as for one that was not.
  return CHECKSUM.test(checksum)
    ? { reference: plain('reference').toUpperCase(), checksum }
    : { reference: '', checksum: '' }
}

/** What a report is asked for with. */
export interface AskedFor {
  readonly format: Format
  readonly language: string
  readonly reason: AskingReason
}

/** Reads what is asked for: a format or language that is not offered counts as the first one, a reason must be chosen. */
export function readAsk(
  form: URLSearchParams,
  offered: readonly string[],
): Result<AskedFor, readonly FieldError[]> {
  const reason = ASKING_REASONS.find((one) => one === form.get('reason'))
  if (reason === undefined) return refuse([{ field: 'reason', key: 'reports:new.chooseReason' }])
  const language = offered.find((tag) => tag === form.get('language')) ?? 'de'
  return ok({ format: readFormat(form.get('format')), language, reason })
}

/** Leaf index of the access whose person a report is on; nothing where none is named. */
export function readEntry(raw: string | null): number | undefined {
  return /^(0|[1-9]\d{0,14})$/.test(raw ?? '') ? Number(raw) : undefined
}

/** A format; one that is none counts as a document. */
export function readFormat(raw: string | null): Format {
  return FORMATS.find((one) => one === raw) ?? 'pdf'
}

/** What a second person decides; nothing where the form says neither. */
export function readDecision(form: URLSearchParams): Decision | undefined {
  return DECISIONS.find((one) => one === form.get('decision'))
}

/** Number of a file. */
export function readPart(raw: string | undefined): number | undefined {
  return /^[1-9]\d{0,5}$/.test(raw ?? '') ? Number(raw) : undefined
}
