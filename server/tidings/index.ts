export { createTidings, type Tidings, type TidingsParts } from './service.js'
export type { Tiding, TidingCode } from './rules.js'
