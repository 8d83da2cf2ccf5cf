import type { Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import { answerAsk, checkAge, endEarly } from './answering.js'
import { StepRefused } from './error.js'
import type { AskFacts, ConsentCard, ConsentFacts } from './model.js'
import {
  askFactsOf,
  askingsOf,
  cardOf,
  cardsOf,
  foundOr,
  writing,
  type ConsentParts,
} from './parts.js'
import type { Helper } from './rules.js'
import { readAnswers } from './store/consents.js'
import { readAsk, readOpenAsks, readUnanswered, wishInterpreter } from './store/asks.js'
import { readConsent, readConsents } from './store/consents.js'
import { readEntries } from './store/entries.js'
import { shownIn } from './template.js'

/** What a person answers to an asking. */
export interface OwnAnswer {
  /** Parts that are allowed; every other part of the asking is refused. */
  readonly allowed: readonly string[]
  /** Step at which the asking was read. */
  readonly step: number
  /** Language in which the page was read. */
  readonly language: string
  readonly helper: Helper
  /** Whether the person says that they are old enough, where the asking has an age. */
  readonly isOfAge: boolean
}

/** What residents see of consents and do about them. What is another's and what is not there is NOT_FOUND. */
export interface Consents {
  /** What waits for an answer, the oldest first. */
  asked(actor: ResidentActor): Promise<readonly AskFacts[]>
  /** What nobody answered in time and what the office called off, the latest first; kept as long as a refusal. */
  unanswered(actor: ResidentActor): Promise<readonly AskFacts[]>
  /** Everything that was answered, the latest first. */
  list(actor: ResidentActor): Promise<readonly ConsentCard[]>
  /** One asking, and the answers where there are some. */
  ask(
    actor: ResidentActor,
    reference: string,
  ): Promise<AskFacts & { readonly answers: readonly ConsentCard[] }>
  /**
   * Answers; the references of the consents. StepRefused: STALE where it was answered meanwhile, NO_YES where
   * the wording was not German or reviewed, TOO_YOUNG without the age.
   */
  answer(actor: ResidentActor, reference: string, answer: OwnAnswer): Promise<readonly string[]>
  /** Lets the office know that somebody is needed who interprets; nothing is answered by it. */
  wish(actor: ResidentActor, reference: string): Promise<void>
  consent(actor: ResidentActor, reference: string): Promise<ConsentFacts>
  /** Withdraws at once and without a reason (GDPR Article 7 (3)); a second click changes nothing. */
  withdraw(actor: ResidentActor, reference: string): Promise<void>
}

/** Makes the resident's side of the room. */
export function createConsents(parts: ConsentParts): Consents {
  const reading = <Value>(actor: ResidentActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(residentScope(actor), work)
  const changing = <Value>(actor: ResidentActor, work: (trx: Trx) => Promise<Value>) =>
    parts.inTransaction(writing(actor), work)
  return {
    asked: (actor) =>
      reading(actor, async (trx) => {
        const now = parts.clock.now()
        const open = (await readOpenAsks(trx)).filter(({ lapsesAt }) => lapsesAt > now)
        return askingsOf(parts, trx, open)
      }),
    unanswered: (actor) =>
      reading(actor, async (trx) =>
        askingsOf(parts, trx, await readUnanswered(trx, parts.clock.now())),
      ),
    list: (actor) => reading(actor, async (trx) => cardsOf(parts, trx, await readConsents(trx))),
    ask: (actor, reference) =>
      reading(actor, async (trx) => {
        const facts = await askFactsOf(parts, trx, foundOr(await readAsk(trx, reference)))
        const rows = await readAnswers(trx, facts.ask.ask)
        return { ...facts, answers: await cardsOf(parts, trx, rows) }
      }),
    answer: (actor, reference, answer) =>
      changing(actor, (trx) => answerOwn(parts, trx, { reference, answer })),
    wish: (actor, reference) =>
      changing(actor, async (trx) => {
        foundOr(await readAsk(trx, reference))
        if (!(await wishInterpreter(trx, reference))) throw new StepRefused('STALE')
      }),
    consent: (actor, reference) =>
      reading(actor, async (trx) => {
        const card = await cardOf(parts, trx, foundOr(await readConsent(trx, reference)))
        return { ...card, entries: await readEntries(trx, card.consent.consent) }
      }),
    withdraw: (actor, reference) => changing(actor, (trx) => withdrawOwn(parts, trx, reference)),
  }
}

async function answerOwn(
  parts: ConsentParts,
  trx: Trx,
  { reference, answer }: { reference: string; answer: OwnAnswer },
): Promise<readonly string[]> {
  const facts = await askFactsOf(parts, trx, foundOr(await readAsk(trx, reference)))
  const { ask, content } = facts
  if (ask.state !== 'open' || ask.step !== answer.step) throw new StepRefused('STALE')
  const now = parts.clock.now()
  if (ask.lapsesAt <= now) throw new StepRefused('NOT_NOW')
  const allowed = ask.parts.filter((part) => answer.allowed.includes(part))
  const shown = shownIn(content, answer.language)
  if (allowed.length > 0 && !shown.canAgree) throw new StepRefused('NO_YES')
  checkAge(content, { allowed, isOfAge: answer.isOfAge })
  const { helper } = answer
  const { language } = shown
  const manner = { channel: 'session', language, helper, effectiveAt: now } as const
  return answerAsk(parts, trx, { facts, answer: { allowed, manner } })
}

async function withdrawOwn(parts: ConsentParts, trx: Trx, reference: string): Promise<void> {
  const consent = foundOr(await readConsent(trx, reference))
  if (consent.state === 'withdrawn') return
  const at = parts.clock.now()
  const manner = { channel: 'session', helper: 'none', effectiveAt: at } as const
  if (!(await isFirst(() => endEarly(parts, trx, { consent, event: 'withdrawn', at, manner }))))
    return
  const { content } = await cardOf(parts, trx, consent)
  await parts.onEnd(trx, { ...consent, state: 'withdrawn', endedAt: at }, content)
}

/** Whether an end was written; where another click was quicker, there is nothing left to write. */
async function isFirst(end: () => Promise<void>): Promise<boolean> {
  try {
    await end()
    return true
  } catch (error) {
    if (error instanceof StepRefused && error.problem === 'STALE') return false
    throw error
  }
}
