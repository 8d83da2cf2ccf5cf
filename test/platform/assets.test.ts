import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { createAssets } from '../../server/platform/http/assets.js'
import { buildAssets, STYLES } from '../../server/tools/build-assets.js'
import { purgeLibrary, wordsOf } from '../../server/tools/purge-css.js'

const outDir = mkdtempSync(join(tmpdir(), 'mirat-assets-'))
const manifest = buildAssets({ viewsDir: 'views', outDir })
const read = (name: string) => readFileSync(join(outDir, name), 'utf8')
const [ltr, rtl, icons] = [read(manifest.ltr), read(manifest.rtl), read(manifest.icons)]
const theme = readFileSync('views/assets/styles/theme.css', 'utf8')
const templates = readdirSync('views', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.hbs'))
  .map((path) => readFileSync(join('views', path), 'utf8'))

const found = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '')
const all = (pattern: RegExp) => new Set(templates.flatMap((text) => found(text, pattern)))

describe('the built assets', () => {
  it.each(['ltr', 'rtl'] as const)('keep the style sheet within 15 kB: %s', (direction) => {
    expect(brotliCompressSync(read(manifest[direction])).length).toBeLessThanOrEqual(15_000)
  })

  it('keep the icon sprite within 4 kB', () => {
    expect(brotliCompressSync(icons).length).toBeLessThanOrEqual(4_000)
  })

  it('keep the script of passkeys within 12 kB', () => {
    expect(brotliCompressSync(read(manifest.passkey)).length).toBeLessThanOrEqual(12_000)
    expect(read(manifest.passkey)).not.toMatch(/fetch\(|XMLHttpRequest|sendBeacon|eval\(/)
  })

  it('differ by direction: KERN is mirrored, our own rules are the same in both', () => {
    expect(ltr).not.toBe(rtl)
    expect(ltr).toMatch(/\.kern-form-input--error\{[^}]*border-left:/)
    expect(rtl).toMatch(/\.kern-form-input--error\{[^}]*border-right:/)
    for (const sheet of [ltr, rtl]) expect(sheet).toContain('.brand{')
  })

  it('load nothing: no image in the sheet, no font, no address', () => {
    for (const sheet of [ltr, rtl])
      expect(sheet).not.toMatch(/url\(|data:|@import|@font-face|https?:/)
    expect(icons.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /data:|https?:|href|<script/,
    )
  })

  it('are named after their content, so that they may be kept for ever', () => {
    expect(readdirSync(outDir).sort()).toEqual(
      [manifest.icons, manifest.ltr, manifest.rtl, manifest.passkey, 'manifest.json'].sort(),
    )
    for (const name of Object.values(manifest))
      expect(name).toMatch(/\.[0-9a-f]{12}\.(css|svg|js)$/)
    expect(buildAssets({ viewsDir: 'views', outDir })).toEqual(manifest)
  })

  it('are made of every sheet that there is', () => {
    const sheets = readdirSync('views/assets/styles').map((name) => name.replace('.css', ''))
    expect(sheets.sort()).toEqual([...STYLES].sort())
  })

  it('are found by the server, or it says what to run', () => {
    const assets = createAssets(outDir)
    expect(assets.css('rtl')).toBe(`/assets/${manifest.rtl}`)
    expect(assets.icons).toBe(`/assets/${manifest.icons}`)
    expect(assets.scripts.passkey).toBe(`/assets/${manifest.passkey}`)
    expect(() => createAssets(join(outDir, 'nowhere'))).toThrow('npm run build')
  })
})

describe('the style sheet', () => {
  it('has a rule for every class that a template names', () => {
    const classes = [...all(/class="([^"]*)"/g)].flatMap(
      (text) => text.replace(/\{\{[^}]*\}\}/g, ' ').match(/[a-z][\w-]*/g) ?? [],
    )
    expect(classes.length).toBeGreaterThan(40)
    expect(classes.filter((name) => !ltr.includes(`.${name}`))).toEqual([])
  })

  it('keeps of KERN only what templates name', () => {
    const unnamed = ['kopfzeile', 'loader', 'progress', 'accordion', 'task-list', 'dropdown']
    const words = wordsOf(templates)
    for (const part of unnamed) {
      expect(words).not.toContain(`kern-${part}`)
      expect(ltr).not.toContain(`.kern-${part}`)
    }
    expect(ltr).toContain('.kern-btn--primary')
  })

  it('defines every property that it uses without a substitute', () => {
    const used = found(ltr, /var\((--[\w-]+)\)/g)
    expect(used.length).toBeGreaterThan(40)
    expect(used.filter((name) => !ltr.includes(`${name}:`))).toEqual([])
  })

  it('minds dark mode, forced colours, less motion and paper', () => {
    const minded = [/prefers-color-scheme: ?dark/, /forced-colors: ?active/, /reduced-motion/]
    for (const pattern of [...minded, /@media print/]) expect(ltr).toMatch(pattern)
  })
})

describe('purging', () => {
  const library = `:root{--a:1;--b:var(--a);--c:3;--d:4}.used{x:var(--b)}.not-used,.used .b{x:var(--c)}
    @media print{.gone{x:1}} .used--state:hover{mask:url("data:x");y:var(--d)}`

  it('drops unnamed classes, unused properties and embedded images', () => {
    const css = purgeLibrary(library, '', wordsOf(['<p class="used used--state">']))
    expect(css).toContain('--a:1')
    expect(css).not.toMatch(/--c|not-used|gone|\.b|data:/)
    expect(css).toMatch(/\.used--state:hover\{y:var\(--d\)\}/)
  })

  it('lets our own properties replace those of the library', () => {
    const css = purgeLibrary(library, ':root { --d: 5 }', wordsOf(['used used--state']))
    expect(css).toContain('var(--d)')
    expect(css).not.toContain('--d:4')
  })
})

describe('the icons', () => {
  const drawn = found(icons, /<symbol id="([^"]+)"/g)

  it('hold every picture that a template names', () => {
    const named = [...all(/icon '([\w-]+)'/g)]
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !drawn.includes(name))).toEqual([])
  })

  it('take their colour from the text', () => {
    const shapes = icons.replace(/<rect width="24"[\s\S]*/, '')
    expect(found(shapes, /(?:fill|stroke)="([^"]+)"/g).filter((c) => c !== 'currentColor')).toEqual(
      [],
    )
  })
})

