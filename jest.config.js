/** Native ES modules: types are stripped, Node runs the rest. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/jest.transform.js' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 120_000,
  maxWorkers: 2,
  // Modules that Node evaluates anew for each file are never let go: without an end, workers grow to gigabytes and
  // spend their time on collecting them, so that the last files took ten times as long as alone.
  workerIdleMemoryLimit: '1200MB',
}
