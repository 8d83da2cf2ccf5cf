import type { Field } from '../../catalogue/index.js'
import type { Typed } from '../../platform/kernel/inputs.js'
import { furtherFieldsOf, inputOf, KEEP } from '../name-fields.js'
import { outcomesFor } from '../rules.js'
import { asksForRight } from '../statement.js'
import type { CaseView } from './case.js'
import { fieldsName, furtherControls, nameInputs, type FieldGroup } from './fields.js'
import type { Pen } from './pen.js'
import { savedForm } from './saved.js'
import { wantedControls } from './wanted.js'

/** The inputs for what a correction in part writes, field by field. */
export interface PartInputs {
  readonly legend: string
  readonly hint: string
  readonly groups: readonly Omit<FieldGroup, 'isOpen'>[]
}

/**
 * What stands in the register after a correction in part: the form begins with what the person wants, and
 * the office changes what was not shown. Nothing where the request names no right entry.
 */
export function partInputs(pen: Pen, { facts, form, errors }: CaseView): PartInputs | undefined {
  const { field, fields, request, statement } = facts
  const isPossible = outcomesFor({ ...field, kind: request.kind }).includes('corrected_in_part')
  const wanted = statement?.wanted
  if (!isPossible || !asksForRight(request.kind) || wanted === undefined) return undefined
  const typed = form.has('outcome') || errors.length > 0
  const shown = typed ? form : savedForm({ statement: { wanted, also: statement?.also ?? [] } })
  const asked: Typed = { form: shown, errors }
  const further = furtherFieldsOf(fields, statement).map((one) => one.field)
  const leading = wantedControls(pen, nameInputs(pen.t, asked), field)
  return {
    legend: pen.t('rectification:work.part'),
    hint: pen.t('rectification:work.partHint'),
    groups:
      further.length === 0
        ? [{ legend: '', controls: leading }]
        : [
            { ...named(pen, field), controls: [...leading, keepBox(pen, asked, KEEP)] },
            ...further.map((one) => ({
              ...named(pen, one),
              controls: [
                // What stands there now is the person's to say.
                ...furtherControls(pen, asked, one).slice(1),
                keepBox(pen, asked, inputOf(KEEP, one)),
              ],
            })),
          ],
  }
}

function named(pen: Pen, field: Field): Pick<FieldGroup, 'legend'> {
  return { legend: fieldsName(pen, [field]) }
}

function keepBox({ t }: Pen, typed: Typed, name: string): object {
  return nameInputs(t, typed).box(name, t('rectification:hint.keep'))
}
