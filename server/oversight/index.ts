export {
  createOversight,
  type OpenedAccess,
  type Oversight,
  type OversightParts,
} from './service.js'
export { createRequestOversight, type RequestOversight } from './requests.js'
export {
  createTaking,
  type Taken,
  type TakenAccess,
  type Taking,
  type TakingParts,
} from './taking.js'
export { createChecking, type Checking } from './checking.js'
export { createCounting, type Counting } from './counting.js'
export { createFigures, type Figures } from './figures.js'
export { createStatistics, type Statistics } from './statistics.js'
export type { Chosen } from './filter.js'
export { chosenOf } from './choosing.js'
export { chosenWords } from './words.js'
