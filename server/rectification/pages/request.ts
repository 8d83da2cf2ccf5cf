import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { Translate } from '../../platform/http/texts.js'
import { hasProof } from '../correction.js'
import { berlinDay } from '../days.js'
import { dueDate } from '../deadline.js'
import { landOf } from '../routing.js'
import type { FiledRequest } from '../model.js'
import type { RequestFacts, ToldEvent } from '../reading.js'
import { isOpen, possible, type RequestEvent } from '../rules.js'
import type { Draft, ListedRequest, OwnRequest } from '../service.js'
import { clockOf } from './clock.js'
import { statementRows } from './draft.js'
import { fieldsName, writtenRows } from './fields.js'
import { dayName, officeName, type Pen, type Tongue } from './pen.js'
import { openQuestions, timelineOf } from './timeline.js'
import { toldOf, type Coverage } from './told.js'

/** The person's requests and drafts. */
export function requestsPage(
  pen: Pen,
  { requests, drafts }: { requests: readonly ListedRequest[]; drafts: readonly Draft[] },
): object {
  const { t, texts, urls } = pen
  return {
    title: t('rectification:requests.title'),
    begin: { href: urls.to('rectification.new'), text: t('rectification:requests.begin') },
    drafts: drafts.map(({ id, field, savedAt }) => ({
      href: urls.to('rectification.resume', { draft: id }),
      text: texts.field(field.code).label,
      savedAt,
    })),
    requests: requests.map(({ request, fields, office }) => ({
      href: urls.to('rectification.request', { reference: request.reference }),
      text: fieldsName(pen, fields),
      reference: request.reference,
      status: statusOf(pen, request),
      office: officeName(pen, office),
      due: dueOf(pen, request),
    })),
  }
}

/** The status in the words of the person. */
export function statusOf({ t }: { readonly t: Translate }, { state }: Pick<FiledRequest, 'state'>) {
  return t(`rectification:status.${state}`)
}

function dueOf(pen: Pen, { dueOn, state }: FiledRequest): string {
  if (!isOpen(state)) return ''
  return dueOn === undefined
    ? pen.t('rectification:clock.notRunning')
    : pen.t('rectification:clock.due', { day: dayName(pen, dueOn) })
}

/** What a person may do about a request in its state. */
interface Acting extends Typed {
  readonly now: Date
  /** Something was refused: what it says. */
  readonly refused?: string
  readonly coverage: Coverage
}

/** One request: where it stands, when an answer is due and why, what was said and decided. */
export function requestPage(pen: Pen, facts: OwnRequest, acting: Acting): object {
  const { t, urls } = pen
  const { request, field, fields, office, statement, events, clock } = facts
  const { reference, state } = request
  const mayDo = possible(state, 'resident')
  const { area, problems } = inputsOf(t, acting, (name) => `rectification:input.${name}`)
  const to = (name: string) => urls.to(`rectification.${name}`, { reference })
  const does = (event: RequestEvent) => mayDo.includes(event)
  return {
    title: t('rectification:request.title', { field: fieldsName(pen, fields) }),
    back: { href: urls.to('rectification.requests'), text: t('rectification:requests.title') },
    refused: acting.refused ?? '',
    isGerman: pen.language.tag === pen.german.language.tag,
    problems,
    reference,
    status: statusOf(pen, request),
    office: officeName(pen, office),
    demo: office.demo,
    paper: isOpen(state) && !facts.isHere ? t(`rectification:paper.${paperOf(events)}`) : '',
    clock: isOpen(state) && hasArrived(facts) ? clockOf(pen, clock, berlinDay(acting.now)) : '',
    letter: wantsLetter(facts) ? to('letter') : '',
    calendar: isOpen(state) && clock.state === 'running' && hasArrived(facts) ? to('due') : '',
    next:
      isOpen(state) && facts.isHere
        ? ['check', 'ask', 'decide', 'told'].map((one) => t(`rectification:request.next.${one}`))
        : [],
    isDisputed: request.isRestricted && isOpen(state),
    questions: state === 'question' ? openQuestions(pen, events) : [],
    answer: does('answered') ? { action: to('answer'), area: area('answer') } : '',
    decision: decisionOf(pen, facts),
    told: toldOf(pen, facts, acting.coverage),
    state: mayAddStatement(request, does)
      ? { action: to('state'), area: area('state', { hint: t('rectification:hint.state') }) }
      : '',
    withdraw: does('withdrawn') ? to('withdraw') : '',
    rows: statement === undefined ? [] : statementRows(pen, field, statement),
    isErased: statement === undefined,
    timeline: timelineOf(pen, events, 'person'),
  }
}

