import { isIP } from 'node:net'

const LENGTH = /^\d{1,3}$/

/** Addresses and networks with commas between, or nothing where one of them is none. */
export function networks(text: string): readonly string[] | undefined {
  const list = text.split(',').map((one) => one.trim())
  return list.every(isNetwork) ? Object.freeze(list) : undefined
}

/** An address, or a network with the length of its prefix; a prefix of 0 would believe everybody. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  if (most === undefined || rest.length > 0) return false
  if (length === undefined) return true
  return LENGTH.test(length) && Number(length) >= 1 && Number(length) <= most
}
