import { nodesOf, objectsOf, pagesOf, shapeOf, treeOf } from '../platform/pdf/reader.js'

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** What a copy tells but for whose it is, and what is drawn for each entry: its index, its place in a batch. */
export function toldInCopy(copy: string): object {
  const { account, ...sections } = JSON.parse(copy) as {
    readonly account: readonly [
      { readonly subjects: readonly { scheme: string; subject: string }[] },
    ]
  } & Readonly<Record<string, unknown>>
  const kinds = new Map(account[0].subjects.map(({ scheme, subject }) => [subject, scheme]))
  const settled = (item: unknown) =>
    JSON.stringify(item)
      .replace(/"(index|leafIndex)":\d+/g, '"$1":0')
      .replace(ID, (id) => kinds.get(id) ?? id)
  return Object.fromEntries(
    Object.entries(sections).map(([name, items]) => [
      name,
      Array.isArray(items) ? items.map(settled).sort() : items,
    ]),
  )
}

/** The same of a copy as a table: its lines without the numbers of their items. */
export function toldInTable(table: string): readonly string[] {
  const own = new Map(
    [...table.matchAll(/"account","1","subjects\.(\d+)\.scheme","(\w+)"/g)].map(
      ([, place = '', scheme = '']) => {
        const id = new RegExp(`"subjects\\.${place}\\.subject","([^"]+)"`).exec(table)?.[1]
        return [id ?? '', scheme]
      },
    ),
  )
  return table
    .split('\r\n')
    .filter((line) => !/^"(account|waysIn)"|^\ufeff?"copy","1","made"/.test(line))
    .map((line) =>
      line
        .replace(/^("\w+"),"\d+"/, '$1')
        .replace(/("(?:index|leafIndex)"),"\d+"/, '$1')
        .replace(ID, (id) => own.get(id) ?? id),
    )
    .sort()
}

/** What a paper is made of. */
export function partsOf(file: Buffer): object {
  const source = file.toString('latin1')
  const count = (pattern: RegExp) => [...source.matchAll(pattern)].length
  return {
    pages: count(/\/Type \/Page\b/g),
    elements: count(/\/Type \/StructElem\b/g),
    objects: count(/^\d+ 0 obj$/gm),
  }
}

/** What stands on a paper, line by line, and its structure; its own number and checksum are left out. */
export function toldOnPaper(file: Buffer): object {
  const objects = objectsOf(file)
  const tree = treeOf(objects)
  const reference = (objects.at('/Info /Title') as string).slice(-8)
  const settled = (line: string) => line.replaceAll(reference, '-').replace(/\b[0-9a-f]{8}\b/g, 'h')
  return {
    shape: shapeOf(tree),
    // A checksum takes the room of its letters: where its lines break is its own, as the checksum is.
    lines: pagesOf(file)
      .map((lines) => lines.map(settled).join('\n'))
      .join('\n')
      .replace(/\bh(?:\s+h)+\b/g, 'h')
      .split('\n'),
    said: nodesOf(tree).map(({ actual }) => actual),
  }
}
