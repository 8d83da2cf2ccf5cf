import type { Trx } from '../database.js'
import { staffScope, type StaffActor } from '../identity/index.js'
import type { Look } from '../platform/http/route.js'
import { pageOf, type Page } from '../platform/kernel/paging.js'
import { answerAsk, checkAge, endEarly, type Manner } from './answering.js'
import { ask, type Asking } from './asking.js'
import { StepRefused } from './error.js'
import { refusalUntil } from './journal.js'
import type { AskFacts, AskRow, ConsentCard, ConsentFacts } from './model.js'
import {
  askFactsOf,
  askingsOf,
  cardOf,
  cardsOf,
  foundOr,
  officeOf,
  type ConsentParts,
} from './parts.js'
import { endAsk, readAsk, readAskPage, waitsOf, type AskPlace } from './store/asks.js'
import { readAnswers, readConsent } from './store/consents.js'
import { readEntries } from './store/entries.js'
import { readVersions, type StoredVersion } from './store/templates.js'
import { shownIn } from './template.js'

/** An asking of the office, with the answers that came. */
export interface AskAtDesk extends AskFacts {
  readonly answers: readonly ConsentCard[]
}

/** What a caseworker records on behalf of a person, and how the person said it. */
export type OnBehalf = Pick<Manner, 'helper' | 'language' | 'effectiveAt'> & {
  readonly channel: 'paper' | 'counter'
}

/**
 * The asking office's side. Another office's, and none at all, are NOT_FOUND alike. A refusal and a withdrawal may
 * be recorded as told; a yes needs signed paper, and the person is told of all of it (law.md).
 */
export interface ConsentDesk {
  /** No name, no number, no stable pseudonym of a person. */
  list(actor: StaffActor, query: DeskQuery): Promise<Page<AskFacts>>
  /** What can be asked with: the own office's templates as they are published now. */
  templates(actor: StaffActor): Promise<readonly StoredVersion[]>
  /** Asks, and writes into the person's access log that they were asked; the reference. */
  ask(actor: StaffActor, asking: Omit<Asking, 'desk' | 'channel'>): Promise<string>
  /** What a code on a letter names; another office's and none at all are `nothing` alike. */
  sortOf(actor: StaffActor, reference: string): Promise<'ask' | 'consent' | 'nothing'>
  /** The look that opening an asking or a consent is. */
  looks(actor: StaffActor, reference: string): Promise<readonly Look[]>
  open(actor: StaffActor, reference: string): Promise<AskAtDesk>
  /** The consent of a code that stands on a letter. */
  consent(actor: StaffActor, reference: string): Promise<ConsentFacts>
  callOff(actor: StaffActor, reference: string): Promise<void>
  /**
   * Records an answer: refused is what is not allowed. StepRefused: NO_YES for a yes that is not on paper, TOO_YOUNG
   * for one without the age.
   */
  record(
    actor: StaffActor,
    reference: string,
    answer: {
      readonly allowed: readonly string[]
      readonly manner: OnBehalf
      /** Whether the paper says that the person is old enough, where the asking has an age. */
      readonly isOfAge: boolean
    },
  ): Promise<void>
  withdraw(actor: StaffActor, reference: string, manner: OnBehalf): Promise<void>
}

/** Which askings of the office, and where their page begins. */
export interface DeskQuery {
  readonly isOpen: boolean
  readonly after?: AskPlace | undefined
}

const PAGE_SIZE = 25
/** What an opened asking shows of the person: that they were asked, and what they answered. */
const SHOWN = ['portal.consent']

