import type { Block, Cells, Text } from '../../../platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../../platform/pdf/write.js'
import { textOf, type CopyTongue } from '../../copying/words.js'
import type { NamedBasis } from '../../basis.js'
import { AUTHOR, asValue, both, codeOf, merged, pairOf, plain, say, type Pen } from './pairs.js'

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

/** How many lines of each list a try shows; the last one fits on every page. */
const TRIES = [
  { offices: 8, accesses: 5, requests: 4, consents: 4, kinds: 6 },
  { offices: 6, accesses: 3, requests: 3, consents: 3, kinds: 4 },
  { offices: 4, accesses: 3, requests: 2, consents: 2, kinds: 3 },
  { offices: 2, accesses: 1, requests: 1, consents: 1, kinds: 2 },
  { offices: 1, accesses: 0, requests: 0, consents: 0, kinds: 1 },
] as const
/** So many lines of each list. */
type Most = (typeof TRIES)[number]

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
  for (const most of TRIES) {
    const pdf = tried(pen, basis, { digest, most })
    const bytes: Uint8Array[] = []
    for await (const chunk of pdf.bytes) bytes.push(chunk)
    if (pdf.pages === 1 || most === TRIES.at(-1)) return { bytes, pages: pdf.pages }
  }
  throw new RangeError('there is nothing to try')
}

function tried(pen: Pen, basis: NamedBasis, shown: { digest: Digest; most: Most }): Pdf {
  const { german } = pen
  const title = german.t('reports:summary.title')
  return writePdf({
    title: { text: `${title} ${basis.reference}`, lang: german.tag },
    lang: german.tag,
    author: AUTHOR,
    created: basis.log.at,
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
  for (const name of LISTS) yield* listBlocks(pen, name, { digest, most })
  yield { kind: 'paragraph', cells: say(pen, 'reports:copy.limits') }
  yield { kind: 'paragraph', cells: say(pen, 'reports:summary.help') }
  yield codeOf(pen, basis)
  yield { kind: 'paragraph', cells: [basisText(pen, basis)] }
}

const NOT_A_LETTER = /[^a-z]+/g
type Lines = readonly Cells[]

function* listBlocks(
  pen: Pen,
  name: (typeof LISTS)[number],
  { digest, most }: { digest: Digest; most: Most },
): Generator<Block> {
  const lines = linesOf(pen, name, { digest, kinds: most.kinds })
  const left = Math.max(0, lines.length - most[name])
  yield { kind: 'heading', level: 2, cells: say(pen, `reports:summary.${name}`) }
  if (lines.length === 0) {
    yield { kind: 'paragraph', cells: say(pen, 'reports:paper.nothing') }
    return
  }
  const more = left === 0 ? [] : [say(pen, 'reports:summary.more', { number: left })]
  yield { kind: 'list', items: [...lines.slice(0, most[name]), ...more] }
}

function linesOf(
  pen: Pen,
  name: (typeof LISTS)[number],
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

/** What it rests on, in one line. */
function basisText(pen: Pen, basis: NamedBasis): Text {
  const said = both(pen, (tongue) => [
    plain(tongue, `${tongue.t('reports:access.asOf')}: `),
    asValue(textOf(tongue, 'plain', basis.log.at), 'de'),
  ])
  const pieces = 'text' in said ? [said] : said
  return merged([...pieces, plain(pen.german, ' · '), asValue(basis.reference, 'de')])
}
