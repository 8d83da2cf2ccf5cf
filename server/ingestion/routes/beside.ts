import type { Actor } from '../../identity/actor.js'
import type { RouteSpec } from '../../platform/http/route.js'
import { LARGEST_BODY } from '../forms.js'
import { problemOf } from './problems.js'
import { admitAppointments, admitEmergencies, rawDelivery, type Desk } from './receive.js'

/** What offices tell beside accesses, each by a contract of its own under the same rules of delivery. */
export function besideRoutes(desk: Desk): RouteSpec<Actor>[] {
  return [
    route(desk, 'appointments', admitAppointments),
    route(desk, 'emergencies', admitEmergencies),
  ]
}

function route(
  desk: Desk,
  what: 'appointments' | 'emergencies',
  admit: typeof admitAppointments | typeof admitEmergencies,
): RouteSpec<Actor> {
  return {
    name: `ingestion.${what}`,
    method: 'post',
    path: `/api/v1/streams/:stream/${what}`,
    allow: ['authority'],
    machine: true,
    limit: LARGEST_BODY,
    handle: async (exchange) => {
      const noted = await admit(desk, rawDelivery(exchange), exchange.now)
      if (!noted.ok) return problemOf(noted.refusal, exchange.requestId)
      const { stream, recorded, known } = noted.value
      const body = JSON.stringify({ stream, recorded, known })
      return { kind: 'bytes', body, type: 'application/json', status: recorded > 0 ? 201 : 200 }
    },
  }
}
