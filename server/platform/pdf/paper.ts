import type { Container, Reference } from './container.js'
import type { Ink } from './ink.js'
import type { Sheet } from './measures.js'
import { points } from './outline.js'
import type { Structure } from './structure.js'

/** The pages, filled from the top. Lengths in points. */
export interface Paper {
  /** Where the next thing begins, from the upper edge. */
  readonly y: number
  readonly pages: number
  /** How the page at hand lies. */
  readonly sheet: Sheet
  /** What is left of the page. */
  left(): number
  /** Whether nothing stands on the page yet. */
  isFresh(): boolean
  /** Turns the page unless `height` fits below what is held back, then draws what is held back. */
  room(height: number): void
  /** Keeps something back until what follows has room: a heading never stands alone at the foot. */
  hold(height: number, draw: () => void): void
  /** Draws what is held back, though nothing follows. */
  release(): void
  /** Further pages lie as the one before, or from now on otherwise. */
  turn(sheet?: Sheet): void
  advance(height: number): void
  /** Space between two things; none at the top of a page. */
  space(height: number): void
  /** A line across, which is no content. */
  rule(at: { readonly x: number; readonly width: number; readonly strong?: boolean }): void
  /** The feet of all pages, to be written when their number is known. */
  readonly feet: readonly Foot[]
}

/** The foot of a page. */
export interface Foot {
  readonly form: Reference
  readonly sheet: Sheet
}

/** Opens the first page. */
export function createPaper(
  { container, ink, structure }: { container: Container; ink: Ink; structure: Structure },
  first: Sheet,
): Paper {
  const feet: Foot[] = []
  let held: { readonly height: number; readonly draw: () => void }[] = []
  let sheet = first
  let y = sheet.top
  const turn = (next = sheet) => {
    sheet = next
    container.addPage({ size: [sheet.width, sheet.height] })
    structure.page()
    feet.push({ form: footOf(container, ink, sheet), sheet })
    y = sheet.top
  }
  const release = () => {
    const waiting = held
    held = []
    for (const { draw } of waiting) draw()
  }
  turn()
  return {
    feet,
    get y() {
      return y
    },
    get pages() {
      return feet.length
    },
    get sheet() {
      return sheet
    },
    left: () => sheet.bottom - y,
    isFresh: () => y === sheet.top,
    room(height) {
      const needed = held.reduce((sum, item) => sum + item.height, height)
      if (y + needed > sheet.bottom && y > sheet.top) turn()
      release()
    },
    hold(height, draw) {
      held.push({ height, draw })
    },
    release,
    turn,
    advance(height) {
      y += height
    },
    space(height) {
      if (y > sheet.top) y += height
    },
    rule: (at) => drawRule(container, { ...at, y }),
  }
}

/** The page's foot is a form that is written at the end, so that pages need not wait for their number. */
function footOf(container: Container, { fonts }: Ink, { width, height }: Sheet): Reference {
  const foot = container.ref({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: { Font: fonts },
  })
  const { resources } = container.page
  resources.data.Font = fonts
  resources.data.XObject = { Foot: foot }
  artifact(container, 'Pagination', '/Foot Do')
  return foot
}

/** Marks that belong to the page and not to the text. */
export function artifact(
  container: Container,
  type: 'Pagination' | 'Layout',
  operators: string,
): void {
  container.addContent(`/Artifact <</Type /${type}>> BDC\n${operators}\nEMC`)
}

function drawRule(
  container: Container,
  { x, y, width, strong = false }: { x: number; y: number; width: number; strong?: boolean },
): void {
  const [weight, grey] = strong ? [0.8, 0.2] : [0.4, 0.65]
  const line = `${points(x)} ${points(y)} m ${points(x + width)} ${points(y)} l S`
  artifact(container, 'Layout', `q ${weight} w ${grey} ${grey} ${grey} RG ${line} Q`)
}
