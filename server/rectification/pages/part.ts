import { inputsOf } from '../../platform/kernel/inputs.js'
import { outcomesFor } from '../rules.js'
import { asksForRight } from '../statement.js'
import type { CaseView } from './case.js'
import type { Pen } from './pen.js'
import { savedForm } from './saved.js'
import { wantedControls } from './wanted.js'

/** The inputs for what a correction in part writes. */
export interface PartInputs {
  readonly legend: string
  readonly hint: string
  readonly controls: readonly object[]
}

/**
 * What stands in the register after a correction in part: the form begins with what the person wants, and
 * the office changes what was not shown. Nothing where the request names no right entry.
 */
export function partInputs(pen: Pen, { facts, form, errors }: CaseView): PartInputs | undefined {
  const { field, request, statement } = facts
  const isPossible = outcomesFor({ ...field, kind: request.kind }).includes('corrected_in_part')
  const wanted = statement?.wanted
  if (!isPossible || !asksForRight(request.kind) || wanted === undefined) return undefined
  const typed = form.has('outcome') || errors.length > 0
  const shown = typed ? form : savedForm({ statement: { wanted } })
  const inputs = inputsOf(pen.t, { form: shown, errors }, (name) => `rectification:input.${name}`)
  return {
    legend: pen.t('rectification:work.part'),
    hint: pen.t('rectification:work.partHint'),
    controls: wantedControls(pen, inputs, field),
  }
}
