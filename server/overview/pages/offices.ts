import type { Party } from '../../catalogue/index.js'
import { germanMonth } from '../calendar.js'
import type { Holding } from '../holdings.js'
import { labelFor } from '../label.js'
import { distinct, type HeldField, type OfficeSummary, type Reason } from '../rules.js'
import type { OfficeFacts } from '../service.js'
import type { AppointmentNote } from './access.js'
import { chartOf } from './chart.js'
import {
  byText,
  exampleNote,
  fieldNames,
  germanName,
  kindName,
  letterNote,
  monthName,
  officeName,
  type Words,
} from './words.js'

/** Offices as cards: those that hold data, then those that only looked. */
export function officesPage(words: Words, offices: readonly OfficeSummary[]) {
  const holding = offices.filter(({ fields }) => fields.length > 0)
  const looking = offices.filter(({ fields }) => fields.length === 0)
  return {
    title: words.t('overview:offices.title'),
    letterNote: letterNote(words),
    exampleNote: exampleNote(
      words,
      offices.map(({ party }) => party),
    ),
    holding: officeCards(words, holding),
    looking: officeCards(words, looking),
  }
}

function officeCards(words: Words, offices: readonly OfficeSummary[]) {
  const sorted = byText(words, offices, ({ party }) => officeName(words, party))
  return sorted.map((office) => officeCard(words, office))
}

function officeCard(words: Words, { party, fields, purposes, activity }: OfficeSummary) {
  return {
    name: officeName(words, party),
    german: germanName(words, party),
    href: words.urls.to('overview.office', { party: party.code }),
    kinds: distinct(fields.map(({ category }) => kindName(words, category))),
    labels: distinct(purposes.map(labelFor)),
    lastAt: activity?.lastAt ?? null,
    count: activity?.count ?? 0,
  }
}

/** One office: what it holds and why, what it did in twelve months, what stays unsaid. */
export function officePage(words: Words, facts: OfficeFacts, appointments?: AppointmentNote) {
  const { t, texts, urls } = words
  const { party, reasons, ended, months, accesses } = facts
  return {
    title: officeName(words, party),
    german: germanName(words, party),
    description: texts.party(party.code).description,
    back: { href: urls.to('overview.offices'), text: t('overview:offices.title') },
    letterNote: letterNote(words),
    exampleNote: exampleNote(words, [party]),
    reasons: reasons.map((reason) => reasonOf(words, reason)),
    ended: byText(words, ended, ({ field }) => texts.field(field.code).label).map((holding) =>
      endedOf(words, holding),
    ),
    accesses: accesses === 0 ? null : accessesOf(words, party, accesses),
    chart: accesses === 0 ? null : chartOf(words, months),
    appointments: appointments ?? null,
    mayBeWithheld: facts.mayBeWithheld,
  }
}

function accessesOf({ t, urls }: Words, party: Party, count: number) {
  return {
    text: t('overview:office.accesses', { count }),
    href: urls.to('overview.accesses', { office: party.code }),
  }
}

/** One purpose with everything that is held for it, the laws that were named, and how long it stays. */
function reasonOf(words: Words, { purpose, legalBases, fields }: Reason) {
  const { texts } = words
  const { name, explain } = texts.purpose(purpose.code)
  return {
    purpose: name,
    explain,
    label: labelFor(purpose),
    bases: legalBases.map(({ code, citation }) => {
      const { title, summary } = texts.legalBasis(code)
      return { basis: title, summary, citation }
    }),
    fields: heldFields(words, fields),
    keeping: keepingOf(words, fields),
  }
}

function heldFields(words: Words, held: readonly HeldField[]) {
  if (words.sight === 'kinds') {
    const names = fieldNames(
      words,
      held.map(({ field }) => field),
    )
    return names.map((text) => ({ text, href: null, note: null }))
  }
  return held.map(({ field, since }) => ({
    text: words.texts.field(field.code).label,
    href: words.urls.to('overview.field', { field: field.code }),
    note: words.t('overview:since', { month: monthName(words, germanMonth(since)) }),
  }))
}

/** The retention rules of what is held, each once; fields without one are said to have none here. */
function keepingOf({ texts, catalogue, t }: Words, held: readonly HeldField[]) {
  const codes = distinct(held.map(({ field }) => field.retentionRule ?? null))
  return codes.map((code) => {
    if (code === null) return { title: t('overview:keeping.unknown'), citation: null }
    return {
      title: texts.rule(code).title,
      citation: catalogue.rules.byCode(code)?.citation ?? null,
    }
  })
}

function endedOf(words: Words, { field, endedAt }: Holding) {
  const [text] = fieldNames(words, [field])
  return { text: text ?? '', at: endedAt ?? null }
}