/** Makes the office's side of the room. */
export function createConsentDesk(parts: ConsentParts): ConsentDesk {
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(staffScope(actor), work)
  return {
    list: (actor, query) => within(actor, (trx) => listAsks(parts, trx, query)),
    templates: (actor) =>
      within(actor, async (trx) =>
        (await readVersions(trx)).filter((one) => one.publishedAt && !one.endedAt),
      ),
    ask: (actor, asking) =>
      within(actor, async (trx) => {
        const desk = deskOf(actor)
        const asked = await ask(parts, trx, { ...asking, channel: 'counter', desk })
        const { subject, reference } = asked
        await parts.recordAsk(trx, desk, { subject, reference })
        return reference
      }),
    sortOf: (actor, reference) =>
      within(actor, async (trx) => {
        if ((await readAsk(trx, reference)) !== undefined) return 'ask'
        return (await readConsent(trx, reference)) === undefined ? 'nothing' : 'consent'
      }),
    looks: (actor, reference) =>
      within(actor, async (trx) => {
        const row = (await readAsk(trx, reference)) ?? (await readConsent(trx, reference))
        return [{ subject: foundOr(row).subject, fields: SHOWN, caseRef: reference }]
      }),
    open: (actor, reference) =>
      within(actor, async (trx) => {
        const facts = await askFactsOf(parts, trx, foundOr(await readAsk(trx, reference)))
        const answers = await cardsOf(parts, trx, await readAnswers(trx, facts.ask.ask))
        return { ...facts, answers }
      }),
    consent: (actor, reference) =>
      within(actor, async (trx) => {
        const card = await cardOf(parts, trx, foundOr(await readConsent(trx, reference)))
        return { ...card, entries: await readEntries(trx, card.consent.consent) }
      }),
    callOff: (actor, reference) =>
      within(actor, async (trx) => {
        const row = foundOr(await readAsk(trx, reference))
        const at = parts.clock.now()
        const change = { ask: row.ask, step: row.step, state: 'called_off', at } as const
        const isFirst = await endAsk(trx, { ...change, expiresOn: refusalUntil(at) })
        if (!isFirst) throw new StepRefused('STALE')
      }),
    record: (actor, reference, answer) =>
      within(actor, (trx) => record(parts, trx, { actor, reference, ...answer })),
    withdraw: (actor, reference, manner) =>
      within(actor, (trx) => withdraw(parts, trx, { actor, reference, manner })),
  }
}

async function listAsks(parts: ConsentParts, trx: Trx, query: DeskQuery): Promise<Page<AskFacts>> {
  const rows = await readAskPage(trx, { ...query, limit: PAGE_SIZE + 1 })
  const page = pageOf(rows, PAGE_SIZE, placeName)
  return { ...page, items: await askingsOf(parts, trx, page.items) }
}

interface Recording {
  readonly actor: StaffActor
  readonly reference: string
  readonly manner: OnBehalf
}

async function record(
  parts: ConsentParts,
  trx: Trx,
  {
    actor,
    reference,
    allowed,
    manner,
    isOfAge,
  }: Recording & { readonly allowed: readonly string[]; readonly isOfAge: boolean },
): Promise<void> {
  const facts = await askFactsOf(parts, trx, foundOr(await readAsk(trx, reference)))
  const { ask: row } = facts
  if (row.state !== 'open') throw new StepRefused('STALE')
  if (allowed.length > 0 && !mayAllow(facts, manner)) throw new StepRefused('NO_YES')
  checkAge(facts.content, { allowed, isOfAge })
  checkTime(parts, manner)
  const desk = deskOf(actor)
  await answerAsk(parts, trx, { facts, answer: { allowed, manner: { ...manner, desk } } })
  await tell(parts, trx, { subject: row.subject, reference, office: row.office })
}

async function withdraw(
  parts: ConsentParts,
  trx: Trx,
  { actor, reference, manner }: Recording,
): Promise<void> {
  const consent = foundOr(await readConsent(trx, reference))
  checkTime(parts, manner)
  const at = parts.clock.now()
  const desk = deskOf(actor)
  const end = { consent, event: 'withdrawn', at, manner: { ...manner, desk } } as const
  await endEarly(parts, trx, end)
  const { content } = await cardOf(parts, trx, consent)
  const endedAt = manner.effectiveAt
  await parts.onEnd(trx, { ...consent, state: 'withdrawn', endedAt }, content)
  await tell(parts, trx, { subject: consent.subject, reference, office: consent.office })
}

/**
 * A yes needs signed paper. Where nobody checked the wording in its language, somebody who interprets was
 * there: else nobody knows what was agreed to (GDPR Article 7 (2)).
 */
function mayAllow({ content }: AskFacts, { channel, language, helper }: OnBehalf): boolean {
  return channel === 'paper' && (shownIn(content, language).canAgree || helper === 'interpreter')
}

/** The name of a place in the list, as the address of the next page has it. */
function placeName(row: AskRow): string {
  return `${waitsOf(row) ? 'w' : 'o'}.${row.askedAt.toISOString()}.${row.ask}`
}

/** A paper cannot have come tomorrow. */
function checkTime({ clock }: ConsentParts, { effectiveAt }: OnBehalf): void {
  if (effectiveAt.getTime() > clock.now().getTime()) throw new StepRefused('TOO_EARLY')
}

async function tell(
  parts: ConsentParts,
  trx: Trx,
  about: { readonly subject: string; readonly reference: string; readonly office: number },
): Promise<void> {
  const { subject, reference } = about
  const office = officeOf(parts, about.office).code
  await parts.tell(trx, { subject, code: 'consent_recorded', params: { reference, office } })
}

function deskOf({ staff, office, unit }: StaffActor) {
  if (office === undefined) throw new Error('whoever asks for a consent has an office')
  return { staff, office, ...(unit === undefined ? {} : { unit }) }
}
