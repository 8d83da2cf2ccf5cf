import type { ConsentFacts, ToldEntry } from '../model.js'
import { officeName, partName, termsOf, wordingFor, type Pen, type Row } from './pen.js'

/** One consent: where it stands, its exact wording, what came of it, and one button to stop it. */
export function consentPage(
  pen: Pen,
  { facts, refused }: { readonly facts: ConsentFacts; readonly refused: string },
): object {
  const { t, urls } = pen
  const { consent, office, content, entries } = facts
  const [first] = entries
  const seen = content.wordings[first?.language ?? '']
  const shown = wordingFor(pen, content)
  const { reference } = consent
  return {
    title: t('consent:one.title', { reference: consent.reference }),
    back: { href: urls.to('consent.permissions'), text: t('consent:list.title') },
    refused,
    state: t(`consent:state.${consent.state}`),
    meaning: t(`consent:meaning.${consent.state}`),
    part: partName(shown, consent.part),
    terms: termsOf(pen, content, office),
    times: timesOf(pen, facts),
    stop: consent.state === 'given' ? urls.to('consent.withdraw', { permission: reference }) : '',
    receipt: urls.to('consent.receipt', { reference }),
    withdrawal: shown.wording.withdrawal,
    shownTag: shown.language,
    seen:
      seen === undefined || first === undefined
        ? null
        : {
            language: first.language,
            title: seen.title,
            text: seen.text,
            refusal: seen.refusal,
            withdrawal: seen.withdrawal,
            digest: first.wording.toString('hex'),
          },
    timeline: [...entries].reverse().map((entry) => stepOf(pen, entry, officeName(pen, office))),
    isExample: office.demo,
  }
}

function timesOf({ t }: Pen, { consent }: ConsentFacts): readonly Row[] {
  const term = (name: string) => t(`consent:term.${name}`)
  return [
    { term: term('reference'), code: consent.reference },
    ...(consent.givenAt === undefined ? [] : [{ term: term('given'), at: consent.givenAt }]),
    ...(consent.validUntil === undefined ? [] : [{ term: term('until'), at: consent.validUntil }]),
    ...(consent.endedAt === undefined ? [] : [{ term: term('ended'), at: consent.endedAt }]),
  ]
}

function stepOf({ t }: Pen, entry: ToldEntry, office: string): object {
  const by =
    entry.by === 'office' ? t('consent:by.office', { office }) : t(`consent:by.${entry.by}`)
  const helper = entry.helper === 'none' ? [] : [t(`consent:helper.${entry.helper}`)]
  return {
    at: entry.effectiveAt,
    title: t(`consent:event.${entry.event}`),
    who: by,
    note: [t(`consent:channel.${entry.channel}`), ...helper].join(' · '),
    words: '',
  }
}
