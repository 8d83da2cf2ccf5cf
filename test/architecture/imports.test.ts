import { floorFaults } from './support/floors.js'
import { furnitureFaults } from './support/furniture.js'
import { cycles, environmentReads, hiddenImports, takenNotGiven } from './support/hidden.js'
import { AT_THE_EDGE, moduleFaults } from './support/modules.js'
import { house, treeOf, type Tree } from './support/tree.js'

/** The faults of a house that has one file only. */
function added(law: (tree: Tree) => string[], path: string, text: string): readonly string[] {
  return law(treeOf({ [path]: text }))
}

describe('the house', () => {
  it('keeps its floors and doors', () => {
    expect(floorFaults(house)).toEqual([])
  })

  it('has each piece of furniture import only what its kind may', () => {
    expect(furnitureFaults(house)).toEqual([])
  })

  it('uses each package and built-in module only where it lives', () => {
    expect(moduleFaults(house)).toEqual([])
    expect(Object.keys(AT_THE_EDGE).filter((path) => !house.has(path))).toEqual([])
  })

  it('hides no import inside a function', () => {
    expect(hiddenImports(house)).toEqual([])
  })

  it('has no cycle', () => {
    expect(cycles(house)).toEqual([])
  })

  it('reads the environment in main.ts and the tools alone', () => {
    expect(environmentReads(house)).toEqual([])
  })

  it('is given time and randomness, and takes neither', () => {
    expect(takenNotGiven(house)).toEqual([])
  })
})

describe('a planted import', () => {
  it.each([
    [
      'server/ledger/x.ts',
      "import { a } from '../overview/index.js'",
      /does not lie below "ledger"/,
    ],
    ['server/ledger/x.ts', "import type { A } from '../identity/actor.js'", /does not lie below/],
    ['server/blocks/x.ts', "import { a } from '../consent/index.js'", /does not lie below/],
    ['server/overview/x.ts', "export * from '../ledger/merkle.js'", /use the door/],
    ['server/platform/db/x.ts', "import { a } from '../http/urls.js'", /does not lie below "db"/],
    ['server/platform/kernel/x.ts', "import { a } from '../db/faults.js'", /does not lie below/],
    ['server/cellar/x.ts', 'export const a = 1', /has no floor/],
    ['server/things.ts', 'export const a = 1', /stands in no room/],
    ['server/main.ts', "import { a } from './overview/index.js'", /only file that knows the rooms/],
    ['server/compose.ts', "import { a } from './overview/store.js'", /use the door/],
    ['server/compose/serve.ts', "import { a } from '../overview/store.js'", /use the door/],
    ['server/database.ts', "import { a } from './overview/tables.js'", /as types only/],
    [
      'server/overview/x.ts',
      "import { a } from '../config.js'",
      /take what you need as an argument/,
    ],
    ['server/overview/x.ts', "import { a } from '../tools/send.js'", /a program of its own/],
    ['server/tools/verify/x.ts', "import { a } from '../../ledger/index.js'", /shares no code/],
    [
      'server/tools/verify.ts',
      "import type { A } from '../platform/kernel/ids.js'",
      /shares no code/,
    ],
    [
      'server/tools/reference-register/x.ts',
      "import { a } from '../../ingestion/index.js'",
      /shares no code/,
    ],
    ['server/tools/send.ts', "import { a } from '../ingestion/service.js'", /use the door/],
    ['migrations/9999_x.ts', "import { a } from '../server/catalogue/index.js'", /never changes/],
  ])('from %s by "%s" is refused by the floors', (path, text, reason) => {
    expect(added(floorFaults, path, text)).toEqual([expect.stringMatching(reason)])
  })

  it.each([
    ['server/overview/rules.ts', "import { a } from './store.js'"],
    ['server/overview/rules.ts', "import { a } from '../ledger/index.js'"],
    ['server/overview/tables.ts', "import { a } from './rules.js'"],
    ['server/overview/store.ts', "import { a } from '../ledger/index.js'"],
    ['server/overview/service.ts', "import { a } from '../platform/http/parse.js'"],
    ['server/overview/service.ts', "import { a } from './pages.js'"],
    ['server/overview/service.ts', "import type { A } from './tables.js'"],
    ['server/overview/forms.ts', "import { a } from './service.js'"],
    ['server/overview/pages.ts', "import { a } from '../platform/http/csrf.js'"],
    ['server/overview/routes.ts', "import { a } from './store.js'"],
    ['server/overview/routes.ts', "import { a } from '../catalogue/index.js'"],
    ['server/overview/index.ts', "export { a } from './routes.js'"],
    ['server/overview/section.ts', "import { a } from '../platform/pdf/blocks.js'"],
    ['server/overview/jobs.ts', "import { a } from './store.js'"],
    ['server/overview/holdings.ts', "import { a } from '../platform/http/route.js'"],
  ])('in %s by "%s" is refused by the furniture', (path, text) => {
    expect(added(furnitureFaults, path, text)).toEqual([expect.stringContaining('must not')])
  })

  it('that reaches the store through a noun is refused to a pure piece', () => {
    const tree = treeOf({
      'server/overview/rules.ts': "import { a } from './holding.js'",
      'server/overview/holding.ts': "import { a } from './store.js'",
      'server/overview/store.ts': 'export const a = 1',
    })
    expect(furnitureFaults(tree)).toEqual([expect.stringContaining('rules stays pure')])
  })

  it.each([
    ['server/overview/service.ts', "import express from 'express'", /platform\/http/],
    ['server/overview/service.ts', "import { sql } from 'kysely'", /store\.ts/],
    ['server/overview/section.ts', "import Pdf from 'pdfkit'", /platform\/pdf/],
    ['server/overview/pages.ts', "import Handlebars from 'handlebars'", /platform\/http/],
    ['server/overview/rules.ts', "import { z } from 'zod'", /rules are pure/],
    ['server/overview/rules.ts', "import { readFileSync } from 'node:fs'", /is pure/],
    ['server/overview/holdings.ts', "import { createHash } from 'node:crypto'", /is pure/],
    ['server/platform/kernel/x.ts', "import { join } from 'node:path'", /the kernel is pure/],
  ])('of a module in %s by "%s" is refused', (path, text, reason) => {
    expect(added(moduleFaults, path, text)).toEqual([expect.stringMatching(reason)])
  })
})

