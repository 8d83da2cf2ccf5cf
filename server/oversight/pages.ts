import { CHANNELS, OPERATIONS, type Catalogue, type CatalogueTexts } from '../catalogue/index.js'
import type { Page } from '../platform/kernel/paging.js'
import type { OfficeAccess, OpenedAccess } from './store.js'

/** What pages are written with: texts of the catalogue, words of the locale, addresses. */
export interface Pen {
  readonly catalogue: Catalogue
  readonly texts: CatalogueTexts
  readonly t: (key: string) => string
  readonly to: (name: string, parts?: Record<string, string | number>) => string
}

/** The list: no name, no number, no stable pseudonym of a person. */
export function accessesPage(pen: Pen, page: Page<OfficeAccess>, flagged: boolean): object {
  const { t, to } = pen
  const columns = ['time', 'operation', 'source', 'recipient', 'purpose', 'flag']
  return {
    title: t('oversight:accesses.title'),
    lead: t('oversight:accesses.lead'),
    filter: {
      href: flagged ? to('oversight.accesses') : to('oversight.accesses', { flagged: 'yes' }),
      text: t(flagged ? 'oversight:accesses.all' : 'oversight:accesses.onlyFlagged'),
    },
    empty: page.items.length === 0,
    table: {
      caption: t('oversight:accesses.caption'),
      columns: columns.map((name) => ({ text: t(`oversight:columns.${name}`) })),
      rows: page.items.map((access) => ({ cells: cellsOf(pen, access) })),
    },
    pager: {
      newer: null,
      older:
        page.next === undefined
          ? null
          : to('oversight.accesses', { before: page.next, ...(flagged ? { flagged: 'yes' } : {}) }),
    },
  }
}

function cellsOf(pen: Pen, access: OfficeAccess): object[] {
  const { t, to } = pen
  return [
    { at: access.occurredAt },
    {
      text: t(`oversight:operation.${OPERATIONS[access.operation - 1] ?? ''}`),
      href: to('oversight.access', { entry: access.index }),
    },
    { text: partyName(pen, access.source) },
    { text: partyName(pen, access.recipient) },
    { text: purposeName(pen, access.purpose) },
    { text: t(access.isFlagged ? 'oversight:flag.yes' : 'oversight:flag.no') },
  ]
}

/** One access, with what the office needs to find its own file. */
export function accessPage(pen: Pen, access: OpenedAccess): object {
  const { t, to, catalogue, texts } = pen
  const row = (name: string, value: object) => ({ term: t(`oversight:columns.${name}`), ...value })
  const basis = catalogue.legalBases.byId(access.legalBasis)
  const unit = access.unit === undefined ? undefined : catalogue.units.byId(access.unit)
  return {
    title: t('oversight:access.title'),
    back: { href: to('oversight.accesses'), text: t('oversight:accesses.title') },
    looked: t('oversight:access.looked'),
    flagged: access.isFlagged,
    rows: [
      row('operation', { text: t(`oversight:operation.${OPERATIONS[access.operation - 1] ?? ''}`) }),
      row('time', { at: access.occurredAt }),
      row('recorded', { at: access.recordedAt }),
      row('source', { text: partyName(pen, access.source) }),
      row('recipient', { text: partyName(pen, access.recipient) }),
      ...(unit ? [row('unit', { text: texts.unit(unit.code).label })] : []),
      row('purpose', { text: purposeName(pen, access.purpose) }),
      ...(basis ? [row('legalBasis', { german: basis.citation })] : []),
      row('channel', { text: t(`oversight:channel.${CHANNELS[access.channel - 1] ?? ''}`) }),
      row('fields', {
        items: access.fields.flatMap((id) => {
          const field = catalogue.fields.byId(id)
          return field ? [texts.field(field.code).label] : []
        }),
      }),
      ...(access.caseRef === undefined ? [] : [row('caseRef', { code: access.caseRef })]),
    ],
  }
}

function partyName({ catalogue, texts }: Pen, id: number): string {
  const party = catalogue.parties.byId(id)
  if (party === undefined) throw new Error(`the catalogue has no party ${id}`)
  return texts.party(party.code).name
}

function purposeName({ catalogue, texts }: Pen, id: number): string {
  const purpose = catalogue.purposes.byId(id)
  if (purpose === undefined) throw new Error(`the catalogue has no purpose ${id}`)
  return texts.purpose(purpose.code).name
}
