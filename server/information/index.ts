export { COUNSELLORS, type Service } from './counsel.js'
export {
  createInformation,
  type ConnectedParty,
  type Information,
  type InformationParts,
  type LogState,
} from './service.js'
