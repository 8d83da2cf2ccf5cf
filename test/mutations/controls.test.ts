import { misfits, type Control } from './control.js'
import { CONTROLS } from './controls.js'
import { readCheckout } from './copy.js'
import { verdictOf } from './verdict.js'

describe('the list of controls', () => {
  it('names at least thirty, each with a sentence', () => {
    expect(CONTROLS.length).toBeGreaterThanOrEqual(30)
    expect(CONTROLS.filter(({ prevents }) => !/^[A-Z].{20,}\.$/.test(prevents))).toEqual([])
  })

  it('finds every text exactly once, and every test where it says', () => {
    expect(misfits(CONTROLS, readCheckout)).toEqual([])
  })
})

const killedBy = { file: 'test/x.test.ts', test: 'is refused' }
const edit = { file: 'x.ts', find: 'if (wrong) throw', replace: '' }
const control: Control = { id: 'x', prevents: 'Nothing at all.', edits: [edit], killedBy }
const files: Readonly<Record<string, string>> = {
  'x.ts': 'if (wrong) throw\nreturn',
  'test/x.test.ts': "it('is refused', () => {})",
}
const faultsOf = (...controls: Control[]) => misfits(controls, (path) => files[path])

describe('a planted control', () => {
  it('fits', () => {
    expect(faultsOf(control)).toEqual([])
  })

  it.each<[string, Partial<Control>]>([
    ['finds it 0 times', { edits: [{ ...edit, find: 'gone' }] }],
    ['finds it 2 times', { edits: [{ ...edit, find: 'ro' }] }],
    ['x changes nothing in x.ts', { edits: [{ ...edit, replace: edit.find }] }],
    ['x changes nothing: name', { edits: [] }],
    ['changes gone.ts, which is not there', { edits: [{ ...edit, file: 'gone.ts' }] }],
    ['killed by gone.test.ts, which', { killedBy: { ...killedBy, file: 'gone.test.ts' } }],
    ['a test that test/x.test.ts lacks', { killedBy: { ...killedBy, test: 'is taken' } }],
  ])('is refused: %s', (fault, change) => {
    expect(faultsOf({ ...control, ...change })).toEqual([expect.stringContaining(fault)])
  })

  it('is refused under the name of another', () => {
    expect(faultsOf(control, control)).toEqual([expect.stringContaining('two controls')])
  })
})

describe('a run', () => {
  const result = (title: string, isPassed: boolean) => ({ file: killedBy.file, title, isPassed })

  it.each([
    ['killed', [result('a form is refused', false), result('a form is taken', true)]],
    ['killed', [result('a form is refused', false)]],
    ['survived', [result('a form is refused', true), result('a form is taken', false)]],
    ['broken', [result('a form is refused', false), result('a form is taken', false)]],
    ['broken', [result('a form is taken', false)]],
    ['broken', []],
  ])('says %s', (verdict, results) => {
    expect(verdictOf(control, results)).toBe(verdict)
  })
})
