import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { utcDay } from '../../platform/kernel/days.js'
import { readPart } from '../forms.js'
import type { Papers } from '../index.js'

/** The files of a long report of a resident (GDPR Article 15 (3)); `changed` answers where it would be another one. */
export function fileRoute(
  papers: Papers,
  changed: (exchange: Exchange<Actor>) => Promise<Answer>,
): Pick<RouteSpec<Actor>, 'name' | 'path' | 'handle'> {
  return {
    name: 'reports.copy-part',
    path: '/:lang/me/documents/report/:paper/:part',
    handle: async (exchange) => {
      const { actor, params, now } = exchange
      const { paper: reference = '', part: raw } = params
      const part = readPart(raw)
      if (actor.role !== 'resident' || part === undefined) throw new DomainError('NOT_FOUND')
      const body = await papers.file(actor, { reference, part })
      if (body === undefined) return changed(exchange)
      return {
        kind: 'stream',
        type: 'application/pdf',
        file: `mirat-report-${utcDay(now)}-${part}.pdf`,
        body,
      }
    },
  }
}
