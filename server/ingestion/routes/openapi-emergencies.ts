import { emergencyClaims, MOST_EMERGENCIES, wireEmergency } from '../forms/emergencies.js'
import { jsonAnswer, problemsOf } from './openapi-answers.js'
import { listOf, parametersOf, wire } from './openapi-schemas.js'

/** The address of accesses in an emergency. */
export const EMERGENCY_PATHS = {
  '/api/v1/streams/{stream}/emergencies': {
    post: {
      operationId: 'declareEmergencies',
      summary:
        'Declare that 1 to 100 accesses were made in an emergency, or that the note was written: all are noted, or none.',
      description:
        'An access is declared within 72 hours after it happened. The note is told until the seventh day after it, in Germany; later it is still noted, and comes too late.',
      parameters: parametersOf('stream'),
      requestBody: {
        required: true,
        description: 'At most 1 MiB, without Content-Encoding.',
        content: {
          'application/jose': { schema: { $ref: '#/components/schemas/SignedEmergencies' } },
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

const claims = wire(emergencyClaims) as { readonly properties: object }

/** Their shapes. */
export const EMERGENCY_SCHEMAS = {
  SignedEmergencies: {
    type: 'string',
    contentMediaType: 'application/jose',
    description:
      'A compact JWS: header exactly alg (EdDSA or ES256), kid and typ emergency-batch+jwt; claims as in EmergencyClaims.',
  },
  EmergencyClaims: {
    ...claims,
    properties: {
      ...claims.properties,
      emergencies: {
        ...listOf({ $ref: '#/components/schemas/Emergency' }),
        ...{ minItems: 1, maxItems: MOST_EMERGENCIES },
      },
    },
  },
  Emergency: {
    ...wire(wireEmergency),
    description:
      '`notedAt` and `notedBy` come together or not at all; the same access again without them changes nothing.',
  },
}
