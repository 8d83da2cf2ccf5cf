export { seedDemo, type OpenedApp, type SeedDeps } from './seed.js'
export { SIGN_INS } from './people.js'
export { RECORDED, recordsOf, type DemoRecord } from './records.js'
