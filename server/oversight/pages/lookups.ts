import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import { LOOKUP_REASONS, SCHEMES, type LookupRow } from '../lookup.js'
import type { FoundRules } from '../flags/standing.js'
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
    lead: t(canAsk ? 'oversight-lookups:lead' : 'oversight-lookups:leadAll'),
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

/** What the result of a search is shown with. */
export interface FoundView {
  readonly found: FoundAccesses
  /** What the rules found among the accesses. */
  readonly flagged: FoundRules
  readonly own: Pick<Party, 'id'>
  /** Whether the person sees the look. */
  readonly isSeen: boolean
}

/** What a search found: the newest accesses, and the way to a report on all of them. */
export function lookupPage(pen: Pen, view: FoundView): object {
  const { t, to } = pen
  const { entry, accesses, reference } = view.found
  const frame = {
    title: t('oversight-lookups:one', { reference }),
    back: { href: to('oversight.lookups'), text: t('oversight-lookups:title') },
  }
  if (entry === undefined) return { ...frame, looked: '' }
  const { own, flagged, isSeen } = view
  return {
    ...frame,
    looked: t(isSeen ? 'oversight-lookups:looked' : 'oversight:access.lookedSealed'),
    summary: summaryOf(pen, view),
    table: accessTable(pen, accesses, { own, flagged, caption: 'oversight-lookups:caption' }),
    person: { href: to('reports.access-new', { entry }), text: t('oversight:access.person') },
  }
}

/** How many, from when on and how many of them the rules found: the answer before the list. */
function summaryOf({ t }: Pen, { found, flagged }: FoundView): object {
  const { accesses, hasMore } = found
  const count = accesses.length
  return {
    count: t(hasMore ? 'oversight-lookups:more' : 'oversight-lookups:count', { count }),
    since: accesses.at(-1)?.occurredAt ?? '',
    flagged:
      flagged.size === 0
        ? t('oversight-lookups:unflagged')
        : t('oversight-lookups:flagged', { count: flagged.size }),
  }
}
