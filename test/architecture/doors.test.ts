import { DOOR_LINES, doorFaults, missingSigns, undocumented } from './support/doors.js'
import { house, treeOf } from './support/tree.js'

const door = 'server/overview/index.ts'

describe('the doors of the house', () => {
  it('are short and show no routes', () => {
    expect(doorFaults(house)).toEqual([])
  })

  it('have a sign each', () => {
    expect(missingSigns(house)).toEqual([])
  })

  it('explain everything that they and the rules show', () => {
    expect(undocumented(house)).toEqual([])
  })
})

describe('a planted door', () => {
  it('may not be longer than a screen', () => {
    expect(doorFaults(treeOf({ [door]: '//\n'.repeat(DOOR_LINES) }))).toEqual([])
    expect(doorFaults(treeOf({ [door]: '//\n'.repeat(DOOR_LINES + 1) }))).toHaveLength(1)
  })

  it.each(["export { a } from './routes.js'", "import { a } from './routes/staff.js'"])(
    'shows no routes by "%s"',
    (text) => {
      expect(doorFaults(treeOf({ [door]: text }))).toEqual([expect.stringContaining('routes')])
    },
  )

  it('needs a sign', () => {
    expect(missingSigns(treeOf({ [door]: '' }))).toHaveLength(1)
    expect(missingSigns(treeOf({ [door]: '', 'server/overview/README.md': '' }))).toEqual([])
  })
})

describe('a planted symbol', () => {
  const rules = 'server/overview/rules.ts'

  it.each([
    'export const a = 1',
    'export function a() {}',
    'export interface A {}',
    'export type A = string',
    '/** Short. */ export const a = 1',
    '/** No end here */ export const a = 1',
    '// This is no doc comment.\nexport const a = 1',
  ])('is refused without a sentence: %s', (text) => {
    expect(undocumented(treeOf({ [rules]: text }))).toHaveLength(1)
  })

  it('is followed through the door to where it is declared', () => {
    const files = {
      [door]: "export { a } from './service.js'\nexport type { B } from './service.js'",
      'server/overview/service.ts':
        '/** Says what it is for. */\nexport const a = 1\nexport interface B {}\nexport const c = 1',
    }
    expect(undocumented(treeOf(files))).toEqual([expect.stringContaining('service.ts:3 B')])
  })

  it('needs no second comment where its list has one', () => {
    const text =
      "/** The states of a thing. */\nexport const STATES = ['a'] as const\nexport type State = (typeof STATES)[number]"
    expect(undocumented(treeOf({ [rules]: text }))).toEqual([])
  })
})
