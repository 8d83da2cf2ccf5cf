import { randomBelow, type Random } from '../platform/kernel/random.js'
import { keyedHash, seal, unseal } from '../platform/kernel/sealing.js'

/** What is kept of addresses and codes: encrypted, or keyed hashes, each bound to its account. */
export interface Proofs {
  sealAddress(account: string, address: string): Buffer
  openAddress(account: string, sealed: Buffer): string
  /** A fresh code of eight digits. */
  freshCode(): string
  sealCode(account: string, code: string): Buffer
  openCode(account: string, sealed: Buffer): string
  /** 32 bytes; eight digits alone could be searched. */
  hashCode(account: string, code: string): Buffer
}

/** Makes them with a key of 32 bytes. */
export function createProofs(key: Buffer, random: Random): Proofs {
  const kept = (matter: string) => {
    const contextOf = (account: string) => `mirat/notice-${matter}/v1/${account}`
    return {
      seal: (account: string, text: string) =>
        seal(key, Buffer.from(text), { context: contextOf(account), random }),
      open: (account: string, sealed: Buffer) => unseal(key, sealed, contextOf(account)).toString(),
    }
  }
  const [address, code] = [kept('address'), kept('code')]
  return {
    sealAddress: address.seal,
    openAddress: address.open,
    freshCode: () =>
      Array.from({ length: 2 }, () => String(randomBelow(random, 10_000)).padStart(4, '0')).join(
        '',
      ),
    sealCode: code.seal,
    openCode: code.open,
    hashCode: (account, text) => keyedHash(key, `mirat/notice-code/v1\0${account}\0${text}`),
  }
}
