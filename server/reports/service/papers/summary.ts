import type { Block, Cells, Text } from '../../../platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../../platform/pdf/write.js'
import { textOf, type CopyTongue } from '../../copying/words.js'
import type { NamedBasis } from '../../basis.js'
import {
  AUTHOR,
  asValue,
  both,
  codeOf,
  merged,
  pairOf,
  plain,
  say,
  uncheckedBlocks,
  type Pen,
} from './pairs.js'

/** What stands on the one page, in codes of the catalogue. */
export interface Digest {
  /** Offices that hold data, those with the most kinds first. */
  readonly offices: readonly {
    readonly office: string
    /** Categories of the catalogue. */
    readonly kinds: readonly string[]
  }[]
  /** Newest first. */
  readonly accesses: readonly {
    readonly at: Date
    readonly office: string
    readonly purpose: string
  }[]
  readonly requests: readonly {
    readonly reference: string
    readonly field: string
    readonly dueOn?: string
  }[]
  readonly consents: readonly {
    readonly office: string
    readonly purpose: string
    readonly until?: Date
  }[]
}

const LISTS = ['offices', 'accesses', 'requests', 'consents'] as const

type ListName = (typeof LISTS)[number]
/** So many lines of each list, and so many kinds of data in a line of an office. */
type Most = Readonly<Record<ListName | 'kinds', number>>

const FULL: Most = { offices: 8, accesses: 5, requests: 4, consents: 4, kinds: 6 }
/** Before a list has a single line left, offices name fewer kinds. */
const FEW_KINDS = 3

/** From the fullest page to one that fits whatever is kept: a line less each time, of the list that has the most. */
function stepsFrom(full: Most): readonly Most[] {
  const steps = [full]
  for (let now = full; ;) {
    const next = lessThan(now)
    if (next === undefined) return steps
    steps.push(next)
    now = next
  }
}

function lessThan(now: Most): Most | undefined {
  const [longest = 'offices'] = [...LISTS].sort((one, other) => now[other] - now[one])
  if (now.kinds > FEW_KINDS) return { ...now, kinds: now.kinds - 1 }
  if (now[longest] > 1) return { ...now, [longest]: now[longest] - 1 }
  if (now.kinds > 1) return { ...now, kinds: now.kinds - 1 }
  const shown = LISTS.find((name) => name !== 'offices' && now[name] > 0)
  return shown === undefined ? undefined : { ...now, [shown]: 0 }
}

/** A drawn page. */
export interface OnePage {
  readonly bytes: Iterable<Uint8Array>
  readonly pages: number
}

/**
 * The most important of what is kept of one person. Where it would need a second page it shows fewer lines: what
 * has no room is counted, and stands in the report.
 */
export async function drawSummary(pen: Pen, basis: NamedBasis, digest: Digest): Promise<OnePage> {
  const steps = stepsFrom(FULL)
  // The fuller a page, the longer: between one that fits and one that does not the middle decides.
  let [fits, tooMuch] = [steps.length - 1, -1]
  let page = await drawn(pen, basis, { digest, most: steps[fits] ?? FULL })
  while (fits - tooMuch > 1) {
    const middle = Math.floor((fits + tooMuch) / 2)
    const fuller = await drawn(pen, basis, { digest, most: steps[middle] ?? FULL })
    if (fuller.pages === 1) [fits, page] = [middle, fuller]
    else tooMuch = middle
  }
  return page
}

async function drawn(
  pen: Pen,
  basis: NamedBasis,
  shown: { digest: Digest; most: Most },
): Promise<OnePage> {
  const pdf = tried(pen, basis, shown)
  const bytes: Uint8Array[] = []
  for await (const chunk of pdf.bytes) bytes.push(chunk)
  return { bytes, pages: pdf.pages }
}

function tried(pen: Pen, basis: NamedBasis, shown: { digest: Digest; most: Most }): Pdf {
  const { german } = pen
  const title = german.t('reports:summary.title')
  return writePdf({
    title: { text: `${title} ${basis.reference}`, lang: german.tag },
    lang: german.tag,
    author: AUTHOR,
    created: basis.log.at,
    standard: pen.standard,
    isDense: true,
    blocks: blocksOf(pen, basis, shown),
    footer: (page, pages) => [
      [plain(german, `${title} ${basis.reference} · `), asValue(`${page} / ${pages}`, german.tag)],
    ],
  })
}

