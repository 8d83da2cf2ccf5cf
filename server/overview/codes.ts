import { CHANNELS, OPERATIONS, type Channel, type Operation } from '../catalogue/index.js'

/** The number of an operation in rows, from 1 on; bodies carry the word. */
export function operationNumber(operation: Operation): number {
  return OPERATIONS.indexOf(operation) + 1
}

/** The operation of a number in a row; throws for one that no row can have. */
export function operationOf(number: number): Operation {
  return known(OPERATIONS[number - 1], number)
}

/** The number of a channel in rows, from 1 on. */
export function channelNumber(channel: Channel): number {
  return CHANNELS.indexOf(channel) + 1
}

/** The channel of a number in a row; throws for one that no row can have. */
export function channelOf(number: number): Channel {
  return known(CHANNELS[number - 1], number)
}

function known<Value>(value: Value | undefined, number: number): Value {
  if (value === undefined) throw new Error(`a row holds the unknown number ${number}`)
  return value
}
