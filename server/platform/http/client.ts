import { isIP } from 'node:net'

/** What of a request tells where it comes from; `ip` is what trusted proxies say. */
interface Caller {
  readonly ip?: string | undefined
  readonly socket: { readonly remoteAddress?: string | undefined }
}

const MAPPED = /^::ffff:(?=\d+\.)/i

/**
 * The client's network address. What a proxy passed on unread may be no address: then the proxy's own
 * counts, so that nobody gets a fresh limit for every word they make up. IPv4 is written as IPv4.
 */
export function clientOf({ ip = '', socket }: Caller): string {
  const told = isIP(ip) > 0 ? ip : (socket.remoteAddress ?? '')
  return told.replace(MAPPED, '')
}
