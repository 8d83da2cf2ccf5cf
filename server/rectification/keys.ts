import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'

const KEY_BYTES = 32

/** Encrypts what people write: a key for each request, itself under one master key; deleting it erases. */
export interface CaseKeys {
  /** A fresh key for a request, as it is stored. */
  fresh(request: string): Buffer
  /** Opens a request's key as it is stored; throws where it was altered or belongs to another. */
  of(request: string, stored: Buffer): CaseKey
}

/** The key of one request: `place` says what is encrypted and is bound to it. */
export interface CaseKey {
  seal(place: string, value: object): Buffer
  /** Throws where the bytes were altered or moved to another place. */
  open(place: string, sealed: Buffer): unknown
  sealBytes(place: string, bytes: Buffer): Buffer
  openBytes(place: string, sealed: Buffer): Buffer
}

/** Makes the keys of requests under a master key of 32 bytes. */
export function createCaseKeys(masterKey: Buffer, random: Random): CaseKeys {
  return {
    fresh: (request) =>
      seal(masterKey, random.bytes(KEY_BYTES), { context: keyContext(request), random }),
    of: (request, stored) => {
      const key = unseal(masterKey, stored, keyContext(request))
      const context = (place: string) => `mirat/request/v1/${request}/${place}`
      const sealBytes = (place: string, bytes: Buffer) =>
        seal(key, bytes, { context: context(place), random })
      const openBytes = (place: string, sealed: Buffer) => unseal(key, sealed, context(place))
      return {
        sealBytes,
        openBytes,
        seal: (place, value) => sealBytes(place, Buffer.from(JSON.stringify(value))),
        open: (place, sealed) => JSON.parse(openBytes(place, sealed).toString()) as unknown,
      }
    },
  }
}

function keyContext(request: string): string {
  return `mirat/request-key/v1/${request}`
}
