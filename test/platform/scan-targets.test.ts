import { ADDRESSES, type Address } from '../audit/scans/addresses.js'
import { targetsOf, untriedOf } from '../audit/scans/targets.js'

/** What the scan looks up in a running portal; here any value will do. */
const KNOWN = new Proxy({} as Parameters<typeof targetsOf>[0], { get: () => 'x' })

describe('what sqlmap tries', () => {
  it('has every address that reads something from its path or from a form', () => {
    expect(untriedOf(targetsOf(KNOWN))).toEqual([])
  })

  it('would miss one that nobody wrote a target for', () => {
    const isInquiry = ({ address }: { address: string }) => address.includes('/inquiries')
    const without = targetsOf(KNOWN).filter((target) => !isInquiry(target))
    expect(untriedOf(without).length).toBeGreaterThan(3)
    expect(ADDRESSES.some(({ path }: Address) => path.includes('/inquiries'))).toBe(true)
  })
})
