import { modulesOf } from '../../../server/platform/pdf/codes.js'

/** A finder pattern: seven modules wide, in three corners (ISO/IEC 18004, 6.3.3). */
const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']

describe('a square code', () => {
  const address = `https://mirat.example/ar/check?reference=ABCD2345&hash=${'0'.repeat(64)}`
  const rows = modulesOf(address).map((row) => row.map((isDark) => (isDark ? '1' : '0')).join(''))

  it('has its three corners, and room for an address', () => {
    const size = rows.length
    expect(rows.every((row) => row.length === size)).toBe(true)
    expect((size - 17) % 4).toBe(0)
    expect(rows.slice(0, 7).map((row) => row.slice(0, 7))).toEqual(FINDER)
    expect(rows.slice(0, 7).map((row) => row.slice(-7))).toEqual(FINDER)
    expect(rows.slice(-7).map((row) => row.slice(0, 7))).toEqual(FINDER)
  })

  it('is the same for the same address, and another for another', () => {
    expect(modulesOf(address)).toEqual(modulesOf(address))
    expect(modulesOf(`${address}1`)).not.toEqual(modulesOf(address))
  })
})
