import config from './jest.config.js'

/** The laws of the house need no database, so `npm run check` runs them alone. */
const { globalSetup: _setup, globalTeardown: _teardown, ...rest } = config
export default { ...rest, roots: ['<rootDir>/test/architecture'] }
