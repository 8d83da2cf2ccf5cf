import { reachable } from '../../server/platform/http/outbound-addresses.js'
import { createOutbound, systemResolve, type Resolve } from '../../server/platform/http/outbound.js'

const REFUSAL = { kind: 'failed', why: 'refused-address' }
const way = (resolve: Resolve) =>
  createOutbound({ allowed: [], plainLoopback: false, resolve, deadlineMs: 3_000 })

describe('an address', () => {
  const REFUSED = [
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.8', '192.168.1.1', '198.18.0.1', '224.0.0.1'],
    ...['240.0.0.1', '255.255.255.255', '203.0.113.9'],
    ...['::', '::1', 'fe80::1', 'fe80::1%lo', 'fc00::1', 'fd12:3456::1', 'ff02::1', 'fec0::1'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1'],
    ...['64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::1', '2002:7f00:1::', '2001::1'],
    ...['2001:db8::1', '100::1', '3fff::1', '', 'localhost', '127.1', '0x7f000001'],
  ]

  it.each(REFUSED)('%s is refused', (address) => {
    expect(reachable([])(address)).toBe(false)
  })

  it.each(['8.8.8.8', '93.184.215.14', '172.32.0.1', '100.128.0.1', '2600::1', '2a00:1450::1'])(
    '%s is public',
    (address) => expect(reachable([])(address)).toBe(true),
  )

  it('of a private network is allowed by the operator, and its neighbours are not', () => {
    const judge = reachable(['10.20.0.0/16', 'fd00:1::/32', '192.168.7.7'])
    const allowed = ['10.20.3.4', 'fd00:1::9', '192.168.7.7']
    expect(allowed.filter(judge)).toEqual(allowed)
    expect(['10.21.0.1', 'fd00:2::9', '192.168.7.8', '127.0.0.1'].filter(judge)).toEqual([])
  })
})

describe('an address as it is written', () => {
  it.each([
    'https://127.0.0.1:8443/',
    'https://2130706433:8443/',
    'https://0x7f000001:8443/',
    'https://0177.0.0.1:8443/',
    'https://127.1:8443/',
    'https://[::1]:8443/',
    'https://[::ffff:127.0.0.1]:8443/',
    'https://[::ffff:7f00:1]:8443/',
    'https://localhost:8443/',
    'https://0/',
    'http://register.example:8080/',
    'http://127.0.0.1:8080/',
    'ftp://register.example/',
    'file:///etc/passwd',
    'https://register.example:22/',
    'https://register.example:1023/',
    'https://user@register.example/',
    'https://user:word@register.example/',
    'https://',
    'values',
  ])('in %s is refused before anything is sent', async (url) => {
    const resolve = url.includes('localhost') ? systemResolve : () => Promise.resolve(['127.0.0.1'])
    expect(await way(resolve)({ url })).toEqual(REFUSAL)
  })
})