function* blocksOf(
  pen: Pen,
  basis: NamedBasis,
  { digest, most }: { digest: Digest; most: Most },
): Generator<Block> {
  yield { kind: 'heading', level: 1, cells: say(pen, 'reports:summary.title') }
  yield* uncheckedBlocks(pen)
  for (const name of LISTS) yield* listBlocks(pen, name, { digest, most })
  if (LISTS.some((name) => digest[name].length > most[name])) {
    yield { kind: 'paragraph', cells: say(pen, 'reports:summary.more') }
  }
  yield { kind: 'paragraph', cells: say(pen, 'reports:copy.limits') }
  yield { kind: 'paragraph', cells: say(pen, 'reports:summary.help') }
  yield codeOf(pen, basis)
  yield { kind: 'paragraph', cells: [basisText(pen, basis)] }
}

const NOT_A_LETTER = /[^a-z]+/g
type Lines = readonly Cells[]

function* listBlocks(
  pen: Pen,
  name: ListName,
  { digest, most }: { digest: Digest; most: Most },
): Generator<Block> {
  const lines = linesOf(pen, name, { digest, kinds: most.kinds })
  yield { kind: 'heading', level: 2, cells: headingOf(pen, name, lines.length) }
  if (lines.length === 0) {
    yield { kind: 'paragraph', cells: say(pen, 'reports:paper.nothing') }
  } else if (most[name] > 0) {
    yield { kind: 'list', items: lines.slice(0, most[name]) }
  }
}

/** How many there are stands in the heading, but for the accesses: of them the latest alone are read. */
function headingOf(pen: Pen, name: ListName, number: number): Cells {
  if (name === 'accesses' || number === 0) return say(pen, `reports:summary.${name}`)
  return pairOf(pen, (tongue) => {
    const heading = tongue.t(`reports:summary.${name}`)
    return plain(tongue, tongue.t('reports:summary.counted', { heading, number }))
  })
}

function linesOf(
  pen: Pen,
  name: ListName,
  { digest, kinds: most }: { digest: Digest; kinds: number },
): Lines {
  const line = (key: string, valuesIn: (tongue: CopyTongue) => Record<string, string>) =>
    pairOf(pen, (tongue) =>
      plain(tongue, tongue.t(`reports:summary.line.${key}`, valuesIn(tongue))),
    )
  const day = (tongue: CopyTongue, at: Date | string) =>
    textOf(tongue, 'plain', at).split(',')[0] ?? ''
  switch (name) {
    case 'offices':
      return digest.offices.map(({ office, kinds }) =>
        line('office', (tongue) => ({
          office: tongue.texts.party(office).name,
          kinds: [
            ...kinds
              .slice(0, most)
              .map((kind) => tongue.t(`overview:kind.${kind.replace(NOT_A_LETTER, '_')}`)),
            ...(kinds.length > most ? ['…'] : []),
          ].join(tongue.t('copy:comma')),
        })),
      )
    case 'accesses':
      return digest.accesses.map(({ at, office, purpose }) =>
        line('access', (tongue) => ({
          day: day(tongue, at),
          office: tongue.texts.party(office).name,
          purpose: tongue.texts.purpose(purpose).name,
        })),
      )
    case 'requests':
      return digest.requests.map(({ reference, field, dueOn }) =>
        line(dueOn === undefined ? 'request' : 'due', (tongue) => ({
          ...{ reference, field: tongue.texts.field(field).label },
          ...(dueOn === undefined ? {} : { day: day(tongue, dueOn) }),
        })),
      )
    case 'consents':
      return digest.consents.map(({ office, purpose, until }) =>
        line(until === undefined ? 'consent' : 'until', (tongue) => ({
          office: tongue.texts.party(office).name,
          purpose: tongue.texts.purpose(purpose).name,
          ...(until === undefined ? {} : { day: day(tongue, until) }),
        })),
      )
  }
}

/** What it rests on, in one line: the words in both languages, the time and the number once. */
function basisText(pen: Pen, basis: NamedBasis): Text {
  const said = both(pen, (tongue) => [plain(tongue, tongue.t('reports:access.asOf'))])
  const pieces = 'text' in said ? [said] : said
  const at = asValue(textOf(pen.german, 'plain', basis.log.at), 'de')
  const between = (text: string) => plain(pen.german, text)
  return merged([...pieces, between(': '), at, between(' · '), asValue(basis.reference, 'de')])
}
