import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { LOOKUP_REASONS, SCHEMES, type LookupRow } from '../lookup.js'
import type { FoundAccesses } from '../lookups.js'
import type { Party } from '../../catalogue/index.js'
import { accessTable } from './accesses.js'
import type { Pen } from './pen.js'

/** A search with the name of the office that searched. */
export interface NamedLookup extends LookupRow {
  readonly officeName: string
}

/** The form of a search, and the searches that there were. */
export function lookupsPage(
  pen: Pen,
  {
    lookups,
    typed,
    refused,
    canAsk,
  }: { lookups: readonly NamedLookup[]; typed: Typed; refused: string; canAsk: boolean },
): object {
  const { t, to } = pen
  const { input, choice, problems } = inputsOf(t, typed, (name) => `oversight-lookups:form.${name}`)
  const options = (group: string, values: readonly string[]) =>
    values.map((value) => ({ value, text: t(`oversight-lookups:${group}.${value}`) }))
  return {
    title: t('oversight-lookups:title'),
    lead: t('oversight-lookups:lead'),
    ...{ problems, refused },
    action: canAsk ? to('oversight.lookup-ask') : '',
    controls: [
      choice('scheme', options('schemes', SCHEMES)),
      input('number', { code: true }),
      choice('reason', options('reasons', LOOKUP_REASONS)),
    ],
    lookups: lookups.map((lookup) => ({
      heading: t('oversight-lookups:one', { reference: lookup.reference }),
      rows: rowsOf(pen, lookup),
      open: lookup.isOpen ? to('oversight.lookup', { lookup: lookup.reference }) : '',
    })),
  }
}

/** Whether anybody was found stands on the page alone that is a look: a list would tell it of people who never learn. */
function rowsOf({ t }: Pen, { officeName, reason, askedAt }: NamedLookup) {
  const row = (name: string, value: object) => ({
    term: t(`oversight-lookups:list.${name}`),
    ...value,
  })
  return [
    row('office', { text: officeName }),
    row('reason', { text: t(`oversight-lookups:reasons.${reason}`) }),
    row('askedAt', { at: askedAt }),
  ]
}

/** What a search found: the newest accesses, and the way to a report on all of them. */
export function lookupPage(
  pen: Pen,
  {
    found,
    own,
    isSeen,
  }: { readonly found: FoundAccesses; readonly own: Pick<Party, 'id'>; readonly isSeen: boolean },
): object {
  const { t, to } = pen
  const { entry, accesses, hasMore, reference } = found
  return {
    title: t('oversight-lookups:one', { reference }),
    back: { href: to('oversight.lookups'), text: t('oversight-lookups:title') },
    looked:
      entry === undefined
        ? ''
        : t(isSeen ? 'oversight-lookups:looked' : 'oversight:access.lookedSealed'),
    more: hasMore ? t('oversight-lookups:more', { count: accesses.length }) : '',
    table:
      entry === undefined
        ? ''
        : accessTable(pen, accesses, { own, caption: 'oversight-lookups:caption' }),
    person:
      entry === undefined
        ? ''
        : { href: to('reports.access-new', { entry }), text: t('oversight:access.person') },
  }
}
