export { ask, type Asking } from './asking.js'
export { consentReader } from './audit.js'
export { createConsentRule, flagsAfterJudging } from './citing.js'
export {
  createConsentDesk,
  type AskAtDesk,
  type ConsentDesk,
  type DeskQuery,
  type OnBehalf,
} from './desk.js'
export { CONSENT_CLASS, createConsentJournal, REFUSAL_CLASS, type Journal } from './journal.js'
export type { AskFacts, AskRow, ConsentCard, ConsentFacts, ConsentRow, ToldEntry } from './model.js'
export type { ConsentParts, Effect, RecordAsk, References, Tell } from './parts.js'
export { createConsents, type Consents, type OwnAnswer } from './service.js'
export {
  createConsentPrograms,
  type AskFault,
  type ConsentPrograms,
  type ProgramAsking,
  type PublishedVersion,
} from './programs.js'
export { createWithdrawalSending, tellOfEnd } from './sending.js'
export { createTemplating, type Templating, type VersionFacts } from './templating.js'
export { firstContent } from './first-wording.js'
export type { Content, Wording } from './template.js'
export { createConsentNotices, type ConsentNotices, type ToldParty } from './told.js'
export { createConsentUpkeep, type ConsentUpkeep } from './upkeep.js'
export { createReadWaiting } from './waiting.js'
