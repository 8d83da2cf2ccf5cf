import type { Trx } from '../database.js'
import type { Desk } from '../journal/index.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import { proofUntil, refusalUntil } from './journal.js'
import type { AskFacts, ConsentRow } from './model.js'
import type { ConsentParts } from './parts.js'
import { after, type AnswerChannel, type Helper } from './rules.js'
import { endAsk } from './store/asks.js'
import { endConsent, insertConsent, readInForce } from './store/consents.js'
import { readEntries } from './store/entries.js'
import { flagEnded } from './store/notices.js'
import { wordingDigest, type Content } from './template.js'
import { later } from './term.js'

/** How somebody answers. */
export interface Manner {
  readonly channel: Extract<AnswerChannel, 'session' | 'paper' | 'counter'>
  /** Language of the wording that was read. */
  readonly language: string
  readonly helper: Helper
  /** From when on it counts: a paper from its receipt. */
  readonly effectiveAt: Date
  /** Absent where the person does it. */
  readonly desk?: Desk | undefined
}

/** A yes needs the age that the asking has, however it comes (GDPR Article 8): StepRefused (TOO_YOUNG). */
export function checkAge(
  { minAge }: Pick<Content, 'minAge'>,
  { allowed, isOfAge }: { readonly allowed: readonly string[]; readonly isOfAge: boolean },
): void {
  if (allowed.length > 0 && minAge !== null && !isOfAge) throw new StepRefused('TOO_YOUNG')
}

/** An answer to one asking: every part gets its own, and what is not allowed is refused. */
export interface Answer {
  readonly allowed: readonly string[]
  readonly manner: Manner
}

/**
 * Answers an asking: rows, entries of the ledger and the end of the asking in one transaction. A newer yes
 * takes the place of the one in force. StepRefused (STALE) where somebody answered first.
 */
export async function answerAsk(
  parts: ConsentParts,
  trx: Trx,
  { facts, answer }: { readonly facts: AskFacts; readonly answer: Answer },
): Promise<readonly string[]> {
  const { ask } = facts
  const at = parts.clock.now()
  const { effectiveAt } = answer.manner
  if (effectiveAt.getTime() < ask.askedAt.getTime()) throw new StepRefused('TOO_EARLY')
  const isYes = ask.parts.some((part) => answer.allowed.includes(part))
  const until = later(effectiveAt, facts.content.duration)
  const expiresOn = isYes ? proofUntil(until) : refusalUntil(at)
  const isFirst = await endAsk(trx, {
    ...{ ask: ask.ask, step: ask.step, state: 'answered' as const, at, expiresOn },
  })
  if (!isFirst) throw new StepRefused('STALE')
  const references: string[] = []
  for (const part of ask.parts) {
    const isAllowed = answer.allowed.includes(part)
    references.push(await answerPart(parts, trx, { facts, answer, part, isAllowed, at }))
  }
  return references
}

interface PartAnswer {
  readonly facts: AskFacts
  readonly answer: Answer
  readonly part: string
  readonly isAllowed: boolean
  readonly at: Date
}

async function answerPart(parts: ConsentParts, trx: Trx, given: PartAnswer): Promise<string> {
  const { facts, answer, part, isAllowed, at } = given
  const { ask, content } = facts
  const { template, version, subject, office } = ask
  const { channel, language, helper, effectiveAt, desk } = answer.manner
  const event = isAllowed ? 'given' : 'refused'
  const allowed = after('none', event, desk === undefined ? 'resident' : 'office')
  if (!allowed.ok) throw new StepRefused(allowed.refusal)
  const consent = uuidOf(parts.random.bytes(16))
  const reference = parts.references.fresh()
  const validUntil = isAllowed ? later(effectiveAt, content.duration) : undefined
  const expiresOn = validUntil === undefined ? refusalUntil(at) : proofUntil(validUntil)
  const earlier = isAllowed ? await readInForce(trx, { subject, template, part }) : undefined
  if (earlier !== undefined) {
    await endEarly(parts, trx, {
      ...{ consent: earlier, event: 'superseded', at, manner: answer.manner, other: consent },
    })
  }
  await insertConsent(trx, {
    ...{ consent, reference, ask: ask.ask, subject, office, template, version, part },
    ...{ state: allowed.value, step: 1, expires_on: expiresOn },
    ...(validUntil === undefined ? {} : { given_at: effectiveAt, valid_until: validUntil }),
  })
  await parts.journal.write(trx, {
    ...{ consent, subject, template, version, part, number: 1, event, at, effectiveAt, validUntil },
    ...{ channel, language, helper, desk, expiresOn, other: earlier?.consent },
    wording: wordingDigest(content, { template, version, language }),
  })
  return reference
}

/** An end of a consent before its time. */
export interface EarlyEnd {
  readonly consent: ConsentRow
  readonly event: 'withdrawn' | 'superseded'
  readonly at: Date
  readonly manner: Omit<Manner, 'language'>
  /** The consent that takes its place. */
  readonly other?: string
}

/**
 * Ends a consent: row and entry in one transaction, with the wording that was agreed to. What happened before
 * stays lawful, so an end is never earlier than the beginning; accesses of afterwards that were recorded before the
 * paper was are flagged now. StepRefused where it is over already.
 */
export async function endEarly(parts: ConsentParts, trx: Trx, end: EarlyEnd): Promise<void> {
  const { consent, event, at, manner, other } = end
  const { channel, helper, desk } = manner
  const moved = after(consent.state, event, desk === undefined ? 'resident' : 'office')
  if (!moved.ok) throw new StepRefused(moved.refusal)
  const begun = consent.givenAt ?? at
  const effectiveAt = manner.effectiveAt < begun ? begun : manner.effectiveAt
  const isFirst = await endConsent(trx, {
    ...{ consent: consent.consent, step: consent.step, state: moved.value, endedAt: effectiveAt },
  })
  if (!isFirst) throw new StepRefused('STALE')
  const [first] = await readEntries(trx, consent.consent)
  if (first === undefined) throw new Error('a consent has no first entry')
  await parts.journal.write(trx, {
    ...{ consent: consent.consent, subject: consent.subject, template: consent.template },
    ...{ version: consent.version, part: consent.part, number: consent.step + 1, event, at },
    ...{ effectiveAt, channel, helper, desk, other, expiresOn: consent.expiresOn },
    ...{ language: first.language, wording: first.wording },
  })
  await flagEnded(trx, consent.consent)
}
