import type { Field } from '../../catalogue/index.js'
import type { inputsOf, Option } from '../../platform/kernel/inputs.js'
import {
  CALENDARS,
  formOf,
  GENDERS,
  MARITAL,
  RELATIONS,
  type Wanted,
  type WantedForm,
} from '../statement.js'
import { NATIONALITIES } from '../values/nationality.js'
import { nationalityName } from '../register-text.js'
import { dateRows } from './dates.js'
import { dayName, type Row, type Tongue } from './pen.js'

type Inputs = ReturnType<typeof inputsOf>
type Ask = (tongue: Tongue, inputs: Inputs) => readonly object[]

/** The inputs for the right entry of a field. */
export function wantedControls(tongue: Tongue, inputs: Inputs, field: Field): readonly object[] {
  return ASK[formOf(field)](tongue, inputs)
}

const hint = ({ t }: Tongue, name: string) => t(`rectification:hint.${name}`)

const ASK: Readonly<Record<WantedForm, Ask>> = {
  names: (tongue, { input, box }) => [
    input('latin', { hint: hint(tongue, 'latin'), code: true }),
    input('original', { hint: hint(tongue, 'original'), optional: true }),
    box('onlyOne', hint(tongue, 'onlyOne')),
  ],
  date: (tongue, { input, choice, box }) => [
    choice('calendar', optionsOf(tongue, 'calendar', CALENDARS)),
    input('day', { hint: hint(tongue, 'day'), optional: true, inputmode: 'numeric', code: true }),
    input('month', {
      hint: hint(tongue, 'month'),
      optional: true,
      inputmode: 'numeric',
      code: true,
    }),
    input('year', { inputmode: 'numeric', code: true }),
    box('unknown', hint(tongue, 'unknown')),
  ],
  nationality: (tongue, { choice }) =>
    ['nationality1', 'nationality2', 'nationality3'].map((name) =>
      choice(name, [{ value: '', text: tongue.t('rectification:choose') }, ...countries(tongue)]),
    ),
  address: (tongue, { input }) => [
    input('street', { code: true }),
    input('postcode', { inputmode: 'numeric', code: true }),
    input('place', { code: true }),
    input('since', { hint: hint(tongue, 'since'), optional: true, code: true }),
  ],
  marital: (tongue, { radios }) => [radios('marital', optionsOf(tongue, 'maritals', MARITAL))],
  gender: (tongue, { radios }) => [radios('gender', optionsOf(tongue, 'genders', GENDERS))],
  family: (tongue, { radios, input }) => [
    radios('relation', optionsOf(tongue, 'relations', RELATIONS)),
    input('latin', { hint: hint(tongue, 'latin'), code: true }),
    input('birthYear', { optional: true, inputmode: 'numeric', code: true }),
  ],
  text: (tongue, { area }) => [area('text', { hint: hint(tongue, 'text') })],
}

/** Codes with their words, as the choices of a form. */
export function optionsOf(
  { t }: Pick<Tongue, 't'>,
  group: string,
  codes: readonly string[],
): readonly Option[] {
  return codes.map((value) => ({ value, text: t(`rectification:${group}.${value}`) }))
}

/** Countries by their names in the reader's language, stateless and unclear first. */
function countries(tongue: Tongue): readonly Option[] {
  const { compare } = new Intl.Collator(tongue.language.intl)
  const [special, states] = [
    NATIONALITIES.filter(({ alpha2 }) => alpha2 === undefined),
    NATIONALITIES.filter(({ alpha2 }) => alpha2 !== undefined),
  ]
  const named = states.map(({ code }) => ({ value: code, text: nationalityName(tongue, code) }))
  return [
    ...special.map(({ code }) => ({ value: code, text: nationalityName(tongue, code) })),
    ...named.sort((one, other) => compare(one.text, other.text)),
  ]
}

/** The right entry in words, line by line. */
export function wantedRows(tongue: Tongue, wanted: Wanted): readonly Row[] {
  const { t } = tongue
  const term = (name: string) => t(`rectification:input.${name}`)
  switch (wanted.form) {
    case 'names':
      return [
        { term: term('latin'), code: wanted.latin },
        ...(wanted.original === undefined
          ? []
          : [{ term: term('original'), words: wanted.original }]),
        ...(wanted.onlyOne ? [{ term: term('onlyOneTerm'), text: t('rectification:yes') }] : []),
      ]
    case 'date':
      return dateRows(tongue, wanted)
    case 'nationality':
      return [
        {
          term: t('rectification:input.nationality'),
          items: wanted.codes.map((code) => nationalityName(tongue, code)),
        },
      ]
    case 'address':
      return [
        { term: term('street'), code: wanted.street },
        { term: term('place'), code: `${wanted.postcode} ${wanted.place}` },
        ...(wanted.since === undefined
          ? []
          : [{ term: term('since'), text: dayName(tongue, wanted.since) }]),
      ]
    case 'marital':
      return [{ term: term('marital'), text: t(`rectification:maritals.${wanted.code}`) }]
    case 'gender':
      return [{ term: term('gender'), text: t(`rectification:genders.${wanted.code}`) }]
    case 'family':
      return [
        { term: t(`rectification:relations.${wanted.relation}`), code: wanted.latin },
        ...(wanted.birthYear === undefined
          ? []
          : [{ term: term('birthYear'), code: String(wanted.birthYear) }]),
      ]
    case 'text':
      return [{ term: term('text'), words: wanted.text }]
    case 'none':
      return [{ term: t('rectification:line.entry'), text: t('rectification:noName') }]
  }
}
