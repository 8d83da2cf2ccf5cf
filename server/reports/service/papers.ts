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
import { checkedChapters, firstReading, type FileToWrite } from './papers/reading.js'
import { notePaper, readBasis, readLongPapers, type LongPaper } from '../store/papers.js'
import { utcDay } from '../../platform/kernel/days.js'

export type { LongPaper } from '../store/papers.js'

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
   * something changed in between. UNAVAILABLE before the first checkpoint. The first file where it has several.
   */
  whole(actor: ResidentActor, language: string): Promise<AsyncIterable<Uint8Array>>
  /** A file of a report that the person has begun to take: nothing where the report would be another one by now. */
  file(
    actor: ResidentActor,
    asked: { readonly reference: string; readonly part: number },
  ): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Reports of several files, the latest in each language. */
  long(actor: ResidentActor): Promise<readonly LongPaper[]>
  /** The most important on one page, whatever is kept. */
  summary(actor: ResidentActor, language: string): Promise<AsyncIterable<Uint8Array>>
}

/** Makes the papers. */
export function createPapers(parts: PapersParts): Papers {
  return {
    whole: async (actor, language) => {
      const basis = await basisOf(parts, 'whole', language)
      return wholeFile(parts, actor, { ...(await firstReading(parts, basis, actor)), part: 1 })
    },
    file: (actor, asked) => furtherFile(parts, actor, asked),
    long: (actor) => parts.inTransaction(residentScope(actor), readLongPapers),
    summary: async (actor, language) => {
      const basis = await basisOf(parts, 'summary', language)
      const shown = await parts.digestFor(actor, basis.log.size)
      const digest = beginPaper(basis).update(paperLine('summary', shown)).digest('hex')
      const named = { ...basis, digest, reference: parts.referenceOf(digest), part: 1, parts: 1 }
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

function wholeFile(
  parts: PapersParts,
  actor: ResidentActor,
  { counts, ...basis }: FileToWrite,
): AsyncIterable<Uint8Array> {
  const pdf = parts.drawWhole(basis, checkedChapters(parts, actor, { ...basis, counts }))
  return noted(parts, { actor, basis, pdf })
}

/** The paper as it was when its first file was taken: read anew, because no file is kept. */
async function furtherFile(
  parts: PapersParts,
  actor: ResidentActor,
  { reference, part }: { readonly reference: string; readonly part: number },
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const { inTransaction, versions } = parts
  const known = await inTransaction(residentScope(actor), (trx) => readBasis(trx, reference))
  if (known === undefined || part > known.parts) throw new DomainError('NOT_FOUND')
  const { kind, language, log } = known
  const found = await firstReading(parts, { kind, language, log, ...versions }, actor)
  return found.digest === known.digest ? wholeFile(parts, actor, { ...found, part }) : undefined
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
