import { BlockList, isIP } from 'node:net'

/** Networks that are no public IPv4 addresses (IANA special-purpose registry, RFC 6890). */
const SPECIAL_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/**
 * Global unicast (RFC 4291 section 2.4): what lies outside is refused without a list, so ::1, fe80::,
 * fc00::, ff00::, IPv4-mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96) are.
 */
const GLOBAL_6 = ['2000::/3']
/** Inside it: protocol assignments with Teredo, documentation, and 6to4, which carries any IPv4 address. */
const SPECIAL_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const LOOPBACK = ['127.0.0.0/8', '::1']

const special4 = listOf(SPECIAL_4)
const global6 = listOf(GLOBAL_6)
const special6 = listOf(SPECIAL_6)
const loopback = listOf(LOOPBACK)

/** Decides on one resolved address. */
export type AddressJudge = (address: string) => boolean

/** Says whether an address is public, or in a network (CIDR) or at an address that the operator allows. */
export function reachable(allowed: readonly string[]): AddressJudge {
  const exceptions = listOf(allowed)
  return (address) => {
    const family = isIP(address)
    // A scope (fe80::1%eth0) names a network of this machine alone.
    if (family === 0 || address.includes('%')) return false
    if (exceptions.check(address, family === 4 ? 'ipv4' : 'ipv6')) return true
    if (family === 4) return !special4.check(address, 'ipv4')
    return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
  }
}

/** Whether an address is this machine's own: 127.0.0.0/8 or ::1. */
export const isLoopback: AddressJudge = (address) => {
  const family = isIP(address)
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}
