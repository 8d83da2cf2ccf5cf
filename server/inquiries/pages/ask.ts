import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { InquiryRow } from '../model.js'
import { isOpen, KINDS, REASONS } from '../rules.js'
import type { AskFacts } from '../service.js'
import { accessRows, officeName, optionsOf, type Pen } from './pen.js'

/** The one page on which a person asks about an access. */
export function askPage(
  pen: Pen,
  facts: AskFacts,
  { refused, ...typed }: Typed & { readonly refused: string },
): object {
  const { t, urls } = pen
  const { entry, office, hasOfficer } = facts
  const at = { entry: entry.index }
  const { radios, boxes, area, problems } = inputsOf(t, typed, (name) => `inquiries:ask.${name}`)
  return {
    title: t('inquiries:ask.title'),
    lead: t('inquiries:ask.lead', { office: officeName(pen, office) }),
    back: { href: urls.to('overview.access', at), text: t('overview:access.title') },
    refused,
    problems,
    hasOfficer,
    access: accessRows(pen, entry),
    action: urls.to('inquiries.ask', at),
    controls: [
      radios('kind', optionsOf(pen, 'kind', KINDS)),
      boxes('reasons', optionsOf(pen, 'reason', REASONS)),
      area('words', { hint: t('inquiries:ask.wordsHint'), optional: true }),
    ],
    submit: t('inquiries:ask.submit'),
  }
}

/** A way on from the page of an access. */
export interface AskLink {
  readonly href: string
  readonly text: string
}

/** What the page of an access leads to: questions that stand, and new ones while none waits. */
export function askLinks(
  { t, urls }: Pick<Pen, 't' | 'urls'>,
  { entry, known }: { readonly entry: number; readonly known: readonly InquiryRow[] },
): readonly AskLink[] {
  const ask = KINDS.map((kind) => ({
    href: urls.to('inquiries.new', { entry, kind }),
    text: t(`inquiries:kind.${kind}`),
  }))
  const standing = known.map(({ reference, state }) => ({
    href: urls.to('inquiries.inquiry', { inquiry: reference }),
    text: t('inquiries:link.known', { reference, status: t(`inquiries:status.${state}`) }),
  }))
  return known.some(({ state }) => isOpen(state)) ? standing : [...standing, ...ask]
}