describe('the colours', () => {
  const tokens = (css: string): Record<string, string | undefined> =>
    Object.fromEntries(
      [...css.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map((m) => [m[1] ?? '', m[2]]),
    )
  const light = tokens(theme.slice(0, theme.indexOf('@media')))
  const dark = { ...light, ...tokens(theme.slice(theme.indexOf('@media'))) }

  const channel = (value: number) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  const luminance = (hex = '') => {
    const long = hex.length === 4 ? hex.replace(/[^#]/g, '$&$&') : hex
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
      channel(parseInt(long.slice(at, at + 2), 16) / 255),
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  /** WCAG 2.2: contrast ratio. */
  const contrast = (one = '', other = '') => {
    const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (bright + 0.05) / (dim + 0.05)
  }

  const texts = ['ink', 'muted', 'action', 'visited'].flatMap((text) =>
    ['paper', 'surface'].map((ground) => [text, ground, 7] as const),
  )
  const states = ['info', 'good', 'attention', 'problem'].flatMap((state) => [
    ['ink', `${state}-tint`, 7] as const,
    [state, `${state}-tint`, 7] as const,
  ])
  const edges = ['paper', 'surface'].map((ground) => ['edge', ground, 3] as const)
  const rest = [
    ['on-action', 'action', 7],
    ['on-action', 'action-strong', 7],
    ['action', 'tint', 4.5],
    ['focus', 'paper', 3],
  ] as const

  it.each([...texts, ...states, ...edges, ...rest])(
    'tell %s from %s by at least %d, by day and by night',
    (text, ground, least) => {
      for (const theme of [light, dark]) {
        expect(theme[text]).toBeDefined()
        expect(contrast(theme[text], theme[ground])).toBeGreaterThanOrEqual(least)
      }
    },
  )
})
