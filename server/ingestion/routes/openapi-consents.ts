import { askClaims } from '../forms/asking.js'
import { jsonAnswer, problemsOf, READ_FAULTS } from './openapi-answers.js'
import { listOf, record, wire } from './openapi-schemas.js'
import { PROBLEM_TYPE, PROBLEMS } from './problems.js'

const text = { type: 'string' }
const time = { type: 'string', format: 'date-time' }
const id = { type: 'string', format: 'uuid' }
const flag = { type: 'boolean' }
const timeOrNone = { type: ['string', 'null'], format: 'date-time' }
const hash = { type: 'string', description: 'SHA-256 in hex, where the building block has SHA-1' }

/** A read of the own office's: another office's, and what is not there, are the same 404. */
function read(operationId: string, parts: { summary: string; schema: string; ids: string[] }) {
  const { summary, schema, ids } = parts
  return {
    operationId,
    summary,
    security: [{ signedRead: [] }],
    parameters: ids.map((name) => ({
      ...{ name, in: 'path', required: true, schema: id },
      description: 'Id of a thing of the own office',
    })),
    responses: {
      '200': jsonAnswer(summary, schema),
      ...problemsOf(ids.length === 0 ? READ_FAULTS : [...READ_FAULTS, 404]),
    },
  }
}

const AT = {
  name: 'at',
  in: 'query',
  required: false,
  schema: time,
  description:
    'RFC 3339 date-time with offset; now, where nothing is said. Not signed (htu has no query).',
}

const validity = read('verifyConsent', {
  summary:
    'Whether the office may rely on a consent at an instant. What was refused was never given: 404.',
  schema: 'ConsentValidity',
  ids: ['record'],
})

/** Addresses of consents, in the shape of the GovStack consent building block. */
export const CONSENT_PATHS = {
  '/api/v1/consent/config/data-agreements': {
    get: read('listDataAgreements', {
      summary: 'What the own office asks consent for, as published.',
      schema: 'DataAgreements',
      ids: [],
    }),
  },
  '/api/v1/consent/config/data-agreement/{agreement}': {
    get: read('readDataAgreement', {
      summary: 'One data agreement with all its published revisions.',
      schema: 'DataAgreementWithRevisions',
      ids: ['agreement'],
    }),
  },
  '/api/v1/consent/audit/consent-record/{record}': {
    get: read('readConsentRecord', {
      summary: 'One consent with the entries of the consent ledger; a refusal, too.',
      schema: 'ConsentRecordWithRevisions',
      ids: ['record'],
    }),
  },
  '/api/v1/consent/service/verification/consent-record/{record}': {
    get: { ...validity, parameters: [...validity.parameters, AT] },
  },
  '/api/v1/consent/asks': {
    post: {
      operationId: 'askForConsent',
      summary:
        'Ask one person. The same request again is the same asking, as is one that still waits.',
      requestBody: {
        required: true,
        description: 'Without Content-Encoding.',
        content: { 'application/jose': { schema: { $ref: '#/components/schemas/SignedAsk' } } },
      },
      responses: {
        '201': jsonAnswer('The person is asked.', 'AskAnswer'),
        ...problemsOf([400, 401, 403, 413, 415, 429, 503]),
        '422': {
          description: `\`bad-ask\`: ${PROBLEMS.bad_ask[1]} \`detail\` names it: subject, template or parts.`,
          content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  },
}

const revision = record({
  ...{ id: text, schemaName: text, objectId: id, signedWithoutObjectId: flag, timestamp: time },
  authorizedBy: { enum: ['individual', 'office', 'controller', 'portal'] },
  serializedSnapshot: { ...text, description: 'JSON' },
  serializedHash: hash,
  predecessorHash: { type: ['string', 'null'] },
  successorId: { type: ['string', 'null'] },
})

const agreement = record({
  ...{ id, version: text, controllerId: text, controllerName: text, purpose: text },
  ...{ purposeDescription: text, lawfulBasis: { enum: ['consent'] }, legalBasis: text },
  ...{ active: flag, forgettable: flag, lifecycle: text },
  retentionPeriod: { ...text, description: 'ISO 8601 duration of the consent' },
  ...{ recipients: listOf(text), parts: listOf(text), languages: listOf(text) },
  dataAttributes: listOf(
    record({
      id: text,
      name: text,
      category: text,
      sensitivity: { enum: ['personal', 'special'] },
    }),
  ),
})

const consentRecord = record({
  ...{ id, dataAgreementId: id, dataAgreementRevisionId: text },
  noticeHash: { ...hash, description: 'SHA-256 of the wording that was read' },
  noticeLanguage: text,
  individualId: { ...text, description: 'Names the person in this consent alone' },
  ...{ reference: text, part: text, optIn: flag },
  state: { enum: ['given', 'refused', 'withdrawn', 'expired', 'superseded'] },
  ...{ givenAt: timeOrNone, validUntil: timeOrNone, endedAt: timeOrNone, timestamp: timeOrNone },
})

/** Their shapes. */
export const CONSENT_SCHEMAS = {
  DataAgreements: record({ dataAgreements: listOf(agreement) }),
  DataAgreementWithRevisions: record({ dataAgreement: agreement, revisions: listOf(revision) }),
  ConsentRecordWithRevisions: record({ consentRecord, revisions: listOf(revision) }),
  ConsentValidity: record({ id, at: time, valid: flag }),
  SignedAsk: {
    ...text,
    contentMediaType: 'application/jose',
    description:
      'A compact JWS: header exactly alg (EdDSA or ES256), kid and typ consent-ask+jwt; claims as in AskClaims.',
  },
  AskClaims: wire(askClaims),
  AskAnswer: record({ reference: text }),
}
