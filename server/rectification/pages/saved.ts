import type { Draft } from '../service.js'
import { inputOf } from '../name-fields.js'
import type { Statement } from '../statement.js'

/** A form as it was saved, to be shown again. */
export function savedForm({ statement }: Pick<Draft, 'statement'>): URLSearchParams {
  const form = new URLSearchParams()
  const { kind, stored, words, wanted, also, other, evidence, restrict, recipients } = statement
  const put = (name: string, value: string | number | undefined) => {
    if (value !== undefined) form.append(name, String(value))
  }
  put('kind', kind)
  put('stored', stored)
  put('words', words)
  put('about', other?.about)
  put('number', other?.number)
  for (const one of evidence ?? []) put('evidence', one)
  put('restrict', restrict === undefined ? undefined : restrict ? 'yes' : 'no')
  put('recipients', recipients ? 'yes' : undefined)
  if (wanted?.form === 'none') put('onlyOne', 'yes')
  else if (wanted !== undefined) putWanted(wanted, put)
  for (const entry of also ?? []) {
    const { field: code } = entry
    put(inputOf('stored', { code }), entry.stored)
    if (entry.wanted.form === 'none') put(inputOf('none', { code }), 'yes')
    else putWanted(entry.wanted, (name, value) => put(inputOf(name, { code }), value))
  }
  return form
}

function putWanted(
  wanted: NonNullable<Statement['wanted']>,
  put: (name: string, value: string | number | undefined) => void,
): void {
  const { form, ...parts } = wanted
  if (wanted.form === 'nationality') {
    wanted.codes.forEach((code, place) => put(`nationality${place + 1}`, code))
  } else if (wanted.form === 'marital' || wanted.form === 'gender') {
    put(form, wanted.code)
  } else {
    for (const [name, value] of Object.entries(parts)) {
      put(name, value === true ? 'yes' : value === false ? undefined : (value as string | number))
    }
    if (wanted.form === 'date' && wanted.year === undefined) put('unknown', 'yes')
  }
}
