import { actorOf, otherSideOf } from '../entry.js'
import type { FlaggedEntry, Repeats } from '../rules.js'
import { officeName, shortNames, type Words } from './words.js'

/** One access as a sentence: `key` is its text, the others are its values. */
export interface Sentence {
  readonly key: string
  readonly office: string
  /** The other office, empty where there is none. */
  readonly other: string
  readonly fields: readonly string[]
  readonly at: Date
  readonly purpose: string
}

/** A sentence with what stands below it. */
export interface AccessCard {
  readonly sentence: Sentence
  readonly href: string
  /** That it breaks a rule, as a fact. */
  readonly flag: string | null
  /** "7 times, same case", where it was folded. */
  readonly repeats: string | null
  /** The folded accesses, newest first. */
  readonly times: readonly { readonly at: Date; readonly href: string }[]
}

/** The sentence of an access. */
export function sentenceOf(words: Words, entry: FlaggedEntry): Sentence {
  const other = otherSideOf(entry)
  return {
    key: `overview:sentence.${entry.operation}.${other === undefined ? 'alone' : 'with'}`,
    office: officeName(words, actorOf(entry)),
    other: other === undefined ? '' : officeName(words, other),
    fields: shortNames(words, entry.fields),
    at: entry.occurredAt,
    purpose: words.texts.purpose(entry.purpose.code).name,
  }
}

/** The card of accesses that differ in their time alone. */
export function cardOf(words: Words, { latest, all }: Repeats): AccessCard {
  const { t, urls } = words
  const isFolded = all.length > 1
  const key = latest.caseRef === undefined ? 'overview:repeats.times' : 'overview:repeats.sameCase'
  return {
    sentence: sentenceOf(words, latest),
    href: urls.to('overview.access', { entry: latest.index }),
    flag: latest.flags.length > 0 ? t('overview:flag.card') : null,
    repeats: isFolded ? t(key, { count: all.length }) : null,
    times: isFolded
      ? all.map(({ index, occurredAt }) => ({
          at: occurredAt,
          href: urls.to('overview.access', { entry: index }),
        }))
      : [],
  }
}
