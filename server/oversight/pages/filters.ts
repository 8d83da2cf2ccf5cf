import { inputsOf, type Option } from '../../platform/kernel/inputs.js'
import { choicesUnder, FILTERS, type Choices, type Chosen, type FilterName } from '../filter.js'
import { chosenText } from '../words.js'
import type { Pen } from './pen.js'

/** The controls by which accesses are chosen, with what is chosen now. */
export function filterControls(pen: Pen, chosen: Chosen, choices: Choices): readonly object[] {
  const { t } = pen
  const form = new URLSearchParams(chosen)
  const typed = inputsOf(t, { form, errors: [] }, (name) => `oversight:by.${name}`)
  const all = { value: '', text: t('oversight:by.all') }
  return FILTERS.map((name) =>
    name === 'from' || name === 'until'
      ? { ...typed.input(name), type: 'date', code: true }
      : typed.choice(name, [all, ...optionsOf(pen, name, choices)]),
  )
}

/** What is chosen, in words, each with the choice of everything but it. */
export function chosenTags(
  pen: Pen,
  chosen: Chosen,
  linkOf: (rest: Record<string, string>) => string,
): readonly { readonly href: string; readonly text: string }[] {
  return FILTERS.flatMap((name) => {
    const { [name]: value, ...rest } = chosen
    if (value === undefined) return []
    const what = `${pen.t(`oversight:by.${name}`)}: ${chosenText(pen, name, value)}`
    return [{ href: linkOf(rest), text: pen.t('oversight:by.without', { what }) }]
  })
}

function optionsOf(pen: Pen, name: FilterName, choices: Choices): readonly Option[] {
  return choicesUnder(name, choices).map((value) => ({ value, text: chosenText(pen, name, value) }))
}
