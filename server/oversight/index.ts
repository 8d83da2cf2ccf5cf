export { createOversight, type Oversight, type OversightParts } from './service.js'
