import type { Random } from '../platform/kernel/random.js'
import { seal, unseal } from '../platform/kernel/sealing.js'

const KEY_BYTES = 32

/** Encrypts what people write: a key for each inquiry, itself under one master key; deleting it erases. */
export interface InquiryKeys {
  /** A fresh key for an inquiry, as it is stored. */
  fresh(inquiry: string): Buffer
  /** Encrypts the words of one event. */
  seal(place: Place, words: string): Buffer
  /** Throws where the bytes were altered or moved to another place. */
  open(place: Place, sealed: Buffer): string
}

/** Where words stand: the inquiry, its key as it is stored, and the number of the event. */
export interface Place {
  readonly inquiry: string
  readonly caseKey: Buffer
  readonly number: number
}

/** Makes the keys of inquiries under a master key of 32 bytes. */
export function createInquiryKeys(masterKey: Buffer, random: Random): InquiryKeys {
  const keyOf = ({ inquiry, caseKey }: Place) => unseal(masterKey, caseKey, keyContext(inquiry))
  return {
    fresh: (inquiry) =>
      seal(masterKey, random.bytes(KEY_BYTES), { context: keyContext(inquiry), random }),
    seal: (place, words) =>
      seal(keyOf(place), Buffer.from(words), { context: contextOf(place), random }),
    open: (place, sealed) => unseal(keyOf(place), sealed, contextOf(place)).toString(),
  }
}

function keyContext(inquiry: string): string {
  return `mirat/inquiry-key/v1/${inquiry}`
}

function contextOf({ inquiry, number }: Place): string {
  return `mirat/inquiry/v1/${inquiry}/event/${number}`
}
