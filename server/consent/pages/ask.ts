import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { AskFacts, ConsentCard } from '../model.js'
import { HELPERS, WHOLE } from '../rules.js'
import { officeName, partName, termsOf, wordingFor, type Pen } from './pen.js'

/** What the page of an asking is made with. */
export interface AskView extends Typed {
  readonly facts: AskFacts & { readonly answers: readonly ConsentCard[] }
  /** Why an answer was not taken, in words; empty where none was refused. */
  readonly refused: string
  /** Whether the person just asked for an interpreter. */
  readonly now: Date
}

/** One asking: who asks for what and why, what happens without a yes, and two buttons of one size. */
export function askPage(pen: Pen, view: AskView): object {
  const { t, urls } = pen
  const { facts, refused, now } = view
  const { ask, office, content, answers } = facts
  const shown = wordingFor(pen, content)
  const { wording } = shown
  const isOpen = ask.state === 'open' && ask.lapsesAt > now
  const at = { asking: ask.reference }
  return {
    title: t('consent:ask.title', { office: officeName(pen, office) }),
    back: { href: urls.to('consent.permissions'), text: t('consent:list.title') },
    refused,
    problems: inputsOf(t, view, labelKey).problems,
    wordingTag: shown.language,
    wordingDir: shown.isForeign ? 'ltr' : pen.language.direction,
    isForeign: shown.isForeign,
    heading: wording.title,
    text: wording.text,
    terms: termsOf(pen, content, office),
    refusal: wording.refusal,
    withdrawal: wording.withdrawal,
    benefit: content.decidesOnBenefit
      ? t('consent:ask.benefit', { office: officeName(pen, office) })
      : '',
    statutory: content.statutory ? t('consent:ask.statutory') : '',
    until: isOpen ? ask.lapsesAt : null,
    state: isOpen ? '' : t(`consent:ask.state.${ask.state === 'open' ? 'lapsed' : ask.state}`),
    answers: answers.map((card) => answerOf(pen, card)),
    form: isOpen ? formOf(pen, view, shown.canAgree) : null,
    wish: isOpen && ask.wish === undefined ? urls.to('consent.wish', at) : '',
    wished: isOpen && ask.wish !== undefined,
    isExample: office.demo,
  }
}

function formOf(pen: Pen, view: AskView, canAgree: boolean): object {
  const { t, urls } = pen
  const { ask, content } = view.facts
  const shown = wordingFor(pen, content)
  const { radios, boxes, box } = inputsOf(t, view, labelKey)
  const isWhole = ask.parts.length === 1 && ask.parts[0] === WHOLE
  const lang = shown.isForeign ? { lang: shown.language } : {}
  const parts = ask.parts.map((value) => ({ value, text: partName(shown, value), ...lang }))
  return {
    action: urls.to('consent.answer', { asking: ask.reference }),
    step: ask.step,
    controls: [
      ...(canAgree && !isWhole ? [boxes('parts', parts)] : []),
      ...(canAgree && content.minAge !== null
        ? [{ ...box('age'), text: t('consent:ask.age', { years: content.minAge }) }]
        : []),
      radios(
        'helper',
        HELPERS.map((value) => ({ value, text: t(`consent:helper.${value}`) })),
      ),
    ],
    yes: canAgree ? t(isWhole ? 'consent:ask.yes' : 'consent:ask.yesParts') : '',
    no: t(isWhole ? 'consent:ask.no' : 'consent:ask.noParts'),
    unreviewed: canAgree ? '' : t('consent:ask.unreviewed'),
  }
}

function labelKey(name: string): string {
  return `consent:ask.${name}Label`
}

/** An answer to one part, and the way to its page. */
function answerOf(pen: Pen, { consent, content }: ConsentCard): object {
  const part = partName(wordingFor(pen, content), consent.part)
  return {
    href: pen.urls.to('consent.consent', { permission: consent.reference }),
    text: pen.t(`consent:answer.${consent.state}`),
    part,
  }
}
