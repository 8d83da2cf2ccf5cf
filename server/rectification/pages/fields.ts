import type { Field } from '../../catalogue/index.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { DecisionText } from '../decision.js'
import { inputOf } from '../name-fields.js'
import { listOf, type Row, type Tongue } from './pen.js'
import { wantedRows } from './wanted.js'

/** What an office has written now, by field code; a field that it did not answer for is absent. */
export type WrittenNow = ReadonlyMap<string, readonly string[]>

/** What stands in a register at this moment: beside the inputs, because what is in an input is sent and saved. */
export interface Standing {
  readonly texts: readonly string[]
}

/** Inputs about one further field, as the page of a step and the form of a decision print them. */
export interface FieldGroup {
  readonly legend: string
  readonly isOpen: boolean
  /** What the register says now, where the page asks it; without texts, it did not answer. */
  readonly now?: Standing
  readonly controls: readonly object[]
}

/** The names of the fields of a request, in words. */
export function fieldsName(tongue: Tongue, fields: readonly Field[]): string {
  const labels = fields.map(({ code }) => tongue.texts.field(code).label)
  return labels.length > 1 ? listOf(tongue, labels) : (labels[0] ?? '')
}

/** The inputs of a further name: what stands there, what is right, or that there is no such name. */
export function furtherControls(
  { t }: Pick<Tongue, 't'>,
  typed: Typed,
  field: Field,
): readonly object[] {
  const { input, area, box } = nameInputs(t, typed)
  const hint = (name: string) => t(`rectification:hint.${name}`)
  return [
    area(inputOf('stored', field), { hint: hint('stored'), optional: true }),
    input(inputOf('latin', field), { hint: hint('latin'), code: true }),
    input(inputOf('original', field), { hint: hint('original'), optional: true }),
    box(inputOf('none', field), hint('none')),
  ]
}

/** Inputs whose labels are those of the leading field: the name of a field stands behind a hyphen. */
export function nameInputs(t: Tongue['t'], typed: Typed) {
  return inputsOf(t, typed, (name) => `rectification:input.${name.split('-')[0] ?? name}`)
}

/** What stands there now; no texts where the office has not answered. */
export function standing(written: WrittenNow, { code }: Field): Standing {
  return { texts: written.get(code) ?? [] }
}

/** The names that can be corrected together with the leading one; whatever was said stands open. */
export function besideGroups(
  tongue: Pick<Tongue, 't' | 'texts'>,
  typed: Typed,
  { beside, written }: { readonly beside: readonly Field[]; readonly written: WrittenNow },
): readonly FieldGroup[] {
  return beside.map((field) => {
    const names = ['stored', 'latin', 'original', 'none'].map((name) => inputOf(name, field))
    return {
      legend: tongue.texts.field(field.code).label,
      isOpen: names.some(
        (name) =>
          (typed.form.get(name) ?? '') !== '' || typed.errors.some((error) => error.field === name),
      ),
      now: standing(written, field),
      controls: furtherControls(tongue, typed, field),
    }
  })
}

/** The fields of a request, and which of them are to be shown where not all of them are. */
interface Decided {
  readonly fields: readonly Field[]
  readonly shown?: readonly Field[]
}

/** What a decision writes, field by field; of several each is named, and what stays as it is as well. */
export function writtenRows(
  tongue: Tongue,
  decision: DecisionText | undefined,
  { fields, shown = fields }: Decided,
): readonly Row[] {
  const { value, also = [] } = decision ?? {}
  if (value === undefined && also.length === 0) return []
  const [leading, ...further] = fields
  if (further.length === 0) return value === undefined ? [] : wantedRows(tongue, value)
  return shown.flatMap((field) => {
    const written =
      field === leading ? value : also.find((entry) => entry.field === field.code)?.wanted
    const term = tongue.t('rectification:line.field')
    const kept: readonly Row[] = [
      { term: tongue.t('rectification:line.entry'), text: tongue.t('rectification:kept') },
    ]
    return [
      { term, text: tongue.texts.field(field.code).label },
      ...(written === undefined ? kept : wantedRows(tongue, written)),
    ]
  })
}
