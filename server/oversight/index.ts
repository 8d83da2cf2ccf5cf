export {
  createOversight,
  type OpenedAccess,
  type Oversight,
  type OversightParts,
} from './service.js'
export { createRequestOversight, type RequestOversight } from './requests.js'
export { createTaking, type TakenAccess, type Taking, type TakingParts } from './taking.js'
export { createChecking, type Checking } from './checking.js'
export { createCounting, type Counting } from './counting.js'
export { createFigures, type Figures } from './figures.js'
export { createStatistics, type Statistics } from './statistics.js'
export type { Chosen } from './filter.js'
export { chosenOf } from './choosing.js'
export { chosenWords } from './words.js'
export { createHeld, type Held } from './held.js'
export { createSecondReviews, type SecondReviews } from './second-reviews.js'
export { createBlockOversight, type BlockOversight } from './blocks.js'
export { createOutcomes, type Outcomes } from './outcomes.js'
export { createSearches, type Searches } from './searches.js'
export { createOfficerLooks, type OfficerLooks } from './looks.js'
export { createLookups, type Lookups } from './lookups.js'
export { createUnmaskings, type Unmaskings, type UnmaskingParts } from './unmasking.js'
export { createResolving, type Resolving } from './resolving.js'
export type { Agreement } from './agreement.js'
export { createActing, type Acting } from './flags/acting.js'
export { createConcerned, type Concerned } from './flags/concerned.js'
export { createAgreeing } from './agreeing.js'
export { createWatching, type Watching, type WatchingParts } from './flags/watching.js'
export {
  createStandings,
  type AccessStanding,
  type FoundRules,
  type Standings,
} from './flags/standing.js'
export { createWorklist, type Worklist, type WorklistParts } from './flags/worklist.js'
export {
  createOfficeQuestions,
  type OfficeQuestionParts,
  type OfficeQuestions,
} from './flags/asking.js'
export { createRules, type Rules } from './flags/rulebook.js'
