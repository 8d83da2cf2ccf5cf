export {
  createInformation,
  type ConnectedParty,
  type Information,
  type InformationParts,
  type LogState,
} from './service.js'
