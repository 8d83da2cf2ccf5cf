import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { DecisionText } from '../decision.js'
import { inputOf, KEEP } from '../name-fields.js'
import type { Outcome } from '../rules.js'
import { asksForRight, isSameEntry, type Wanted } from '../statement.js'
import { readFurther } from './names.js'
import type { StepTerms } from './step.js'
import { readWanted } from './wanted.js'

/** What a decision writes into the fields of a request. */
export type Written = Pick<DecisionText, 'value' | 'also'>

type Terms = Pick<StepTerms, 'field' | 'kind' | 'wanted' | 'further'>

/**
 * What a decision puts into the register: what the person states, or in a correction in part what the office
 * typed instead, field by field. Something must differ from what the person wants, and something must change.
 */
export function readWritten(
  form: URLSearchParams,
  terms: Terms,
  outcome: Outcome | undefined,
): Result<Written, readonly FieldError[]> {
  const { kind, wanted, further } = terms
  if (wanted === undefined || !asksForRight(kind)) return ok({})
  if (outcome === 'corrected') return ok(writtenOf({ ...terms, wanted }))
  return outcome === 'corrected_in_part' ? readPart(form, { ...terms, wanted, further }) : ok({})
}

type Whole = Terms & { readonly wanted: NonNullable<Terms['wanted']> }

function writtenOf({ wanted, further }: Pick<Whole, 'wanted' | 'further'>): Written {
  const also = further.map(({ entry }) => ({ field: entry.field, wanted: entry.wanted }))
  return { value: wanted, ...(also.length === 0 ? {} : { also }) }
}

function readPart(
  form: URLSearchParams,
  { field, wanted, further }: Whole,
): Result<Written, readonly FieldError[]> {
  const isKept = (name: string) => further.length > 0 && form.get(name) === 'yes'
  const leading = isKept(KEEP) ? undefined : readWanted(form, field)
  const rows = further
    .filter((one) => !isKept(inputOf(KEEP, one.field)))
    .map(({ field: own, entry }) => ({ entry, read: readFurther(form, own) }))
  const errors = [
    ...(leading === undefined || leading.ok ? [] : leading.refusal),
    ...rows.flatMap(({ read }) => (read.ok ? [] : read.refusal)),
  ]
  if (errors.length > 0) return refuse(errors)
  const also = rows.flatMap(({ entry, read }) =>
    read.ok ? [{ ...entry, wanted: alone(read.value, entry.wanted), asked: entry.wanted }] : [],
  )
  if (leading === undefined && also.length === 0) return refuse([problem('nothingChanged')])
  const isWhole = leading?.ok === true && also.length === further.length
  const isSame =
    isWhole &&
    isSameEntry(leading.value, wanted) &&
    also.every(({ wanted: written, asked }) => isSameEntry(written, asked))
  if (isSame) return refuse([problem('samePart')])
  return ok({
    ...(leading?.ok === true ? { value: leading.value } : {}),
    ...(also.length === 0
      ? {}
      : {
          also: also.map(({ field: code, wanted: written }) => ({ field: code, wanted: written })),
        }),
  })
}

/** Whether it is the only name is the person's to say: the form of an office does not ask again. */
function alone(written: Wanted, asked: Wanted): Wanted {
  return written.form === 'names' && asked.form === 'names'
    ? { ...written, onlyOne: asked.onlyOne }
    : written
}

function problem(key: string): FieldError {
  return { field: 'outcome', key: `rectification:problem.${key}` }
}
