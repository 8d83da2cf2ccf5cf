import { germanDay } from '../platform/kernel/days.js'
import { addPeriod } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { Clock } from '../platform/kernel/clock.js'
import { uuidOf } from '../platform/kernel/ids.js'
import type { Random } from '../platform/kernel/random.js'
import { MESSAGE_PERIOD, wrongParams, type MessageCode, type Params } from './rules.js'
import { insertMessage, insertWayIn } from './store/messages.js'
import type { Trace } from './store/channel.js'

/** Something that a person is told. */
export interface Told {
  /** Keyed subject; where no account owns it, nobody is told. */
  readonly subject: string
  readonly code: MessageCode
  /** Codes, references, days and times: what the code takes, and nothing else. */
  readonly params: Params
  /** The occasion of which the person is told once, however often it is tried; at most 60 characters. */
  readonly once?: string
}

/** Tells a person something in the transaction in which it happens; which mails follow is the room's affair. */
export type Tell = (trx: Trx, told: Told) => Promise<void>

/** Makes it; throws for parameters that are no codes, so that no value ever stands in a message. */
export function createTell({ clock, random }: { clock: Clock; random: Random }): Tell {
  return async (trx, { subject, code, params, once }) => {
    const wrong = wrongParams(code, params)
    if (wrong.length > 0) throw new Error(`${code} is not told with ${wrong.join(', ')}`)
    const { message, at, expiresOn } = traceOf({ clock, random })
    await insertMessage(trx, { message, subject, code, params, at, expiresOn, once })
  }
}

/** Tells a person of a way into their account, at the sign-in, where nobody is known yet. */
export type TellWayIn = (
  trx: Trx,
  told: { readonly subject: string; readonly code: 'passkey_added' | 'eid_added' },
) => Promise<void>

/** Makes it: what the transaction has not bound itself reaches nobody. */
export function createTellWayIn({ clock, random }: { clock: Clock; random: Random }): TellWayIn {
  return (trx, told) => insertWayIn(trx, { ...told, ...traceOf({ clock, random }) })
}

/** Id, time and end of a message of now. */
export function traceOf({ clock, random }: { clock: Clock; random: Random }): Trace {
  const at = clock.now()
  return {
    message: uuidOf(random.bytes(16)),
    at,
    expiresOn: addPeriod(germanDay(at), MESSAGE_PERIOD),
  }
}
