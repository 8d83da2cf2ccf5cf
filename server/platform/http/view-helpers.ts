import Handlebars from 'handlebars'
import { isoDay, type Day, type Formats } from './formats.js'
import { GERMAN, type Language } from './languages.js'
import { isolate, type Translate } from './texts.js'
import type { ViewContext } from './view-context.js'
import type { Frame } from './view-frame.js'
import type { UrlParts } from './urls.js'

/** What templates see as `@view`, and what the helpers work with. */
export interface ViewData {
  readonly frame: Frame
  readonly context: ViewContext
  readonly formats: Formats
  /** The source language, for texts with legal effect that stand in both languages. */
  readonly german: Translate
}

type Values = Readonly<Record<string, unknown>>
type Safe = Handlebars.SafeString

/** What Handlebars hands to every helper after its arguments. */
interface Call {
  readonly hash: Values
  readonly data: { readonly view: ViewData }
}

const { SafeString, escapeExpression } = Handlebars
const html = (text: string): Safe => new SafeString(text)
const isSafe = (value: unknown): value is Safe => value instanceof SafeString

/** Escaped, and fenced off from the direction of its surroundings; markup made by a helper passes. */
const fenced = (value: string | Safe): string =>
  isSafe(value) ? value.toHTML() : `<bdi>${escapeExpression(value)}</bdi>`

/** Helpers by name; `views/README.md` shows how templates call them. */
const helpers = {
  /** A translated text without markup; names inside it are fenced by Unicode isolates. */
  t(key: string, ...rest: unknown[]) {
    const { call, values } = read(key, rest)
    return call.data.view.context.t(key, mapStrings(values, isolate))
  },

  /** A translated sentence whose values are fenced by `<bdi>`; values made by helpers keep their markup. */
  say(key: string, ...rest: unknown[]) {
    const { call, values } = read(key, rest)
    return sentence(call.data.view.context, key, values)
  },

  /** The German text of a key, marked as German. */
  inGerman(key: string, ...rest: unknown[]) {
    const { call, values } = read(key, rest)
    const german = { t: call.data.view.german, language: GERMAN }
    return html(`<bdi lang="de" dir="ltr">${sentence(german, key, values).toHTML()}</bdi>`)
  },

  /** The address of a route in the language of the page. */
  url(name: string, ...rest: unknown[]) {
    const { call, values } = read(name, rest)
    return call.data.view.context.urls.to(name, values as UrlParts)
  },

  date(day: Day, call: Call) {
    const text = call.data.view.formats.date(given('date', day))
    return time(day instanceof Date ? isoDay(day) : day, text)
  },

  dateTime(instant: Date, call: Call) {
    const text = call.data.view.formats.dateTime(given('dateTime', instant))
    return time(instant.toISOString(), text)
  },

  month(day: Day, call: Call) {
    const text = call.data.view.formats.month(given('month', day))
    return time((day instanceof Date ? isoDay(day) : day).slice(0, 7), text)
  },

  number(value: number, call: Call) {
    return call.data.view.formats.number(given('number', value))
  },

  /** "one, two and three", each fenced. */
  list(items: readonly string[], call: Call) {
    const parts = call.data.view.formats.listParts(given('list', items))
    return html(parts.map(({ item, text }) => (item ? fenced(text) : text)).join(''))
  },

  /** A value that carries the sentence. */
  strong(text: string | Safe, _call: Call) {
    return html(`<strong>${fenced(given('strong', text))}</strong>`)
  },

  /** A link, for use inside a sentence: `{{say key more=(link address text)}}`. */
  link(href: string, text: string | Safe, _call: Call) {
    const shown = fenced(given('link', text))
    return html(`<a href="${escapeExpression(given('link', href))}">${shown}</a>`)
  },

  /** A name or term that exists in German only: an authority, a law. */
  german(text: string, _call: Call) {
    return html(`<bdi lang="de" dir="ltr">${escapeExpression(given('german', text))}</bdi>`)
  },

  /** A translated text whose German terms in brackets are marked as German, as `say` does by itself. */
  terms(text: string, call: Call) {
    const { language } = call.data.view.context
    return html(withTerms(escapeExpression(given('terms', text)), language))
  },

  /** A number, code or reference that is read from left to right in every language. */
  id(text: string | number, _call: Call) {
    return html(`<bdi class="id" dir="ltr">${escapeExpression(String(given('id', text)))}</bdi>`)
  },

  /** A picture from the sprite; decoration only, the words beside it carry the meaning. */
  icon(name: string, call: Call) {
    const file = `${call.data.view.frame.icons}#${given('icon', name)}`
    const mirrored = MIRRORED.has(name) ? ' icon-mirrored' : ''
    return html(
      `<svg class="icon${mirrored}" aria-hidden="true" focusable="false">` +
        `<use href="${escapeExpression(file)}"></use></svg>`,
    )
  },

  /** The hidden field that every form with method post carries. */
  csrfField(call: Call) {
    const token = escapeExpression(call.data.view.context.csrf)
    return html(`<input type="hidden" name="csrf" value="${token}">`)
  },

  /** Whether a value is there; unlike `if`, nought and the empty text count. */
  given(value: unknown, _call: Call) {
    return value !== undefined && value !== null
  },

  eq(one: unknown, other: unknown, _call: Call) {
    return one === other
  },
}

