import type { CatalogueTexts } from '../catalogue/index.js'
import type { Page } from '../platform/kernel/paging.js'
import type { OfficeAccess, OpenedAccess } from './service.js'

/** What pages are written with: texts of the catalogue, words of the locale, addresses. */
export interface Pen {
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

function cellsOf({ t, to, texts }: Pen, access: OfficeAccess): object[] {
  return [
    { at: access.occurredAt },
    {
      text: t(`oversight:operation.${access.operation}`),
      href: to('oversight.access', { entry: access.index }),
    },
    { text: texts.party(access.source.code).name },
    { text: texts.party(access.recipient.code).name },
    { text: texts.purpose(access.purpose.code).name },
    { text: t(access.isFlagged ? 'oversight:flag.yes' : 'oversight:flag.no') },
  ]
}

/** One access, with what the office needs to find its own file. */
export function accessPage(pen: Pen, access: OpenedAccess): object {
  const { t, to, texts } = pen
  const row = (name: string, value: object) => ({ term: t(`oversight:columns.${name}`), ...value })
  const { unit, legalBasis } = access
  return {
    title: t('oversight:access.title'),
    back: { href: to('oversight.accesses'), text: t('oversight:accesses.title') },
    looked: t('oversight:access.looked'),
    flagged: access.isFlagged,
    rows: [
      row('operation', { text: t(`oversight:operation.${access.operation}`) }),
      row('time', { at: access.occurredAt }),
      row('recorded', { at: access.recordedAt }),
      row('source', { text: texts.party(access.source.code).name }),
      row('recipient', { text: texts.party(access.recipient.code).name }),
      ...(unit ? [row('unit', { text: texts.unit(unit.code).label })] : []),
      row('purpose', { text: texts.purpose(access.purpose.code).name }),
      row('legalBasis', { german: legalBasis.citation }),
      row('channel', { text: t(`oversight:channel.${access.channel}`) }),
      row('fields', {
        items: access.fields.map(({ code }) => texts.field(code).label),
      }),
      ...(access.caseRef === undefined ? [] : [row('caseRef', { code: access.caseRef })]),
    ],
  }
}
