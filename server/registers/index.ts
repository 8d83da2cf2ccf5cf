export { createRegisters, READ_TYPE, type Registers, type RegistersDeps } from './service.js'
export { createConnecting, type Connecting, type Connection } from './service/connecting.js'
export type { ConnectionFault, LiveValue, LiveValues, Wanted } from './rules.js'
