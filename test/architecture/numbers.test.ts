import { catchAlls, longFiles, longFunctions, longTail } from './support/numbers.js'
import { house, treeOf } from './support/tree.js'

const lines = (count: number, text = 'void 0') => `${text}\n`.repeat(count)
const body = (count: number) => `{\n${lines(count - 2)}}`

describe('the house', () => {
  it('has no file beyond its number of lines', () => {
    expect(longFiles(house)).toEqual([])
  })

  it('has no function beyond sixty lines', () => {
    expect(longFunctions(house)).toEqual([])
  })

  it('keeps nine of ten functions within thirty lines', () => {
    expect(longTail(house)).toEqual([])
  })

  it('has no file that is named after nothing', () => {
    expect(catchAlls(house)).toEqual([])
  })
})

describe('a planted file', () => {
  it.each([
    ['server/overview/x.ts', 300],
    ['migrations/0009_overview_x.ts', 300],
    ['views/overview/x.hbs', 300],
    ['test/overview/x.test.ts', 300],
    ['server/main.ts', 60],
    ['server/compose.ts', 120],
    ['server/app.ts', 100],
  ])('%s may have %i lines and not one more', (path, limit) => {
    expect(longFiles(treeOf({ [path]: lines(limit) }))).toEqual([])
    expect(longFiles(treeOf({ [path]: lines(limit + 1) }))).toHaveLength(1)
  })

  it.each([
    'server/utils.ts',
    'server/overview/helpers.ts',
    'server/common/x.ts',
    'test/overview/util.test.ts',
  ])('%s is refused for its name', (path) => {
    expect(catchAlls(treeOf({ [path]: '', 'test/support/database.ts': '' }))).toHaveLength(1)
  })

  it('is exempt from the number of lines when it holds data', () => {
    expect(longFiles(treeOf({ 'server/catalogue/data/x.json': lines(400) }))).toEqual([])
  })
})

describe('a planted function', () => {
  const path = 'server/overview/x.ts'

  it.each([
    (count: number) => `export function a() ${body(count)}`,
    (count: number) => `export const a = () => ${body(count)}`,
    (count: number) => `export const a = {\n  b: () => ${body(count)},\n}`,
    (count: number) => `export class A extends Error {\n  b() ${body(count)}\n}`,
  ])('is measured however it is written: %s', (write) => {
    expect(longFunctions(treeOf({ [path]: write(60) }))).toEqual([])
    expect(longFunctions(treeOf({ [path]: write(61) }))).toHaveLength(1)
  })

  it('is not charged for its comments and blank lines', () => {
    const text = `export function a() {\n${lines(58)}${lines(20, '// why')}${lines(20, '')}}`
    expect(longFunctions(treeOf({ [path]: text }))).toEqual([])
  })

  it('may be long once in ten', () => {
    const short = (count: number) =>
      Array.from({ length: count }, (_, index) => `function s${index}() ${body(3)}`).join('\n')
    const long = `function a() ${body(31)}`
    expect(longTail(treeOf({ [path]: `${short(9)}\n${long}` }))).toEqual([])
    expect(longTail(treeOf({ [path]: `${short(8)}\n${long}` }))).toEqual([
      expect.stringContaining('1 of 9 functions'),
    ])
  })
})
