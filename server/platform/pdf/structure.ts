import type { Container, Reference } from './container.js'

/** What an element says about its text. */
export interface Facts {
  readonly lang?: string
  /** The text in logical order, where the glyphs stand in another one. */
  readonly actual?: string
  /** Of a table's head. */
  readonly scope?: 'Column' | 'Row'
  /** What a picture shows, and where it stands: left, bottom, right, top from the lower left corner. */
  readonly picture?: { readonly alt: string; readonly box: readonly number[] }
}

/** An element of the structure tree (ISO 32000-1, 14.7.2). */
export interface Element {
  child(type: string, facts?: Facts): Element
  /** Draws content of this element on the page at hand. */
  mark(operators: string): void
  /** Writes it and what is open below it; nothing can be added any more. */
  end(): void
}

/** The structure tree: finished elements are written at once, only their numbers are remembered. */
export interface Structure {
  readonly root: Element
  /** Must be told each page, so that the marks of the page before can be written. */
  page(): void
  end(): void
}

/**
 * A pointer to a written object. PDFKit writes what is no plain object as its own text, and an
 * object of PDFKit itself would keep all that it has written.
 */
class Pointer {
  readonly [Symbol.toStringTag] = 'Pointer'
  constructor(private readonly text: string) {}
  toString(): string {
    return this.text
  }
}

/** The page at hand: the elements of its marks in their order, and its place in the parent tree. */
interface Marks {
  readonly page: Pointer
  readonly key: number
  readonly owners: Pointer[]
}

/** A tree with one root element, below which everything stands. */
export function createStructure(container: Container, lang: string): Structure {
  let marks: Marks | undefined
  const tree = container.getStructTreeRoot()
  const write = () => {
    if (!marks) return
    const owners = container.ref(marks.owners)
    owners.end()
    tree.data.ParentTree.add(marks.key, pointerTo(owners))
  }
  const context: Context = {
    container,
    marks() {
      if (!marks) throw new Error('there is no page yet')
      return marks
    },
  }
  const root = createElement(context, {
    type: 'Document',
    parent: pointerTo(tree),
    facts: { lang },
  })
  tree.data.K = [root.pointer]
  return {
    root,
    page() {
      write()
      const key = container.createStructParentTreeNextKey()
      const { dictionary } = container.page
      dictionary.data.StructParents = key
      marks = { page: pointerTo(dictionary), key, owners: [] }
    },
    end() {
      root.end()
      write()
    },
  }
}

function pointerTo(reference: object): Pointer {
  return new Pointer(`${reference as Reference & string}`)
}

interface Context {
  readonly container: Container
  marks(): Marks
}

interface Made {
  readonly type: string
  readonly parent: Pointer
  readonly facts: Facts
}

function createElement(
  context: Context,
  { type, parent, facts }: Made,
  ended = () => {},
): Element & { pointer: Pointer } {
  const reference = context.container.ref({
    Type: 'StructElem',
    S: type,
    P: parent,
    ...entries(facts),
  })
  const pointer = pointerTo(reference)
  const kids: (Pointer | number | object)[] = []
  const open = new Set<Element>()
  let first: Pointer | undefined
  return {
    pointer,
    child(kind, its = {}) {
      const made = { type: kind, parent: pointer, facts: its }
      const element = createElement(context, made, () => open.delete(element))
      kids.push(element.pointer)
      open.add(element)
      return element
    },
    mark(operators) {
      const { page, owners } = context.marks()
      const number = owners.push(pointer) - 1
      first ??= page
      kids.push(first === page ? number : { Type: 'MCR', Pg: page, MCID: number })
      context.container.addContent(`/${type} <</MCID ${number}>> BDC\n${operators}\nEMC`)
    },
    end() {
      for (const element of open) element.end()
      Object.assign(reference.data, { K: kids, ...(first ? { Pg: first } : {}) })
      reference.end()
      ended()
    },
  }
}

function entries({ lang, actual, scope, picture }: Facts): object {
  return {
    ...(lang === undefined ? {} : { Lang: new String(lang) }),
    ...(actual === undefined ? {} : { ActualText: new String(actual) }),
    ...(scope === undefined ? {} : { A: { O: 'Table', Scope: scope } }),
    ...(picture === undefined
      ? {}
      : { Alt: new String(picture.alt), A: { O: 'Layout', BBox: [...picture.box] } }),
  }
}
