import type { ResidentActor } from '../../../identity/index.js'
import { DomainError } from '../../../platform/kernel/errors.js'
import { ITEMS_OF_A_FILE, paperLine, type Basis, type NamedBasis } from '../../basis.js'
import type { PapersParts } from '../papers.js'
import type { Chapter } from './chapters.js'
import { beginPaper } from './digest.js'
import { filesFor, sharesIn, type Share } from './shares.js'

/** Where the items of a paper come from. */
type ReadingParts = Pick<PapersParts, 'sectionsIn' | 'referenceOf'>

/** What belongs on paper, section by section. */
function chaptersOf({ sectionsIn }: ReadingParts, { language, log }: Basis, actor: ResidentActor) {
  return sectionsIn(language, log.size).flatMap(({ lasts, items, ...section }) =>
    section.isForPrograms === true ? [] : [{ ...section, items: lasting(items(actor), lasts) }],
  )
}

async function* lasting(
  items: AsyncIterable<object>,
  lasts: (item: object) => boolean = () => true,
): AsyncGenerator<object> {
  for await (const item of items) if (lasts(item)) yield item
}

/** What the first reading finds: the digest, and how many items each chapter has. */
export interface Surveyed extends Omit<NamedBasis, 'part'> {
  readonly counts: readonly number[]
}

/** Reads everything once; memory holds one item. */
export async function firstReading(
  parts: ReadingParts,
  basis: Basis,
  actor: ResidentActor,
): Promise<Surveyed> {
  const hash = beginPaper(basis)
  const counts: number[] = []
  for (const { name, items } of chaptersOf(parts, basis, actor)) {
    let count = 0
    for await (const item of items) {
      hash.update(paperLine(name, item))
      count += 1
    }
    counts.push(count)
  }
  const digest = hash.digest('hex')
  const files = filesFor(counts, ITEMS_OF_A_FILE)
  return { ...basis, digest, reference: parts.referenceOf(digest), parts: files, counts }
}

/** A file that is to be written. */
export type FileToWrite = Surveyed & { readonly part: number }

/** The chapters once more, as far as they stand in the file; what then has another digest is cut off. */
export async function* checkedChapters(
  parts: ReadingParts,
  actor: ResidentActor,
  { counts, ...basis }: FileToWrite,
): AsyncGenerator<Chapter> {
  const digest = beginPaper(basis)
  const shares = sharesIn(counts, { part: basis.part, most: ITEMS_OF_A_FILE })
  const seen = async function* (name: string, items: AsyncIterable<object>, share?: Share) {
    const { from, until } = share ?? { from: 0, until: 0 }
    let place = 0
    for await (const item of items) {
      digest.update(paperLine(name, item))
      if (place >= from && place < until) yield item
      place += 1
    }
  }
  for (const [place, { items, ...chapter }] of chaptersOf(parts, basis, actor).entries()) {
    const share = shares[place]
    const own = seen(chapter.name, items, share)
    if (share === undefined) for await (const _ of own);
    else yield { ...chapter, before: share.from, items: own }
  }
  if (digest.digest('hex') !== basis.digest) throw new DomainError('CONFLICT')
}
