import type { Catalogue, CatalogueTexts } from '../catalogue/index.js'
import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Holding } from './holdings.js'
import type { FlaggedEntry } from './rules.js'
import type { Overview } from './service.js'

/** How each kind of code is told in words. */
const WORDS = {
  party: (texts: CatalogueTexts, code: string) => texts.party(code).name,
  unit: (texts: CatalogueTexts, code: string) => texts.unit(code).label,
  purpose: (texts: CatalogueTexts, code: string) => texts.purpose(code).name,
  legalBasis: (texts: CatalogueTexts, code: string) => texts.legalBasis(code).title,
  field: (texts: CatalogueTexts, code: string) => texts.field(code).label,
  rule: (texts: CatalogueTexts, code: string) => texts.rule(code).title,
} as const
type Kind = keyof typeof WORDS

/** Takes a code down, so that it is explained at the end, and hands it on. */
type Note = (kind: Kind, code: string) => string

const ACCESS = {
  ...{ index: 'inner', subject: 'inner', recordedAt: 'plain', occurredAt: 'plain' },
  ...{ expiresOn: 'plain', operation: 'overview:operation.*', channel: 'overview:channel.*' },
  ...{ source: 'party', recipient: 'party', unit: 'unit', purpose: 'purpose' },
  ...{ legalBasis: 'legalBasis', fields: 'field', caseRef: 'plain' },
  ...{ flags: 'inner', 'flags.rule': 'rule', 'flags.fields': 'field' },
} as const
const HOLDING = {
  ...{ subject: 'inner', leafIndex: 'inner', holder: 'party', field: 'field' },
  ...{ purpose: 'purpose', legalBasis: 'legalBasis', firstAt: 'plain', lastAt: 'plain' },
  ...{ endedAt: 'plain', expiresOn: 'plain' },
} as const

/**
 * The access log and what offices hold, in codes of the catalogue as far as the pages show it, and last the
 * words of the codes that occurred, in German and in one more language. For one copy only; of the log it holds what
 * stood below `logSize`.
 */
export function overviewSections(
  overview: Pick<Overview, 'allAccesses' | 'holdings'>,
  {
    catalogue,
    language,
    logSize = Infinity,
  }: { catalogue: Pick<Catalogue, 'texts'>; language: string; logSize?: number },
): Section<ResidentActor>[] {
  const met = new Map<string, { kind: Kind; code: string }>()
  const note: Note = (kind, code) => {
    met.set(`${kind} ${code}`, { kind, code })
    return code
  }
  return [
    {
      name: 'accesses',
      tables: ['overview.access_event', 'overview.access_flag'],
      senses: ACCESS,
      columns: [
        { paths: ['occurredAt'], share: 1.3 },
        { paths: ['operation', 'source', 'recipient', 'unit'], share: 2.4 },
        { paths: ['purpose', 'legalBasis'], share: 2.3 },
        { paths: ['fields'], share: 2.2 },
        { paths: ['channel', 'caseRef', 'expiresOn', 'flags.rule'], share: 1.9 },
      ],
      items: async function* (actor) {
        for await (const entry of overview.allAccesses(actor)) {
          if (entry.index < logSize) yield accessItem(entry, note)
        }
      },
    },
    {
      name: 'holdings',
      tables: ['overview.holding'],
      senses: HOLDING,
      columns: [
        { paths: ['holder'], share: 2 },
        { paths: ['field'], share: 2 },
        { paths: ['purpose', 'legalBasis'], share: 2 },
        { paths: ['firstAt', 'lastAt', 'endedAt', 'expiresOn'], share: 1.6 },
      ],
      items: async function* (actor) {
        const holdings = [...(await overview.holdings(actor))].sort(byWhat)
        yield* holdings.map((holding) => holdingItem(holding, note))
      },
    },
    {
      name: 'words',
      tables: [],
      senses: { kind: 'inner', code: 'inner', de: 'inner', [language]: 'inner' },
      isForPrograms: true,
      items: async function* () {
        const [german, other] = [catalogue.texts('de'), catalogue.texts(language)]
        for (const { kind, code } of met.values()) {
          yield { kind, code, de: WORDS[kind](german, code), [language]: WORDS[kind](other, code) }
        }
      },
    },
  ]
}

function accessItem(entry: FlaggedEntry, note: Note): object {
  const { index, subject, recordedAt, occurredAt, expiresOn, operation, channel, caseRef } = entry
  const { heldSince } = entry
  return {
    index,
    subject,
    recordedAt,
    occurredAt,
    expiresOn,
    operation,
    channel,
    source: note('party', entry.source.code),
    recipient: note('party', entry.recipient.code),
    ...(entry.unit === undefined ? {} : { unit: note('unit', entry.unit.code) }),
    purpose: note('purpose', entry.purpose.code),
    legalBasis: note('legalBasis', entry.legalBasis.code),
    fields: entry.fields.map(({ code }) => note('field', code)),
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(heldSince === undefined ? {} : { heldSince }),
    flags: entry.flags.map(({ rule, fields }) => ({
      rule: note('rule', rule),
      fields: fields.map(({ code }) => note('field', code)),
    })),
  }
}

function holdingItem(holding: Holding, note: Note): object {
  const { subject, firstAt, lastAt, leafIndex, endedAt, expiresOn } = holding
  return {
    subject,
    holder: note('party', holding.holder.code),
    field: note('field', holding.field.code),
    purpose: note('purpose', holding.purpose.code),
    legalBasis: note('legalBasis', holding.legalBasis.code),
    firstAt,
    lastAt,
    leafIndex,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
  }
}

/** In an order that tells nothing of the number under which an office knows the person. */
function byWhat(one: Holding, other: Holding): number {
  const key = ({ holder, field, purpose, legalBasis, firstAt }: Holding) =>
    [holder.code, field.code, purpose.code, legalBasis.code, firstAt.toISOString()].join(' ')
  return key(one) < key(other) ? -1 : 1
}
