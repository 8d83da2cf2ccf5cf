import type { GivenNumber } from '../../identity/index.js'
import { isUuid } from '../../platform/kernel/ids.js'
import { isCalendarDay } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { ok, refuse } from '../../platform/kernel/result.js'
import type { DeskQuery } from '../desk.js'
import { countsFrom, type DayOf } from '../receipt-day.js'
import { HELPERS, type Helper } from '../rules.js'
import { problem, type Read } from './words.js'

/** Kinds of numbers under which an office knows people. */
export const SCHEMES = ['azr', 'idnr', 'local'] as const
/** How an answer came to the office. */
export const WAYS = ['paper', 'counter'] as const
/** What somebody answers to a part. */
export const ANSWERS = ['yes', 'no'] as const

const LONGEST_NUMBER = 100
const MOST_BACK = 64

/** The query of the office's list: what cannot be read is left out, as the list without it shows no less. */
export function readDeskQuery(query: URLSearchParams): DeskQuery {
  const isOpen = query.get('show') !== 'ended'
  const raw = (query.get('after') ?? '').slice(0, MOST_BACK)
  const [, waits, time = '', ask = ''] = /^([wo])\.(.+Z)\.([^.]+)$/.exec(raw) ?? []
  const askedAt = new Date(time)
  const isPlace = isUuid(ask) && !Number.isNaN(askedAt.getTime())
  return isPlace ? { isOpen, after: { waits: waits === 'w', askedAt, ask } } : { isOpen }
}

/** Whom an office asks, and which parts. */
export interface WantedAsk {
  readonly number: GivenNumber
  readonly parts: readonly string[]
}

/** Reads whom a member of staff asks; `office` is the code of their own office. */
export function readWantedAsk(
  form: URLSearchParams,
  { office, parts }: { readonly office: string; readonly parts: readonly string[] },
): Read<WantedAsk> {
  const scheme = SCHEMES.find((one) => one === form.get('scheme'))
  const value = (form.get('number') ?? '').trim().slice(0, LONGEST_NUMBER)
  const wanted =
    parts.length === 1 ? parts : parts.filter((part) => form.getAll('parts').includes(part))
  const errors: FieldError[] = [
    ...(scheme ? [] : [problem('scheme', 'choose')]),
    ...(value === '' ? [problem('number', 'number')] : []),
    ...(wanted.length > 0 ? [] : [problem('parts', 'choose')]),
  ]
  if (scheme === undefined || errors.length > 0) return refuse(errors)
  const own = scheme === 'local' ? { authority: office } : {}
  return ok({ number: { scheme, value, ...own }, parts: wanted })
}

/** How a person said it, as the office records it. */
export interface Said {
  readonly channel: (typeof WAYS)[number]
  readonly helper: Helper
  readonly language: string
  readonly effectiveAt: Date
}

/** What the day of a paper is read against. */
export interface Today {
  readonly now: Date
  readonly dayOf: DayOf
}

/** An answer on behalf of somebody: every part needs one, and a yes needs paper. */
export function readRecord(
  form: URLSearchParams,
  ground: Today & {
    readonly parts: readonly string[]
    readonly languages: readonly string[]
    readonly minAge: number | null
  },
): Read<{
  readonly allowed: readonly string[]
  readonly manner: Said
  readonly isOfAge: boolean
}> {
  const answers = ground.parts.map((part) => {
    const field = `answer-${part}`
    return { part, field, answer: ANSWERS.find((one) => one === form.get(field)) }
  })
  const allowed = answers.filter(({ answer }) => answer === 'yes').map(({ part }) => part)
  const isOfAge = form.get('age') === 'yes'
  const said = readSaid(form, { ...ground, kind: 'answer' })
  const errors = [
    ...answers.flatMap(({ field, answer }) => (answer ? [] : [problem(field, 'choose')])),
    ...(said.ok ? [] : said.refusal),
    ...(said.ok && allowed.length > 0 && said.value.channel === 'counter'
      ? [problem('channel', 'yesNeedsPaper')]
      : []),
    ...(allowed.length > 0 && ground.minAge !== null && !isOfAge
      ? [problem('age', 'yesNeedsAge')]
      : []),
  ]
  if (!said.ok || errors.length > 0) return refuse(errors)
  return ok({ allowed, manner: said.value, isOfAge })
}

/** A withdrawal on behalf of somebody: how it came and when, and no reason. */
export function readWithdrawal(
  form: URLSearchParams,
  ground: Today & { readonly language: string },
): Read<Said> {
  return readSaid(form, { ...ground, languages: [ground.language], kind: 'end' })
}

function readSaid(
  form: URLSearchParams,
  {
    languages,
    kind,
    ...today
  }: Today & { readonly languages: readonly string[]; readonly kind: 'answer' | 'end' },
): Read<Said> {
  const channel = WAYS.find((one) => one === form.get('channel'))
  const helper = HELPERS.find((one) => one === form.get('helper'))
  const [only] = languages
  const language =
    languages.find((tag) => tag === form.get('language')) ??
    (languages.length === 1 ? only : undefined)
  const on = (form.get('on') ?? '').trim()
  const isRight = channel !== 'paper' || (isCalendarDay(on) && on <= today.dayOf(today.now))
  const errors = [
    ...(channel ? [] : [problem('channel', 'choose')]),
    ...(helper ? [] : [problem('helper', 'choose')]),
    ...(language ? [] : [problem('language', 'choose')]),
    ...(isRight ? [] : [problem('on', 'day')]),
  ]
  if (!channel || !helper || !language || errors.length > 0) return refuse(errors)
  const effectiveAt = channel === 'paper' ? countsFrom(on, { kind, ...today }) : today.now
  return ok({ channel, helper, language, effectiveAt })
}
