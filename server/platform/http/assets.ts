import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from './languages.js'

/** Where the built assets are served. */
export const ASSETS_PATH = '/assets'

/** What `server/tools/build-assets.ts` writes to `manifest.json`: file names with their hash. */
export interface AssetManifest {
  readonly ltr: string
  readonly rtl: string
  readonly icons: string
  readonly passkey: string
}

/** Addresses of the one style sheet and the one icon sprite of a page; the names carry a hash, cache for ever. */
export interface Assets {
  css(direction: Language['direction']): string
  readonly icons: string
  /** The script of the pages on which passkeys are made and used. */
  readonly scripts: Readonly<Record<'passkey', string>>
}

/** Reads `manifest.json` in the built folder; throws a sentence that names the missing step. */
export function createAssets(distAssetsDir: string): Assets {
  const manifest = readManifest(join(distAssetsDir, 'manifest.json'))
  return {
    css: (direction) => `${ASSETS_PATH}/${manifest[direction]}`,
    icons: `${ASSETS_PATH}/${manifest.icons}`,
    scripts: { passkey: `${ASSETS_PATH}/${manifest.passkey}` },
  }
}

function readManifest(path: string): AssetManifest {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as AssetManifest
  } catch (cause) {
    throw new Error('the style sheets are not built: run npm run build', { cause })
  }
}
