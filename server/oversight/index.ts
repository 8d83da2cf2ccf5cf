export { createOversight, type Oversight, type OversightParts } from './service.js'
export { createRequestOversight, type RequestOversight } from './requests.js'
