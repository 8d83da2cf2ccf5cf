import type { Actor } from '../../identity/actor.js'
import type { RouteSpec } from '../../platform/http/route.js'
import { LARGEST_BODY } from '../forms.js'
import { problemOf } from './problems.js'
import { admitAppointments, rawDelivery, type Desk } from './receive.js'

/** Where offices tell of appointments: a contract beside that of accesses, under the same rules of delivery. */
export function appointmentRoutes(desk: Desk): RouteSpec<Actor>[] {
  return [
    {
      name: 'ingestion.appointments',
      method: 'post',
      path: '/api/v1/streams/:stream/appointments',
      allow: ['authority'],
      machine: true,
      limit: LARGEST_BODY,
      handle: async (exchange) => {
        const noted = await admitAppointments(desk, rawDelivery(exchange), exchange.now)
        if (!noted.ok) return problemOf(noted.refusal, exchange.requestId)
        const { stream, recorded, known } = noted.value
        const body = JSON.stringify({ stream, recorded, known })
        const status = recorded > 0 ? 201 : 200
        return { kind: 'bytes', body, type: 'application/json', status }
      },
    },
  ]
}
