import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { hasProof } from '../correction.js'
import { calendarFile } from '../ics.js'
import { decisionLetter, filingLetter } from '../pages/letters.js'
import type { Pen } from '../pages/pen.js'
import { proofLetter } from '../pages/proof-letter.js'
import { wantsLetter } from '../pages/request.js'
import type { RequestFacts } from '../reading.js'
import type { OwnRequest } from '../service.js'
import { attached, pdfOf } from './attached.js'
import { penOf, referenceOf, type RectificationPages } from './visit.js'
import { residentOf } from '../visit.js'

type Visit = Exchange<Actor>

/** What a resident takes away from a request: the letter to sign, the decision, the day in a calendar. */
export function letterRoutes(pages: RectificationPages): RouteSpec<Actor>[] {
  const download = (
    name: string,
    file: string,
    make: (pen: Pen, facts: OwnRequest, now: Date) => Promise<Answer>,
  ): RouteSpec<Actor> => ({
    name: `rectification.${name}`,
    method: 'get',
    path: `/:lang/me/requests/:reference/${file}`,
    allow: ['resident'],
    assurance: 'counter',
    handle: async (exchange) => {
      const facts = await factsOf(exchange, pages)
      return make(penOf(exchange, pages), facts, exchange.now)
    },
  })
  return [
    download('letter', 'letter.pdf', async (pen, facts) => {
      if (!wantsLetter(facts) || facts.statement === undefined) throw new DomainError('NOT_FOUND')
      return pdfOf(pages, filingLetter(pen, facts), `mirat-${facts.request.reference}.pdf`)
    }),
    download('decision', 'decision.pdf', async (pen, facts) => {
      const isDecided = facts.request.decidedAt !== undefined && facts.statement !== undefined
      if (!isDecided) throw new DomainError('NOT_FOUND')
      return pdfOf(
        pages,
        decisionLetter(pen, facts),
        `mirat-${facts.request.reference}-decision.pdf`,
      )
    }),
    download('proof', 'proof.pdf', async (pen, facts) => {
      if (!hasProof(facts)) throw new DomainError('NOT_FOUND')
      return pdfOf(pages, proofLetter(pen, facts), `mirat-${facts.request.reference}-proof.pdf`)
    }),
    download('due', 'due.ics', async (pen, facts, now) => dueDay(pen, facts, now)),
  ]
}

async function factsOf(
  exchange: Visit,
  { rectification }: RectificationPages,
): Promise<OwnRequest> {
  return rectification.request(residentOf(exchange.actor), referenceOf(exchange))
}

/** Calendars lie open on phones: the entry names neither office nor matter. */
async function dueDay({ t }: Pen, { request, clock }: RequestFacts, now: Date): Promise<Answer> {
  if (clock.state !== 'running') throw new DomainError('NOT_FOUND')
  const body = calendarFile({
    uid: `${request.reference}@mirat.invalid`,
    stamp: now,
    day: clock.due.due,
    summary: t('rectification:letter.calendar'),
    description: request.reference,
  })
  return Promise.resolve(attached(body, 'text/calendar; charset=utf-8', 'mirat.ics'))
}
