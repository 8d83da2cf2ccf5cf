import { createHash } from 'node:crypto'
import type { Database } from '../../database.js'
import { residentScope, type ResidentActor } from '../../identity/index.js'
import type { InTransaction } from '../../platform/db/transaction.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { Section } from '../../platform/kernel/section.js'
import type { Pdf } from '../../platform/pdf/write.js'
import { paperLine, type Basis, type NamedBasis } from '../basis.js'
import type { Chapter } from './papers/chapters.js'
import type { Digest, OnePage } from './papers/summary.js'
import { beginPaper } from './papers/digest.js'
import { notePaper } from '../store/papers.js'
import { utcDay } from '../../platform/kernel/days.js'

/** What papers of residents are made of. */
export interface PapersParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  /** The latest public checkpoint, or nothing before the first. */
  readonly logState: () => Promise<{ readonly size: number; readonly at: Date } | undefined>
  readonly versions: { readonly catalogue: number; readonly software: string }
  /** The sections of a copy, with the entries of the log that stand below its size. */
  readonly sectionsIn: (language: string, logSize: number) => readonly Section<ResidentActor>[]
  /** Eight characters that follow from a digest. */
  readonly referenceOf: (digest: string) => string
  readonly drawWhole: (basis: NamedBasis, chapters: AsyncIterable<Chapter>) => Pdf
  /** The most important, as far as the log stood at its size. */
  readonly digestFor: (actor: ResidentActor, logSize: number) => Promise<Digest>
  readonly drawSummary: (basis: NamedBasis, digest: Digest) => Promise<OnePage>
}

/** Reports that residents take with them on paper (GDPR Articles 12 (1), 15 (3)). */
export interface Papers {
  /**
   * Everything that is kept, as a tagged PDF: read twice, because its digest stands at its beginning. Cut off where
   * something changed in between. UNAVAILABLE before the first checkpoint.
   */
  whole(actor: ResidentActor, language: string): Promise<AsyncIterable<Uint8Array>>
  /** The most important on one page, whatever is kept. */
  summary(actor: ResidentActor, language: string): Promise<AsyncIterable<Uint8Array>>
}

/** Makes the papers. */
export function createPapers(parts: PapersParts): Papers {
  return {
    whole: async (actor, language) => {
      const basis = await basisOf(parts, 'whole', language)
      const digest = await digestOf(parts, basis, actor)
      const named = { ...basis, digest, reference: parts.referenceOf(digest) }
      const pdf = parts.drawWhole(named, checkedChapters(parts, named, actor))
      return noted(parts, { actor, basis: named, pdf })
    },
    summary: async (actor, language) => {
      const basis = await basisOf(parts, 'summary', language)
      const shown = await parts.digestFor(actor, basis.log.size)
      const digest = beginPaper(basis).update(paperLine('summary', shown)).digest('hex')
      const named = { ...basis, digest, reference: parts.referenceOf(digest) }
      return noted(parts, { actor, basis: named, pdf: await parts.drawSummary(named, shown) })
    },
  }
}

async function basisOf(
  { logState, versions }: PapersParts,
  kind: Basis['kind'],
  language: string,
): Promise<Basis> {
  const log = await logState()
  if (log === undefined) throw new DomainError('UNAVAILABLE')
  return { kind, language, log, ...versions }
}

/** What belongs on paper, section by section. */
function chaptersOf({ sectionsIn }: PapersParts, { language, log }: Basis, actor: ResidentActor) {
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

async function digestOf(parts: PapersParts, basis: Basis, actor: ResidentActor): Promise<string> {
  const digest = beginPaper(basis)
  for (const { name, items } of chaptersOf(parts, basis, actor)) {
    for await (const item of items) digest.update(paperLine(name, item))
  }
  return digest.digest('hex')
}

/** The chapters once more; what then has another digest is no paper, and is cut off. */
async function* checkedChapters(
  parts: PapersParts,
  basis: NamedBasis,
  actor: ResidentActor,
): AsyncGenerator<Chapter> {
  const digest = beginPaper(basis)
  const seen = async function* (name: string, items: AsyncIterable<object>) {
    for await (const item of items) {
      digest.update(paperLine(name, item))
      yield item
    }
  }
  for (const { items, ...chapter } of chaptersOf(parts, basis, actor)) {
    yield { ...chapter, items: seen(chapter.name, items) }
  }
  if (digest.digest('hex') !== basis.digest) throw new DomainError('CONFLICT')
}

interface Issued {
  readonly actor: ResidentActor
  readonly basis: NamedBasis
  readonly pdf: Pdf | OnePage
}

/** Hands a file on and notes its checksum before its end leaves: whoever holds a whole file can check it. */
async function* noted(
  { inTransaction, clock }: PapersParts,
  { actor, basis, pdf }: Issued,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let held: Uint8Array | undefined
  for await (const bytes of pdf.bytes) {
    hash.update(bytes)
    if (held !== undefined) yield held
    held = bytes
  }
  const issuedAt = clock.now()
  const record = {
    ...basis,
    ...{ sha256: hash.digest('hex'), pages: pdf.pages, issuedAt, expiresOn: aYearAfter(issuedAt) },
  }
  const scope = { ...residentScope(actor), readOnly: false }
  await inTransaction(scope, (trx) => notePaper(trx, actor.account, record))
  if (held !== undefined) yield held
}

/** Longer than most entries of the log live, and short enough that nothing piles up. */
function aYearAfter(day: Date): string {
  const end = new Date(day)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  return utcDay(end)
}