describe('a planted shortcut', () => {
  it('imports nothing inside a function', () => {
    const text = "export const a = async () => (await import('./rules.js')).a"
    expect(added(hiddenImports, 'server/overview/x.ts', text)).toHaveLength(1)
  })

  it('closes no cycle, and each cycle is named once', () => {
    const tree = treeOf({
      'server/overview/a.ts': "import { b } from './b.js'",
      'server/overview/b.ts': "import { c } from './c.js'",
      'server/overview/c.ts': "import { a } from './a.js'",
      'server/overview/d.ts': "import type { E } from './e.js'",
      'server/overview/e.ts': "import type { D } from './d.js'",
    })
    expect(cycles(tree)).toEqual([expect.stringContaining('a.ts -> server/overview/b.ts')])
  })

  it.each(['process.env', 'process.argv[2]'])('reads no %s', (text) => {
    const faults = added(environmentReads, 'server/overview/x.ts', `export const a = ${text}`)
    expect(faults).toHaveLength(1)
    expect(environmentReads(treeOf({ 'server/main.ts': text, 'server/tools/x.ts': text }))).toEqual(
      [],
    )
  })

  it.each([
    'export const a = Date.now()',
    'export const a = new Date()',
    'export const a = Math.random()',
    "import { randomUUID } from 'node:crypto'",
  ])('takes nothing by "%s"', (text) => {
    expect(added(takenNotGiven, 'server/overview/x.ts', text)).toHaveLength(1)
    expect(added(takenNotGiven, 'server/overview/x.ts', 'export const a = new Date(0)')).toEqual([])
  })
})
