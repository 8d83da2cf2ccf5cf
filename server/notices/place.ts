import { isUuid } from '../platform/kernel/ids.js'

/** Where a page of the list begins: after this message. */
export interface Place {
  readonly at: Date
  readonly message: string
}

/** A place as an address carries it. */
export function cursorOf({ at, message }: Place): string {
  return `${at.toISOString()}_${message}`
}

/** The place that a cursor names; nothing where it is none of ours. */
export function placeOf(cursor: string): Place | undefined {
  const [time = '', message = ''] = cursor.split('_')
  const at = new Date(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(time) ? time : NaN)
  return Number.isNaN(at.getTime()) || !isUuid(message) ? undefined : { at, message }
}
