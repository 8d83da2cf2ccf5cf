import type { Block } from '../../../platform/pdf/blocks.js'
import { writePdf, type Pdf } from '../../../platform/pdf/write.js'
import type { NamedBasis } from '../../basis.js'
import { chapterBlocks, type Chapter } from './chapters.js'
import {
  AUTHOR,
  asValue,
  basisBlocks,
  codeOf,
  plain,
  say,
  uncheckedBlocks,
  type Pen,
} from './pairs.js'

/**
 * Everything that is kept of one person on paper, German beside the reader's language (GDPR Articles 12 (1),
 * 15 (3)). Chapters come one after the other: memory holds one page and one item.
 */
export function drawWhole(
  pen: Pen,
  basis: NamedBasis,
  chapters: AsyncIterable<Chapter> | Iterable<Chapter>,
): Pdf {
  const { german } = pen
  const title = german.t('reports:paper.whole')
  return writePdf({
    title: { text: `${title} ${basis.reference}`, lang: german.tag },
    lang: german.tag,
    author: AUTHOR,
    // The only time in the file: made again it is the same to the byte.
    created: basis.log.at,
    standard: pen.standard,
    blocks: blocksOf(pen, basis, chapters),
    footer: (page, pages) => [
      [
        plain(german, `${title} ${basis.reference} · `),
        asValue(`${fileText(basis)}${page} / ${pages}`, german.tag),
      ],
    ],
  })
}

/** Which file it is, where there are several. */
function fileText({ part, parts }: NamedBasis): string {
  return parts === 1 ? '' : `${part} / ${parts} · `
}

async function* blocksOf(
  pen: Pen,
  basis: NamedBasis,
  chapters: AsyncIterable<Chapter> | Iterable<Chapter>,
): AsyncGenerator<Block> {
  yield { kind: 'heading', level: 1, cells: say(pen, 'reports:paper.whole') }
  yield { kind: 'paragraph', cells: say(pen, 'reports:paper.lead') }
  yield* uncheckedBlocks(pen)
  yield* basisBlocks(pen, basis)
  if (basis.parts > 1) yield { kind: 'paragraph', cells: say(pen, 'reports:paper.inFiles') }
  yield { kind: 'heading', level: 2, cells: say(pen, 'reports:paper.limits') }
  yield {
    kind: 'list',
    // The same words for everybody, whether or not anything is withheld.
    items: LIMITS.map((key) => say(pen, key)),
  }
  for await (const chapter of chapters) yield* chapterBlocks(pen, chapter)
  yield { kind: 'heading', level: 2, cells: say(pen, 'reports:access.check') }
  yield { kind: 'paragraph', cells: say(pen, 'reports:paper.check') }
  yield codeOf(pen, basis)
  yield { kind: 'paragraph', cells: [asValue(pen.checkAddress, pen.german.tag)] }
}

const LIMITS = ['reports:copy.values', 'reports:copy.limits', 'reports:paper.passing'] as const
