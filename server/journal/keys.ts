import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'

const KEY_BYTES = 32

/** Encrypts what belongs to one thing: a key for each, itself under one master key; deleting it erases. */
export interface ThingKeys {
  /** A fresh key for a thing, as it is stored. */
  fresh(thing: string): Buffer
  /** Encrypts a text for a place of the thing, such as `act/3`. */
  seal(place: Place, text: string): Buffer
  /** Throws where the bytes were altered or moved to another place. */
  open(place: Place, sealed: Buffer): string
}

/** Where a text stands: the thing, its key as it is stored, and which text of it. */
export interface Place {
  readonly thing: string
  readonly key: Buffer
  readonly at: string
}

/** Makes the keys of the things of one type under a master key of 32 bytes. */
export function createThingKeys(
  type: string,
  { masterKey, random }: { readonly masterKey: Buffer; readonly random: Random },
): ThingKeys {
  const wrapped = (thing: string) => `mirat/${type}-key/v1/${thing}`
  const keyOf = ({ thing, key }: Place) => unseal(masterKey, key, wrapped(thing))
  const contextOf = ({ thing, at }: Place) => `mirat/${type}/v1/${thing}/${at}`
  return {
    fresh: (thing) => seal(masterKey, random.bytes(KEY_BYTES), { context: wrapped(thing), random }),
    seal: (place, text) =>
      seal(keyOf(place), Buffer.from(text), { context: contextOf(place), random }),
    open: (place, sealed) => unseal(keyOf(place), sealed, contextOf(place)).toString(),
  }
}
