import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder of files as the laws see it: paths relative to its root, with forward slashes. */
export interface Tree {
  /** Every path, sorted. */
  readonly paths: readonly string[]
  /** The text of a file; throws where the tree has none. */
  read(path: string): string
  has(path: string): boolean
}

const SKIPPED = new Set(['node_modules', 'dist', '.data', 'coverage', '.git'])

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The tree under a folder on disk, without what is installed, built or running. */
export function openTree(root: string): Tree {
  const texts = new Map<string, string>()
  const paths = listed(root, '')
  const known = new Set(paths)
  return {
    paths,
    has: (path) => known.has(path),
    read: (path) => {
      const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8')
      texts.set(path, text)
      return text
    },
  }
}

function listed(root: string, below: string): string[] {
  const folder = join(root, below)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      return entry.isDirectory() ? listed(root, path) : [path]
    })
    .sort()
}

/** A tree that exists in memory alone, for planting a violation and seeing it found. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  const paths = Object.keys(files).sort()
  return {
    paths,
    has: (path) => files[path] !== undefined,
    read: (path) => {
      const text = files[path]
      if (text === undefined) throw new Error(`the tree has no ${path}`)
      return text
    },
  }
}

/** The paths below some folders that end in one of the endings. */
export function pathsIn(
  tree: Tree,
  folders: readonly string[],
  endings: readonly string[],
): string[] {
  return tree.paths.filter(
    (path) =>
      folders.some((folder) => path.startsWith(`${folder}/`)) &&
      endings.some((ending) => path.endsWith(ending)),
  )
}

const ENOUGH = 12

/** A list of faults that a person can read: the first few, and how many more there are. */
export function shortened(faults: readonly string[]): string[] {
  const more = faults.length - ENOUGH
  return more > 0 ? [...faults.slice(0, ENOUGH), `and ${more} more`] : [...faults]
}

/** The project as it stands on disk. */
export const house = openTree(ROOT)
