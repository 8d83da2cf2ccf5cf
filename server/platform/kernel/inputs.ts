/** One input that cannot be used: `key` is its text, `field` the input it belongs to. */
export interface FieldError {
  readonly field: string
  readonly key: string
  /** What the text says besides: a place, or the character that is not allowed. */
  readonly params?: Readonly<Record<string, string | number>>
}

/** What was typed into a form, and what is wrong with it. */
export interface Typed {
  readonly form: URLSearchParams
  readonly errors: readonly FieldError[]
}

/** One choice of several; `lang` where its text is in another language than the page. */
export interface Option {
  readonly value: string
  readonly text: string
  readonly lang?: string
  /** A second line below it. */
  readonly hint?: string
  /** What it is called in its own language: for whoever cannot read that of the page. */
  readonly own?: { readonly text: string; readonly tag: string; readonly direction: 'ltr' | 'rtl' }
}

/** What an input may have besides its label. */
export interface InputShape {
  readonly hint?: string
  readonly optional?: boolean
  readonly autocomplete?: string
  readonly inputmode?: 'text' | 'numeric'
  /** Read from left to right in every language. */
  readonly code?: boolean
  /** Language of what is typed, where it is not the reader's. */
  readonly lang?: string
}

type Say = (key: string, values?: Readonly<Record<string, unknown>>) => string

/** Longest text that a form shows again. */
const MOST_SHOWN = 4_000

/** Makes the view models of a form's inputs; `label` gives the key of an input's label. */
export function inputsOf(t: Say, { form, errors }: Typed, label: (name: string) => string) {
  const base = (name: string, hint = '') => ({
    name,
    label: t(label(name)),
    hint,
    error: errorOf(errors, name, t),
  })
  const typed = (name: string, shape: InputShape) => ({
    ...base(name, shape.hint),
    value: (form.get(name) ?? '').slice(0, MOST_SHOWN),
    optional: shape.optional ?? false,
    required: false,
    autocomplete: shape.autocomplete ?? 'off',
    inputmode: shape.inputmode ?? 'text',
    code: shape.code ?? false,
    lang: shape.lang ?? '',
  })
  const chosen = (name: string, options: readonly Option[]) => {
    const given = form.getAll(name)
    return options.map((option) => ({
      ...option,
      anchor: `${name}-${option.value}`,
      hint: option.hint ?? '',
      chosen: given.includes(option.value),
    }))
  }
  const picks =
    <Kind extends string>(kind: Kind) =>
    (name: string, options: readonly Option[], hint?: string) => ({
      kind,
      ...base(name, hint),
      options: chosen(name, options),
    })
  return {
    problems: errors.map((error) => ({ field: error.field, text: errorText(t, error) })),
    input: (name: string, shape: InputShape = {}) => ({
      kind: 'input',
      type: 'text',
      ...typed(name, shape),
    }),
    area: (name: string, shape: InputShape = {}) => ({ kind: 'area', ...typed(name, shape) }),
    choice: picks('choice'),
    radios: picks('radios'),
    boxes: picks('boxes'),
    box: (name: string, hint = '') => ({
      kind: 'box',
      name,
      text: t(label(name)),
      hint,
      checked: form.get(name) === 'yes',
    }),
  }
}

function errorOf(errors: readonly FieldError[], field: string, t: Say): string {
  const found = errors.find((error) => error.field === field)
  return found === undefined ? '' : errorText(t, found)
}

function errorText(t: Say, { key, params }: FieldError): string {
  return params === undefined ? t(key) : t(key, params)
}
