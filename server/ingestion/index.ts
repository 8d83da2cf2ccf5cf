export { createIngestion, type Ingestion, type IngestionParts, type Received } from './service.js'
export { createConsentCounter, type ConsentCounter } from './consents.js'
export { createRegistration, type Registration } from './service/registration.js'
export { compileCaseRef, DEFAULT_CASE_REF, type CaseRefFits } from './case-ref.js'
export { DEFAULT_PACE, type PaceLimits } from './pace.js'
export type { Subjects } from './access.js'
export type {
  AppointmentsAnswer,
  BatchAnswer,
  Coverage,
  EventError,
  EventErrorCode,
  PublicJwk,
  Refusal,
  RefusalCode,
} from './delivery.js'
