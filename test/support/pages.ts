import { join } from 'node:path'
import type { Pages } from '../../server/compose.js'
import { createAssets } from '../../server/platform/http/assets.js'
import { createTexts } from '../../server/platform/http/texts.js'
import { createViews } from '../../server/platform/http/view.js'
import { ROOT } from '../../server/platform/root.js'
import { buildAssets } from '../../server/tools/build-assets.js'
import { runFolder } from './run.js'

const viewsDir = join(ROOT, 'views')
const assetsDir = () => join(runFolder(), 'assets')

/** Builds style sheets and icons for one run: as the sources are now, whatever `dist` holds. */
export function buildTestAssets(): void {
  buildAssets({ viewsDir, outDir: assetsDir() })
}

/** Views and texts of the checkout, with the assets of the run; the tests of the start compile every view. */
export function testPages(): Pages {
  const texts = createTexts(join(ROOT, 'locales'))
  const assets = createAssets(assetsDir())
  const views = createViews({ viewsDir, assets, texts, lazy: true })
  return { texts, views, assetsDir: assetsDir() }
}
