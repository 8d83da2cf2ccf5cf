import { APPOINTMENT_PATHS, APPOINTMENT_SCHEMAS } from './openapi-appointments.js'
import { EMERGENCY_PATHS, EMERGENCY_SCHEMAS } from './openapi-emergencies.js'
import { jsonAnswer, problemsOf, READ_FAULTS } from './openapi-answers.js'
import { CONSENT_PATHS, CONSENT_SCHEMAS } from './openapi-consents.js'
import { LOG_PATHS } from './openapi-log.js'
import { parametersOf, SCHEMAS } from './openapi-schemas.js'

const batches = {
  post: {
    operationId: 'deliverBatch',
    summary: 'Deliver 1 to 1,000 accesses: all of them are recorded, or none.',
    parameters: parametersOf('stream'),
    requestBody: {
      required: true,
      description: 'At most 1 MiB, without Content-Encoding.',
      content: { 'application/jose': { schema: { $ref: '#/components/schemas/SignedBatch' } } },
    },
    responses: {
      '200': jsonAnswer('The identical batch came before: its answer again.', 'BatchAnswer'),
      '201': jsonAnswer('All appended, durable, covered by `checkpoint`.', 'BatchAnswer'),
      ...problemsOf([400, 401, 403, 409, 413, 415, 422, 429, 503]),
    },
  },
}

const stream = {
  get: {
    operationId: 'readStream',
    summary: 'How far a stream has come.',
    security: [{ signedRead: [] }],
    parameters: parametersOf('stream'),
    responses: {
      '200': jsonAnswer('The last number received.', 'StreamState'),
      ...problemsOf(READ_FAULTS),
    },
  },
}

const receipt = {
  get: {
    operationId: 'readReceipt',
    summary: 'Opening and proof of one delivered event.',
    security: [{ signedRead: [] }],
    parameters: parametersOf('stream', 'seq'),
    responses: {
      '200': jsonAnswer('What shows that the event is in the log as it was sent.', 'Receipt'),
      ...problemsOf([...READ_FAULTS, 404]),
    },
  },
}

/** A public document with an entity tag. */
function published(operationId: string, summary: string, schema: string): object {
  const answer = jsonAnswer(summary, schema)
  const headers = { ETag: { schema: { type: 'string' } } }
  return {
    get: {
      operationId,
      summary,
      responses: {
        '200': { ...answer, headers },
        '304': { description: 'Unchanged since the If-None-Match of the request.', headers },
      },
    },
  }
}

/** The OpenAPI 3.1 document of everything that programs may call, made from what the code checks. */
export function openApiDocument(origin: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mirat for authorities and for whoever checks the log',
      version: '1',
      description:
        'Signed deliveries of accesses, consents of the own office, and the public log that all are recorded in.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: origin }],
    paths: {
      '/api/v1/streams/{stream}/batches': batches,
      '/api/v1/streams/{stream}': stream,
      '/api/v1/streams/{stream}/receipts/{seq}': receipt,
      '/api/v1/catalogue': published('readCatalogue', 'Codes, texts and flows.', 'Catalogue'),
      '/api/openapi.json': published('readOpenApi', 'This document.', 'Document'),
      ...APPOINTMENT_PATHS,
      ...EMERGENCY_PATHS,
      ...CONSENT_PATHS,
      ...LOG_PATHS,
    },
    components: {
      securitySchemes: {
        signedRead: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWS',
          description:
            'A compact JWS (EdDSA or ES256) of typ access-read+jwt whose claims are the schema ReadClaims.',
        },
      },
      schemas: { ...SCHEMAS, ...APPOINTMENT_SCHEMAS, ...EMERGENCY_SCHEMAS, ...CONSENT_SCHEMAS },
    },
  }
}