function isPassedOn(events: readonly ToldEvent[]): boolean {
  return events.some(({ event }) => event === 'passed_on')
}

/** What is said of an office that has nobody here: whether the clock runs depends on who has had it before. */
function paperOf(events: readonly ToldEvent[]): 'filed' | 'passedOn' {
  return isPassedOn(events) ? 'passedOn' : 'filed'
}

/**
 * Whether an office has the request: one that has nobody here has it with the letter (GDPR Article 12 (3)), but
 * what was passed on arrived before, and its clock runs on.
 */
function hasArrived({ isHere, events }: Pick<OwnRequest, 'isHere' | 'events'>): boolean {
  return isHere || isPassedOn(events)
}

/** Whether there is a letter to send: where the law wants a signature, or the office has nobody here. */
export function wantsLetter({ request, clock, isHere }: OwnRequest): boolean {
  return isOpen(request.state) && (clock.state === 'not-running' || !isHere)
}

function mayAddStatement(
  { outcome }: FiledRequest,
  does: (event: RequestEvent) => boolean,
): boolean {
  return does('stated') && outcome !== 'corrected' && outcome !== 'deleted'
}

/** The event that holds the text of a decision that was made: proposed ones count once confirmed. */
export function decidingEvent(events: readonly ToldEvent[]): ToldEvent | undefined {
  const decided = events.findLast(({ event }) => event === 'decided' || event === 'confirmed')
  return decided?.event === 'confirmed'
    ? events.findLast(({ event }) => event === 'proposed')
    : decided
}

/**
 * Until when a court can be asked: a month after the decision was received (VwGO § 74), which is the day it
 * was made for whoever reads it here at once.
 */
export function remedyUntil(
  tongue: Tongue,
  { request, office }: Pick<RequestFacts, 'request' | 'office'>,
): string {
  const from = berlinDay(request.decidedAt ?? request.filedAt)
  const { due } = dueDate({ receivedOn: from, land: landOf(office) })
  return tongue.t('rectification:remedy.until', {
    from: dayName(tongue, from),
    until: dayName(tongue, due),
  })
}

/** The decision with its reasons and what can be done against it; nothing before there is one. */
function decisionOf(pen: Pen, facts: RequestFacts): object | '' {
  const { request, events } = facts
  const { t } = pen
  const event = decidingEvent(events)
  const { outcome, decidedAt } = request
  if (event === undefined || outcome === undefined || decidedAt === undefined) return ''
  const { decision } = event
  return {
    at: decidedAt,
    outcome: t(`rectification:outcomes.${outcome}.title`),
    means: t(`rectification:outcomes.${outcome}.means`),
    reasons: (decision?.reasons ?? []).map((code) => t(`rectification:reasons.${code}`)),
    until: remedyUntil(pen, facts),
    untilGerman: remedyUntil(pen.german, facts),
    words: decision?.words ?? '',
    value: writtenRows(pen, decision, facts),
    letter: pen.urls.to('rectification.decision', { reference: request.reference }),
    proof: hasProof(facts)
      ? pen.urls.to('rectification.proof', { reference: request.reference })
      : '',
  }
}
