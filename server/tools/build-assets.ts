import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import rtlcss from 'rtlcss'
import type { AssetManifest } from '../platform/http/assets.js'
import { minify, purgeLibrary, wordsOf } from './purge-css.js'

/** Where the templates are, and the folder that is emptied and filled anew. */
export interface BuildPlan {
  readonly viewsDir: string
  readonly outDir: string
}

/** Our own sheets in their order: later ones may overrule. */
export const STYLES = [
  'theme',
  'text',
  'frame',
  'notices',
  'cards',
  'lists',
  'tables',
  'forms',
  'modes',
] as const

/**
 * Makes the two style sheets, the icon sprite and the passkey script, named after their content, and `manifest.json`.
 * KERN is purged to the classes that templates use and mirrored; our own sheets have logical properties alone.
 */
export function buildAssets({ viewsDir, outDir }: BuildPlan): AssetManifest {
  const own = STYLES.map((name) => readStyle(viewsDir, name)).join('')
  const kern = purgeLibrary(readKern(), own, wordsOf(readTemplates(viewsDir)))
  const icons = readFileSync(join(viewsDir, 'assets/icons.svg'), 'utf8')
  rmSync(outDir, { recursive: true, force: true })
  mkdirSync(outDir, { recursive: true })
  const manifest: AssetManifest = {
    ltr: write(outDir, 'ltr.css', minify(kern + own)),
    rtl: write(outDir, 'rtl.css', minify(rtlcss.process(kern) + own)),
    passkey: write(outDir, 'passkey.js', readWebAuthn() + readScript(viewsDir, 'passkey')),
    icons: write(outDir, 'icons.svg', icons.replace(/>\s+</g, '><').trim()),
  }
  writeFileSync(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

function readStyle(viewsDir: string, name: string): string {
  return readFileSync(join(viewsDir, 'assets/styles', `${name}.css`), 'utf8')
}

function readKern(): string {
  const path = createRequire(import.meta.url).resolve('@kern-ux/native/dist/kern.css')
  return readFileSync(path, 'utf8').replace('@charset "UTF-8";', '')
}

/** The library's own bundle for browsers; with it a page needs no bundler of ours. */
function readWebAuthn(): string {
  const main = createRequire(import.meta.url).resolve('@simplewebauthn/browser')
  const folder = main.slice(0, main.lastIndexOf('@simplewebauthn/browser/'))
  const path = join(folder, '@simplewebauthn/browser/dist/bundle/index.umd.min.js')
  return `${readFileSync(path, 'utf8')}\n`
}

function readScript(viewsDir: string, name: string): string {
  return readFileSync(join(viewsDir, 'assets/scripts', `${name}.js`), 'utf8')
}

function readTemplates(viewsDir: string): string[] {
  return readdirSync(viewsDir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => readFileSync(join(viewsDir, path), 'utf8'))
}

/** `ltr.css` becomes `ltr.<hash>.css`, so that it may be kept for ever. */
function write(outDir: string, name: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const hashed = name.replace('.', `.${hash}.`)
  writeFileSync(join(outDir, hashed), content)
  return hashed
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildAssets({ viewsDir: 'views', outDir: 'dist/assets' })
}
