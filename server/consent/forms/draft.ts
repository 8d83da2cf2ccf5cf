import type { ConsentKind } from '../../catalogue/index.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse } from '../../platform/kernel/result.js'
import { SOURCE_LANGUAGE, type Content, type Wording } from '../template.js'
import { problem, readText, type Read } from './words.js'

const MOST_TITLE = 120
const MOST_TEXT = 1_500
const MOST_PART = 120
const MOST_PARTS = 12
const MOST_AGE = 21
const UNITS: readonly string[] = ['D', 'W', 'M', 'Y']

/** What a draft is read against. */
export interface DraftGround {
  /** The consent of the catalogue: its fields are all that can be asked for. */
  readonly kind: ConsentKind
  /** What the draft said when its form was made. */
  readonly before: Content
  readonly isParty: (code: string) => boolean
  /** Tags of the shipped languages. */
  readonly languages: readonly string[]
}

/** What a draft says from now on; what the catalogue fixes is taken from it and from no form. */
export function readDraft(form: URLSearchParams, ground: DraftGround): Read<Content> {
  const { kind, before, isParty } = ground
  const errors: FieldError[] = []
  const amount = wholeNumber(form, 'amount')
  const unit = UNITS.find((one) => one === form.get('unit'))
  if (amount === undefined || amount === 0 || unit === undefined)
    errors.push(problem('amount', 'duration'))
  const minAge = (form.get('minAge') ?? '').trim() === '' ? null : wholeNumber(form, 'minAge')
  if (minAge === undefined || minAge === 0 || (minAge ?? 1) > MOST_AGE)
    errors.push(problem('minAge', 'age'))
  const ticked = new Set(form.getAll('fields'))
  const fields = kind.fields.filter((code) => ticked.has(code))
  if (ticked.size > fields.length) errors.push(problem('fields', 'field'))
  const more = form.get('more') ?? ''
  const recipients = [...new Set([...form.getAll('recipients'), ...(more === '' ? [] : [more])])]
  if (!recipients.every(isParty)) errors.push(problem('recipients', 'recipient'))
  const words = readWordings(form, ground)
  if (!words.ok) errors.push(...words.refusal)
  if (!words.ok || errors.length > 0) return refuse(errors)
  return ok({
    ...before,
    ...{ code: kind.code, purpose: kind.purpose, legalBasis: kind.legalBasis },
    ...{ statutory: kind.statutory, explicit: kind.explicit, fields, recipients },
    duration: `P${amount}${unit}`,
    minAge: minAge ?? null,
    decidesOnBenefit: form.get('benefit') === 'yes',
    ...words.value,
  })
}

function wholeNumber(form: URLSearchParams, name: string): number | undefined {
  const raw = (form.get(name) ?? '').trim()
  return /^\d{1,4}$/.test(raw) ? Number(raw) : undefined
}

/** Parts are what German names; a translation was checked against one German text and against no other. */
function readWordings(
  form: URLSearchParams,
  { before, languages }: DraftGround,
): Read<Pick<Content, 'parts' | 'wordings'>> {
  const codes = codesOf(before.parts)
  const errors: FieldError[] = []
  const text = (name: string, most: number) => {
    const read = readText(form, name, most)
    if (!read.ok) errors.push(...read.refusal)
    return read.ok ? read.value : ''
  }
  const named = (tag: string) =>
    codes.map((code, place) => [code, text(`part-${place}-${tag}`, MOST_PART)] as const)
  const spoken = languages.map((tag) => ({
    tag,
    names: named(tag),
    words: {
      title: text(`title-${tag}`, MOST_TITLE),
      text: text(`text-${tag}`, MOST_TEXT),
      refusal: text(`refusal-${tag}`, MOST_TEXT),
      withdrawal: text(`withdrawal-${tag}`, MOST_TEXT),
    },
  }))
  if (errors.length > 0) return refuse(errors)
  const german = spoken.find(({ tag }) => tag === SOURCE_LANGUAGE)
  const parts = (german?.names ?? []).filter(([, name]) => name !== '').map(([code]) => code)
  const said = spoken.flatMap(({ tag, names, words }): [string, Omit<Wording, 'reviewed'>][] => {
    const isSaid = Object.values(words).some((one) => one !== '')
    const kept = Object.fromEntries(names.filter(([code]) => parts.includes(code)))
    return isSaid || tag === SOURCE_LANGUAGE ? [[tag, { ...words, parts: kept }]] : []
  })
  const isGermanAsBefore = sameWords(
    before.wordings[SOURCE_LANGUAGE],
    Object.fromEntries(said)[SOURCE_LANGUAGE],
  )
  const isReviewed = (tag: string) =>
    tag === SOURCE_LANGUAGE || (form.get(`reviewed-${tag}`) === 'yes' && isGermanAsBefore)
  const wordings = said.map(([tag, words]) => [tag, { ...words, reviewed: isReviewed(tag) }])
  return ok({ parts, wordings: Object.fromEntries(wordings) as Content['wordings'] })
}

/** Codes for the parts that there are, and for as many new ones as a form may bring. */
function codesOf(parts: readonly string[]): readonly string[] {
  const numbers = Array.from({ length: MOST_PARTS * 2 }, (_, place) => `part_${place + 1}`)
  const fresh = numbers.filter((code) => !parts.includes(code))
  return [...parts, ...fresh].slice(0, Math.max(MOST_PARTS, parts.length))
}

function sameWords(
  one: Wording | undefined,
  other: Omit<Wording, 'reviewed'> | undefined,
): boolean {
  const told = (words: Omit<Wording, 'reviewed'> | undefined) =>
    words && [
      words.title,
      words.text,
      words.refusal,
      words.withdrawal,
      Object.entries(words.parts).sort(),
    ]
  return JSON.stringify(told(one)) === JSON.stringify(told(other))
}
