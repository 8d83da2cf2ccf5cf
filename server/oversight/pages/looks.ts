import type { LookPage } from '../looks.js'
import type { Pen } from './pen.js'

const COLUMNS = ['time', 'office', 'unit', 'seen', 'sealed'] as const

/** What data protection officers looked at, newest first: office and unit, no person. */
export function looksPage(
  { t, to, texts }: Pen,
  { items, next }: LookPage,
  chosen: { readonly office?: string },
): object {
  return {
    title: t('oversight:looks.title'),
    lead: t('oversight:looks.lead'),
    all:
      chosen.office === undefined
        ? ''
        : { href: to('oversight.looks'), text: t('oversight:looks.all') },
    lookups: { href: to('oversight.lookups'), text: t('oversight-lookups:all') },
    empty: items.length === 0,
    none: t(next === undefined ? 'oversight:looks.none' : 'oversight:accesses.noneSoFar'),
    table: {
      caption: t('oversight:looks.caption'),
      columns: COLUMNS.map((name) => ({ text: t(`oversight:looks.column.${name}`) })),
      rows: items.map(({ at, office, unit, fields, isSealed }) => ({
        cells: [
          { at },
          {
            text: texts.party(office.code).name,
            href: to('oversight.looks', { office: office.code }),
          },
          { text: unit === undefined ? '–' : texts.unit(unit.code).label },
          { text: fields.map(({ code }) => texts.field(code).label).join(' · ') },
          { text: t(`oversight:looks.${isSealed ? 'isSealed' : 'isSeen'}`) },
        ],
      })),
    },
    pager: {
      newer: null,
      older: next === undefined ? null : to('oversight.looks', { ...chosen, before: next }),
    },
  }
}
