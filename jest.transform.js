import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { transformSync } from '@babel/core'

const { version } = createRequire(import.meta.url)('@babel/core/package.json')
const OPTIONS = {
  configFile: false,
  babelrc: false,
  compact: false,
  sourceMaps: 'both',
  presets: [
    ['@babel/preset-typescript', { onlyRemoveTypeImports: true, rewriteImportExtensions: false }],
  ],
}
const SETTLED = `${version}\0${JSON.stringify(OPTIONS)}\0`

/**
 * Removes the types before Node runs a module. `babel-jest` does the same, but looks for its configuration again for
 * each of a thousand modules of each test file, which took longer than anything that most files test.
 */
export default {
  getCacheKey: (source, path) =>
    createHash('sha1').update(SETTLED).update(path).update('\0').update(source).digest('hex'),
  process: (source, filename) => {
    const { code, map } = transformSync(source, { ...OPTIONS, filename })
    return { code, map }
  },
}
