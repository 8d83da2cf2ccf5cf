import { appointmentClaims, wireAppointment } from '../forms/appointments.js'
import { MOST_EVENTS } from '../rules.js'
import { jsonAnswer, problemsOf } from './openapi-answers.js'
import { listOf, parametersOf, record, wire } from './openapi-schemas.js'

const text = { type: 'string' }
const whole = { type: 'integer', minimum: 0 }

/** The address of appointments. */
export const APPOINTMENT_PATHS = {
  '/api/v1/streams/{stream}/appointments': {
    post: {
      operationId: 'deliverAppointments',
      summary: 'Tell of 1 to 1,000 appointments: all are noted, or none.',
      parameters: parametersOf('stream'),
      requestBody: {
        required: true,
        description: 'At most 1 MiB, without Content-Encoding.',
        content: {
          'application/jose': { schema: { $ref: '#/components/schemas/SignedAppointments' } },
        },
      },
      responses: {
        '200': jsonAnswer('Everything was known already; nothing was written.', 'Noted'),
        '201': jsonAnswer('What is new stands in the log.', 'Noted'),
        ...problemsOf([400, 401, 403, 413, 415, 422, 429, 503]),
      },
    },
  },
}

const claims = wire(appointmentClaims) as { readonly properties: object }

/** Their shapes. */
export const APPOINTMENT_SCHEMAS = {
  SignedAppointments: {
    ...text,
    contentMediaType: 'application/jose',
    description:
      'A compact JWS: header exactly alg (EdDSA or ES256), kid and typ appointment-batch+jwt; claims as in AppointmentClaims.',
  },
  AppointmentClaims: {
    ...claims,
    properties: {
      ...claims.properties,
      appointments: {
        ...listOf({ $ref: '#/components/schemas/Appointment' }),
        ...{ minItems: 1, maxItems: MOST_EVENTS },
      },
    },
  },
  Appointment: {
    ...wire(wireAppointment),
    description:
      'Either `day` or `from`, never both. Of what is said about a `ref`, the highest `version` counts.',
  },
  Noted: record({
    stream: text,
    recorded: { ...whole, description: 'How many are new in the log' },
    known: { ...whole, description: 'How many say what is known already' },
  }),
}
