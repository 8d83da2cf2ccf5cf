import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Block, Cells, Letter, Piece } from '../../../server/platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../../server/platform/pdf/write.js'

/** Whether the programs that read the files stand on this machine; .ci/packages names them. */
export const canRead = ['pdftotext', 'qpdf'].every(
  (program) => spawnSync(program, ['--version']).error === undefined,
)

/** A piece of German. */
export const de = (text: string): Piece => ({ text, lang: 'de' })
/** A piece of Arabic. */
export const ar = (text: string): Piece => ({ text, lang: 'ar' })
/** A piece of English. */
export const en = (text: string): Piece => ({ text, lang: 'en' })

/** A letter with these blocks and page numbers at its foot. */
export function letterOf(blocks: Letter['blocks'], changes: Partial<Letter> = {}): Letter {
  return {
    title: { text: 'Auskunft', lang: 'de' },
    lang: 'de',
    author: 'Mirat',
    created: new Date('2026-11-22T10:00:00Z'),
    footer: (page, pages): Cells => [{ text: `${page} / ${pages}`, lang: 'de', value: true }],
    ...changes,
    blocks,
  }
}

/** The whole file, and what is known at its end. */
export async function written(letter: Letter): Promise<{ file: Buffer; pdf: Pdf }> {
  const pdf = writePdf(letter)
  const chunks: Uint8Array[] = []
  for await (const chunk of pdf.bytes) chunks.push(chunk)
  return { file: Buffer.concat(chunks), pdf }
}

/** The whole file of blocks. */
export async function fileOf(blocks: readonly Block[], changes?: Partial<Letter>): Promise<Buffer> {
  return (await written(letterOf(blocks, changes))).file
}

function run(program: string, file: Buffer, options: (path: string) => string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mirat-pdf-'))
  try {
    const path = join(folder, 'letter.pdf')
    writeFileSync(path, file)
    const maxBuffer = 2 ** 28
    return execFileSync(program, options(path), { encoding: 'utf8', maxBuffer })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What qpdf finds wrong with a file; throws where it cannot read it. */
export function faultsOf(file: Buffer): string[] {
  const said = run('qpdf', file, (path) => ['--check', path])
  return said
    .split('\n')
    .filter((line) => /error|warning/i.test(line) && !/^(No|errors that)/.test(line))
}

/** Text as it is copied, in the order of the file, without the controls that pdftotext adds. */
export function copied(file: Buffer, ...options: string[]): string {
  const text = run('pdftotext', file, (path) => [...options, '-enc', 'UTF-8', path, '-'])
  return text
    .replace(/[\u200e\u200f\u202a-\u202e]/g, '')
    .replace(/[ \n]+/g, ' ')
    .trim()
}

/** The pages as lists of lines. */
export function pagesOf(file: Buffer): string[][] {
  const text = run('pdftotext', file, (path) => ['-raw', '-enc', 'UTF-8', path, '-'])
  return text
    .split('\f')
    .slice(0, -1)
    .map((page) => page.split('\n').filter((line) => line.trim() !== ''))
}

/** How often text is drawn outside every mark of the structure; the feet are forms inside marks of their own. */
export function untaggedTexts(file: Buffer): number {
  const plain = run('qpdf', file, (path) => ['--qdf', '--object-streams=disable', path, '-'])
  const objects = plain.match(/^\d+ 0 obj\n[^]*?^endobj$/gm) ?? []
  const pages = objects.filter((object) => /^stream$/m.test(object) && !/\/Subtype/.test(object))
  let depth = 0
  let outside = 0
  for (const [operator] of pages.join('\n').matchAll(/\b(?:BDC|BMC|EMC|Tj|TJ)\b/g)) {
    if (operator === 'EMC') depth -= 1
    else if (operator === 'BDC' || operator === 'BMC') depth += 1
    else if (depth === 0) outside += 1
  }
  return outside
}

type Value = string | number | boolean | null | Value[] | { [key: string]: Value }

/** The objects of a file. */
export interface Objects {
  readonly trailer: Value
  /** Follows pointers and names, from the trailer or from a value. */
  at(path: string, from?: Value): Value | undefined
  all(): Value[]
}

/** Reads a file by qpdf's JSON (version 2): names begin with `/`, texts with `u:`. */
export function objectsOf(file: Buffer): Objects {
  const json = JSON.parse(run('qpdf', file, (path) => ['--json=2', path])) as {
    qpdf: [unknown, Record<string, { value?: Value; stream?: { dict: Value } }>]
  }
  const table = json.qpdf[1]
  const value = (entry: (typeof table)[string] | undefined) => entry?.value ?? entry?.stream?.dict
  const follow = (item: Value | undefined): Value | undefined =>
    typeof item === 'string' && /^\d+ 0 R$/.test(item) ? value(table[`obj:${item}`]) : item
  const trailer = value(table['trailer']) ?? null
  return {
    trailer,
    at: (path, from = trailer) =>
      path
        .split(' ')
        .reduce<Value | undefined>(
          (at, name) => follow((follow(at) as never)?.[name]),
          follow(from),
        ),
    all: () => Object.values(table).flatMap((entry) => value(entry) ?? []),
  }
}

/** An element of the structure tree; marks are left out. */
export interface Node {
  readonly type: string
  readonly lang?: string
  readonly actual?: string
  readonly scope?: string
  readonly marks: number
  readonly kids: readonly Node[]
}

/** The structure tree from its root element. */
export function treeOf(objects: Objects): Node {
  const [root] = objects.at('/Root /StructTreeRoot /K') as Value[]
  return nodeOf(objects, root ?? null)
}

function nodeOf(objects: Objects, item: Value): Node {
  const text = (path: string) =>
    (objects.at(path, item) as string | undefined)?.replace(/^(u:|\/)/, '')
  const kids = objects.at('/K', item) as Value[]
  const [lang, actual, scope] = [text('/Lang'), text('/ActualText'), text('/A /Scope')]
  return {
    type: text('/S') ?? '',
    ...(lang === undefined ? {} : { lang }),
    ...(actual === undefined ? {} : { actual }),
    ...(scope === undefined ? {} : { scope }),
    marks: kids.filter((kid) => typeof kid !== 'string').length,
    kids: kids.filter((kid) => typeof kid === 'string').map((kid) => nodeOf(objects, kid)),
  }
}

/** The types of a tree, as `Table(TR(TH TH) TR(TD TD))`. */
export function shapeOf({ type, kids }: Node): string {
  return kids.length === 0 ? type : `${type}(${kids.map(shapeOf).join(' ')})`
}

/** All elements below one, and itself. */
export function nodesOf(node: Node): Node[] {
  return [node, ...node.kids.flatMap(nodesOf)]
}
