import type { LegalBasis } from '../../catalogue/index.js'
import { actorOf, type Flag } from '../entry.js'
import { labelFor } from '../label.js'
import type { FlaggedEntry } from '../rules.js'
import type { AccessFacts } from '../service.js'
import { sentenceOf } from './sentence.js'
import { exampleNote, fieldNames, germanName, letterNote, officeName, type Words } from './words.js'

/** Flags that no rule of the catalogue names, and the names of their texts. */
const OWN_FLAGS: Readonly<Record<string, string>> = {
  'flow.unknown': 'unknownFlow',
  'flow.fields_beyond': 'fieldsBeyond',
  'consent.not_valid': 'consentNotValid',
  'consent.fields_beyond': 'consentBeyond',
  'block.in_spite': 'blockInSpite',
}

/** Questions about one access: those that stand, and ways to ask. */
export interface Asking {
  readonly title: string
  readonly links: readonly { readonly href: string; readonly text: string }[]
}

/** What other rooms say about one access. */
export interface More {
  readonly asking?: Asking | undefined
  /** What can be done against such accesses. */
  readonly blocking?: Asking | undefined
  /** Appointments that explain it. */
  readonly appointments?: AppointmentNote | undefined
  /** Whether it was declared to be in an emergency. */
  readonly emergency?: EmergencyNote | undefined
}

/** That the office declared the access to be in an emergency, on which ground, and where its note stands. */
export interface EmergencyNote {
  readonly title: string
  readonly declared: Date
  readonly ground: string
  readonly key: string
  readonly how: string
}

/** What the office told of appointments of the person: each item a text and its values. */
export interface AppointmentNote {
  readonly title: string
  readonly items: readonly object[]
  readonly note: string
  readonly more: string
}

/** One access: the sentence, every part of it, what does not fit, and how to check it. */
export function accessPage(words: Words, { entry, proof }: AccessFacts, more: More = {}) {
  const { t, texts, urls } = words
  const purpose = texts.purpose(entry.purpose.code)
  const at = { entry: entry.index }
  return {
    title: t('overview:access.title'),
    back: { href: urls.to('overview.accesses'), text: t('overview:accesses.title') },
    letterNote: letterNote(words),
    exampleNote: exampleNote(words, [actorOf(entry)]),
    sentence: sentenceOf(words, entry),
    flags: entry.flags.map((flag) => flagOf(words, flag)),
    office: officeOf(words, entry),
    rows: factRows(words, entry),
    why: { name: purpose.name, explain: purpose.explain, refusal: purpose.refusal },
    label: labelFor(entry.purpose),
    basis: basisOf(words, entry.legalBasis),
    wasHeld: entry.heldSince !== undefined,
    expiresOn: entry.expiresOn,
    asking: more.asking ?? null,
    blocking: more.blocking ?? null,
    appointments: more.appointments ?? null,
    emergency: more.emergency ?? null,
    correct: words.sight === 'details' ? urls.to('rectification.new', at) : null,
    proof: {
      isShown: proof.kind !== 'hidden',
      at: proof.kind === 'covered' ? proof.at : null,
      file: urls.to('overview.proof', at),
      opening: urls.to('overview.proof', { ...at, part: 'opening' }),
    },
  }
}

function officeOf(words: Words, entry: FlaggedEntry) {
  const party = actorOf(entry)
  return {
    name: officeName(words, party),
    german: germanName(words, party),
    href: words.urls.to('overview.office', { party: party.code }),
    unit: entry.unit === undefined ? null : words.texts.unit(entry.unit.code).label,
  }
}

function basisOf({ texts }: Words, { code, citation }: LegalBasis) {
  const { title, summary } = texts.legalBasis(code)
  return { title, summary, citation }
}

/** The parts of the access for the list of terms; what is not there has no row. */
function factRows(words: Words, entry: FlaggedEntry) {
  const { t } = words
  const row = (name: string, value: object) => ({ term: t(`overview:access.${name}`), ...value })
  return [
    row('operation', { text: t(`overview:operation.${entry.operation}`) }),
    row('data', { items: fieldNames(words, entry.fields) }),
    row('occurred', { at: entry.occurredAt }),
    row(entry.heldSince === undefined ? 'recorded' : 'shownSince', { at: entry.recordedAt }),
    ...(entry.heldSince === undefined ? [] : [row('heldSince', { at: entry.heldSince })]),
    ...(entry.caseRef === undefined ? [] : [row('caseRef', { code: entry.caseRef })]),
    row('channel', { text: t(`overview:channel.${entry.channel}`) }),
    row('source', { text: officeName(words, entry.source) }),
    row('recipient', { text: officeName(words, entry.recipient) }),
  ]
}

/** What does not fit, as a fact with its words; never more alarming than that. */
function flagOf(words: Words, { rule, fields }: Flag) {
  const { t, texts, catalogue } = words
  const own = OWN_FLAGS[rule]
  const broken = own === undefined ? catalogue.rules.byCode(rule) : undefined
  const names = fieldNames(words, fields)
  if (broken !== undefined) {
    return { ...texts.rule(rule), citation: broken.citation, fields: names }
  }
  const name = own ?? 'other'
  return {
    title: t(`overview:flag.${name}.title`),
    text: t(`overview:flag.${name}.text`),
    citation: null,
    fields: names,
  }
}
