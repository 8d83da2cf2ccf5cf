import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse, type Result } from '../../platform/kernel/result.js'
import type { Day } from '../days.js'
import { parseMrz, type MrzCheck, type MrzFault } from '../values/mrz.js'
import { fillFrom, ZONE, type ZonePart } from '../zone.js'

/** A form with what the lines of a document say, and texts about how they were read. */
export interface FilledForm {
  readonly form: URLSearchParams
  readonly notes: readonly string[]
}

/** More faults than anybody corrects at once. */
const MOST_FAULTS = 4

/**
 * Fills the inputs of a form from the lines of a passport in it (ICAO Doc 9303); the lines are gone from it
 * then. Nothing is filled where a check digit does not fit: the faults say where.
 */
export function readZone(
  form: URLSearchParams,
  { part, today }: { readonly part: ZonePart; readonly today: Day },
): Result<FilledForm, readonly FieldError[]> {
  const typed = form.get(ZONE) ?? ''
  if (typed.trim() === '') return refuse([problem('EMPTY')])
  const read = parseMrz(typed, today)
  if (!read.ok) return refuse(read.faults.slice(0, MOST_FAULTS).map(faultProblem))
  const wrong = read.document.checks.filter(({ holds }) => !holds)
  if (wrong.length > 0) return refuse(wrong.map(checkProblem))
  const fill = fillFrom(read.document, part)
  if (typeof fill === 'string') return refuse([problem(fill)])
  const filled = new URLSearchParams(form)
  for (const [name, value] of Object.entries({ ...fill.inputs, [ZONE]: undefined })) {
    if (value === undefined) filled.delete(name)
    else filled.set(name, value)
  }
  return ok({ form: filled, notes: ['compare', ...fill.notes] })
}

function faultProblem(fault: MrzFault): FieldError {
  switch (fault.code) {
    case 'LINES':
      return problem('LINES')
    case 'LENGTH':
      return problem('LENGTH', { line: fault.line, expected: fault.expected })
    case 'DATE':
      return problem('DATE', { line: fault.line, column: fault.column })
    case 'CHARACTER': {
      const { line, column, character, looksLike } = fault
      return looksLike === undefined
        ? problem('CHARACTER', { line, column, character })
        : problem('CHARACTER_MEANT', { line, column, character, meant: looksLike })
    }
  }
}

function checkProblem({ field, line, column, looksLike }: MrzCheck): FieldError {
  return looksLike === undefined
    ? problem(`check.${field}`, { line, column })
    : problem('check.numberMeant', { line, column, meant: looksLike })
}

function problem(key: string, params?: Readonly<Record<string, string | number>>): FieldError {
  const error = { field: ZONE, key: `rectification:zone.problem.${key}` }
  return params === undefined ? error : { ...error, params }
}
