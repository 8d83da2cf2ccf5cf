import type { Party } from '../../catalogue/index.js'
import { groundOf, type Ground } from '../duty.js'
import type { AskFacts, ConsentCard } from '../model.js'
import { officeName, partName, wordingFor, type Pen } from './pen.js'

/** What an office holds without having asked, as the log tells it. */
export interface Held {
  readonly holder: Party
  readonly purpose: { readonly code: string; readonly kind: 'mandatory' | 'voluntary' }
  readonly legalBasis: { readonly code: string }
}

/** Everything that the page of permissions shows. */
export interface Permissions {
  readonly asked: readonly AskFacts[]
  /** What ended without an answer. */
  readonly unanswered: readonly AskFacts[]
  readonly answered: readonly ConsentCard[]
  readonly held: readonly Held[]
}

/** Four groups that are never mixed: what was given, what the law orders, duties to cooperate, what was stopped. */
export function permissionsPage(pen: Pen, shown: Permissions): object {
  const { t } = pen
  const { asked, unanswered, answered, held } = shown
  const given = answered.filter(({ consent }) => consent.state === 'given')
  const over = answered.filter(({ consent }) => consent.state !== 'given')
  return {
    title: t('consent:list.title'),
    waiting: asked.map((facts) => waitingOf(pen, facts)),
    given: given.map((card) => cardOf(pen, card)),
    law: groundsOf(pen, held, 'law'),
    duty: groundsOf(pen, held, 'duty'),
    stopped: over.map((card) => cardOf(pen, card)),
    unanswered: unanswered.map((facts) => unansweredOf(pen, facts)),
    isExample: [...asked, ...unanswered, ...answered].some(({ office }) => office.demo),
  }
}

function waitingOf(pen: Pen, { ask, office, content }: AskFacts) {
  const { t, urls } = pen
  const { wording, isForeign } = wordingFor(pen, content)
  return {
    href: urls.to('consent.ask', { asking: ask.reference }),
    title: isForeign ? '' : wording.title,
    german: isForeign ? wording.title : '',
    office: officeName(pen, office),
    until: ask.lapsesAt,
    wish: ask.wish === undefined ? '' : t('consent:ask.wished'),
  }
}

/** An asking that is over: the link leads to the exact wording that was to be read. */
function unansweredOf(pen: Pen, facts: AskFacts): object {
  const { t } = pen
  const { ask } = facts
  const isCalledOff = ask.state === 'called_off'
  const { href, title, german, office } = waitingOf(pen, facts)
  return {
    ...{ href, title, german, office },
    state: t(`consent:ask.state.${isCalledOff ? 'called_off' : 'lapsed'}`),
    ended: ask.endedAt ?? ask.lapsesAt,
  }
}

function cardOf(pen: Pen, { consent, office, content }: ConsentCard): object {
  const { t, urls } = pen
  const shown = wordingFor(pen, content)
  const { reference, state } = consent
  const at = { permission: reference }
  return {
    href: urls.to('consent.consent', at),
    title: shown.isForeign ? '' : shown.wording.title,
    german: shown.isForeign ? shown.wording.title : '',
    part: partName(shown, consent.part),
    office: officeName(pen, office),
    state: t(`consent:state.${state}`),
    until: state === 'given' ? (consent.validUntil ?? null) : null,
    ended: consent.endedAt ?? null,
    stop: state === 'given' ? urls.to('consent.withdraw', at) : '',
  }
}

/** Offices with the purposes for which they hold data on one ground, each once and in the order of the language. */
function groundsOf(pen: Pen, held: readonly Held[], ground: Ground): readonly object[] {
  const byOffice = new Map<string, Set<string>>()
  for (const one of held) {
    if (groundOf(one) !== ground) continue
    const purposes = byOffice.get(one.holder.code) ?? new Set<string>()
    byOffice.set(one.holder.code, purposes.add(pen.texts.purpose(one.purpose.code).name))
  }
  const order = new Intl.Collator(pen.language.intl)
  return [...byOffice]
    .map(([code, purposes]) => ({
      office: pen.texts.party(code).name,
      href: pen.urls.to('overview.office', { party: code }),
      purposes: [...purposes].sort(order.compare),
    }))
    .sort((one, other) => order.compare(one.office, other.office))
}
