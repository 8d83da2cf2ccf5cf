import { notes, shortcuts } from './support/leftovers.js'
import { house, treeOf } from './support/tree.js'

describe('the house', () => {
  it('holds no notes to oneself and no silenced types', () => {
    expect(notes(house)).toEqual([])
  })

  it('holds no debug print, no narrowed test and no thrown-away type', () => {
    expect(shortcuts(house)).toEqual([])
  })
})

describe('a planted leftover', () => {
  it.each([
    ['server/overview/x.ts', '// TODO later'],
    ['views/overview/x.hbs', '{{! FIXME }}'],
    ['migrations/0009_overview_x.ts', '// XXX'],
    ['test/overview/x.test.ts', '// @ts-ignore'],
    ['server/overview/y.ts', '// @ts-nocheck'],
  ])('in %s is found: %s', (path, text) => {
    expect(notes(treeOf({ [path]: `\n${text}\n` }))).toEqual([expect.stringContaining(`${path}:2`)])
  })

  it.each([
    'it.only("x", () => {})',
    'describe.skip("x", () => {})',
    'test.todo("x")',
    'xit("x", () => {})',
    'fdescribe("x", () => {})',
    'console.log(1)',
    'export const a = 1 as any',
    'export const a = new pg.Pool({})',
  ])('is found by its meaning: %s', (text) => {
    expect(shortcuts(treeOf({ 'test/overview/x.test.ts': text }))).toHaveLength(1)
  })

  it('is not seen where a word only looks like one', () => {
    const text =
      'export const a = "todos.only" as unknown\nlist.only.skip\nexport const b = isRoot ? it.skip : it'
    expect(shortcuts(treeOf({ 'server/overview/x.ts': text }))).toEqual([])
    expect(notes(treeOf({ 'server/overview/x.ts': 'const METODO = 1' }))).toEqual([])
  })
})
