import type { Actor } from '../../identity/actor.js'
import type { RouteSpec } from '../../platform/http/route.js'
import { LARGEST_BODY } from '../forms.js'
import { problemOf } from './problems.js'
import { admitEmergencies, rawDelivery, type Desk } from './receive.js'

/** Where offices declare that accesses were made in an emergency: a contract beside that of accesses. */
export function emergencyRoutes(desk: Desk): RouteSpec<Actor>[] {
  return [
    {
      name: 'ingestion.emergencies',
      method: 'post',
      path: '/api/v1/streams/:stream/emergencies',
      allow: ['authority'],
      machine: true,
      limit: LARGEST_BODY,
      handle: async (exchange) => {
        const noted = await admitEmergencies(desk, rawDelivery(exchange), exchange.now)
        if (!noted.ok) return problemOf(noted.refusal, exchange.requestId)
        const { stream, recorded, known } = noted.value
        const body = JSON.stringify({ stream, recorded, known })
        const status = recorded > 0 ? 201 : 200
        return { kind: 'bytes', body, type: 'application/json', status }
      },
    },
  ]
}
