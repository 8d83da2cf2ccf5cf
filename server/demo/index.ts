export { seedDemo, type OpenedApp, type SeedDeps } from './seed.js'
export { SIGN_INS } from './people.js'
