import type { Field, Party } from '../../catalogue/index.js'
import { germanMonth } from '../calendar.js'
import type { Holding } from '../holdings.js'
import { labelFor } from '../label.js'
import { differ, type LiveValues } from '../live.js'
import { distinct, groupBy, type HeldField } from '../rules.js'
import type { FieldFacts } from '../service.js'
import {
  byName,
  byText,
  exampleNote,
  germanName,
  kindName,
  letterNote,
  monthName,
  officeName,
  type Words,
} from './words.js'

/** Why whoever obtains a field is told something about it, and the page that says more. */
export interface Mark {
  readonly kind: 'disputed' | 'restricted'
  readonly page: 'rectification.request' | 'blocks.block'
  readonly reference: string
}

/** What marks fields, by the code of each. */
export type Marks = ReadonlyMap<string, Mark>
type Disputed = Marks

/** Held fields under their kinds, in the order of the catalogue. */
export function dataPage(words: Words, held: readonly HeldField[], disputed: Disputed) {
  const kinds = groupBy(held, ({ field }) => field.category)
  return {
    title: words.t('overview:data.title'),
    letterNote: letterNote(words),
    kinds: [...kinds].map(([category, fields]) => kindOf(words, { category, fields, disputed })),
  }
}

/** A letter session reads the kind and its holders; every other session the fields below it as well. */
function kindOf(
  words: Words,
  {
    category,
    fields,
    disputed,
  }: { category: string; fields: readonly HeldField[]; disputed: Disputed },
) {
  const holders = distinct(fields.flatMap((field) => field.holders))
  return {
    name: kindName(words, category),
    holders: byName(words, holders).map((party) => officeName(words, party)),
    fields: words.sight === 'kinds' ? [] : fields.map((field) => fieldOf(words, field, disputed)),
  }
}

function fieldOf({ t, texts, urls }: Words, { field, holders }: HeldField, disputed: Disputed) {
  const count = t('overview:data.holders', { count: holders.length })
  const mark = disputed.get(field.code)
  return {
    text: texts.field(field.code).label,
    href: urls.to('overview.field', { field: field.code }),
    note: mark === undefined ? count : `${count} · ${t(`overview:${mark.kind}.note`)}`,
  }
}

/** One field: what it is, what stands in it where offices said so just now, who holds it and why, for how long. */
export function fieldPage(
  words: Words,
  { field, held, ended }: FieldFacts,
  { live, disputed }: { readonly live: LiveValues; readonly disputed: Disputed },
) {
  const { t, texts, urls, catalogue } = words
  const { label, explain } = texts.field(field.code)
  const parties = distinct(held.map(({ holder }) => holder))
  const rule = field.retentionRule
  return {
    title: label,
    back: { href: urls.to('overview.data'), text: t('overview:data.title') },
    explain,
    kind: kindName(words, field.category),
    german: words.language.tag === 'de' ? null : field.labelDe,
    exampleNote: exampleNote(words, parties),
    disputed: disputeOf(words, disputed.get(field.code)),
    live: liveOf(words, { field, parties, live }),
    holders: inOrderOfNames(words, held).map(({ holder, purpose, legalBasis, firstAt }) => ({
      name: officeName(words, holder),
      german: germanName(words, holder),
      href: urls.to('overview.office', { party: holder.code }),
      since: t('overview:since', { month: monthName(words, germanMonth(firstAt)) }),
      purpose: texts.purpose(purpose.code).name,
      label: labelFor(purpose),
      basis: texts.legalBasis(legalBasis.code).title,
      citation: legalBasis.citation,
    })),
    ended: inOrderOfNames(words, ended).map(({ holder, endedAt }) => ({
      text: officeName(words, holder),
      at: endedAt ?? null,
    })),
    keeping: rule === undefined ? null : texts.rule(rule).title,
    citation: (rule === undefined ? undefined : catalogue.rules.byCode(rule)?.citation) ?? null,
    accesses: urls.to('overview.accesses', { field: field.code }),
    correct: urls.to('rectification.new', { field: field.code }),
  }
}

/** That the person disputes or has restricted the field, with the way to their request; nothing where nobody does. */
function disputeOf({ t, urls }: Words, mark: Mark | undefined) {
  if (mark === undefined) return null
  const { kind, page, reference } = mark
  const href = urls.to(page, { reference })
  return {
    title: t(`overview:${kind}.title`),
    text: t(`overview:${kind}.text`),
    link: { href, text: t(`overview:${kind}.link`) },
  }
}

/** One line for each connected office that holds the field; nothing where none is connected. */
function liveOf(
  words: Words,
  { field, parties, live }: { field: Field; parties: readonly Party[]; live: LiveValues },
) {
  const told = byName(words, parties).flatMap((party) => {
    const value = live.get(party.code)?.get(field.code)
    return value === undefined ? [] : [{ name: officeName(words, party), value }]
  })
  if (told.length === 0) return null
  const times = told.flatMap(({ value }) => (value.kind === 'value' ? [value.asOf.getTime()] : []))
  return {
    at: times.length === 0 ? null : new Date(Math.min(...times)),
    offices: told.map(({ name, value }) => ({
      name,
      texts: value.kind === 'value' ? value.texts : null,
    })),
    differ: differ(told.map(({ value }) => value)),
  }
}

function inOrderOfNames(words: Words, holdings: readonly Holding[]): readonly Holding[] {
  return byText(words, holdings, ({ holder, purpose, legalBasis }) =>
    [officeName(words, holder), words.texts.purpose(purpose.code).name, legalBasis.citation].join(
      ' ',
    ),
  )
}