/** Names that templates may call. */
export const HELPERS: readonly string[] = Object.keys(helpers)

/** Gives an engine the helpers, and a loop that refuses a list that is not there. */
export function registerHelpers(engine: typeof Handlebars): void {
  const each = engine.helpers['each'] as Handlebars.HelperDelegate
  for (const [name, helper] of Object.entries(helpers)) {
    engine.registerHelper(name, helper as Handlebars.HelperDelegate)
  }
  engine.registerHelper('each', function (this: unknown, items: unknown, options: unknown) {
    return each.call(this, given('each', items), options) as unknown
  })
}

/** Pictures that point somewhere and turn round where reading goes from right to left. */
const MIRRORED: ReadonlySet<string> = new Set(['forward', 'back', 'leave', 'sign-out', 'question'])

function time(machine: string, text: string): Safe {
  return html(`<time datetime="${machine}" dir="auto">${escapeExpression(text)}</time>`)
}

/** A key or route name with values in an object, in the hash, or both. */
function read(name: string, rest: readonly unknown[]): { call: Call; values: Values } {
  const call = rest.at(-1) as Call
  const values = rest.length === 2 ? (rest[0] as Values) : {}
  given('a text or an address', name)
  return { call, values: { ...values, ...call.hash } }
}

/** Undefined would print as nothing or as a hole in a sentence: it stops the page instead. */
function given<Value>(helper: string, value: Value): NonNullable<Value> {
  if (value === undefined || value === null) throw new Error(`${helper} was given nothing`)
  return value
}

function mapStrings(values: Values, change: (text: string) => string): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? change(value) : value,
    ]),
  )
}

/** Characters of the private use area: no translation and no escaping touches them. */
const OPEN = '\uE000'
const CLOSE = '\uE001'
const TOKEN = new RegExp(`${OPEN}(\\d+)${CLOSE}`, 'g')

/**
 * Translates with tokens in place of the values, escapes the sentence, then puts the values in:
 * neither a translation nor a name can bring markup of its own.
 */
function sentence(
  { t, language }: Pick<ViewContext, 't' | 'language'>,
  key: string,
  values: Values,
): Safe {
  const kept: string[] = []
  const tokens = Object.entries(values).map(([name, value]): [string, unknown] => {
    if (typeof value === 'number') return [name, value]
    if (typeof value !== 'string' && !isSafe(value)) throw new Error(`${key}: ${name} is no text`)
    return [name, `${OPEN}${kept.push(fenced(value)) - 1}${CLOSE}`]
  })
  const text = withTerms(escapeExpression(t(key, Object.fromEntries(tokens))), language)
  return html(text.replace(TOKEN, (_all, index: string) => kept[Number(index)] ?? ''))
}

const TERM = /\((\p{Script=Latin}[^()]*)\)/gu

/**
 * Letters use the German terms, so translations carry them in brackets. In other scripts they can be
 * told by their letters, and are marked, so that they are read out and ordered as German.
 */
function withTerms(escaped: string, { intl }: Language): string {
  if (new Intl.Locale(intl).maximize().script === 'Latn') return escaped
  return escaped.replace(TERM, '(<bdi lang="de" dir="ltr">$1</bdi>)')
}
