import type { Field, Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { ResidentActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import { GROUNDS, MOST_OPEN } from './grounds.js'
import type { DraftRow } from './model.js'
import { officeOf, writing, type BlockParts } from './parts.js'
import { routeInformation, routeObjection, routeTransmission, type Route } from './routing.js'
import type { Change } from './questions.js'
import type { Kind } from './rules.js'
import {
  countApplied,
  dropDraft,
  insertDraft,
  readDraft,
  readOwnSubject,
  saveDraft,
} from './store.js'

/** A draft with everything that its pages show. */
export interface DraftFacts {
  readonly draft: DraftRow
  readonly words?: string
  readonly office?: Party
  readonly field?: Field
  readonly route: Route
  readonly fieldsHeld: readonly Field[]
}

/** Where a draft's words stand among the texts of its block. */
const WORDS = 'words'
const DRAFT_DAYS_MS = 30 * 86_400_000

/** Begins a form; its id. StepRefused (TOO_MANY) beyond the bound of open applications. */
export async function begin(parts: BlockParts, actor: ResidentActor, kind: Kind): Promise<string> {
  const { clock, keys, random } = parts
  const block = uuidOf(random.bytes(16))
  const at = clock.now()
  await parts.inTransaction(writing(actor), async (trx) => {
    const subject = await readOwnSubject(trx)
    if (subject === undefined) throw new StepRefused('NO_OFFICE')
    if ((await countApplied(trx)) >= MOST_OPEN) throw new StepRefused('TOO_MANY')
    await insertDraft(trx, {
      ...{ block, subject, account: actor.account, kind, state: 'draft', grounds: [] },
      ...{ case_key: keys.fresh(block), version: 0, saved_at: at },
      expires_on: new Date(at.getTime() + DRAFT_DAYS_MS).toISOString().slice(0, 10),
    })
  })
  return block
}

/** A draft of the scope by its id (NOT_FOUND). */
export async function foundDraft(trx: Trx, id: string): Promise<DraftRow> {
  const row = await readDraft(trx, id)
  if (row === undefined) throw new DomainError('NOT_FOUND')
  return row
}

/** The words of a draft, decrypted. */
export function draftWords(
  { keys }: Pick<BlockParts, 'keys'>,
  { block, caseKey, content }: DraftRow,
): string | undefined {
  if (caseKey === undefined || content === undefined) return undefined
  return keys.open({ thing: block, key: caseKey, at: WORDS }, content)
}

/** What the pages of a draft show. */
export async function openDraft(
  parts: BlockParts,
  actor: ResidentActor,
  id: string,
): Promise<DraftFacts> {
  const draft = await parts.inTransaction(writing(actor), (trx) => foundDraft(trx, id))
  const words = draftWords(parts, draft)
  const field = draft.field === undefined ? undefined : parts.catalogue.fields.byId(draft.field)
  return {
    draft,
    route: await routeOf(parts, actor, draft.kind),
    fieldsHeld: draft.kind === 'restriction' ? await parts.fieldsHeld(actor) : [],
    ...(draft.office === undefined ? {} : { office: officeOf(parts, draft.office) }),
    ...(words === undefined ? {} : { words }),
    ...(field === undefined ? {} : { field }),
  }
}

/** Where an application of a kind can go for this person. */
export async function routeOf(
  { officesOf, catalogue }: BlockParts,
  actor: ResidentActor,
  kind: Kind,
): Promise<Route> {
  if (kind === 'restriction') return { proposal: undefined, offices: [], working: [] }
  const known = await officesOf(actor)
  if (kind === 'objection') return routeObjection(known)
  const { parties } = catalogue
  return kind === 'transmission'
    ? routeTransmission(known, parties)
    : routeInformation(known, parties)
}

/** Saves one page of a form. */
export async function saveStep(
  parts: BlockParts,
  actor: ResidentActor,
  { id, change }: { readonly id: string; readonly change: Change },
): Promise<void> {
  const draft = await parts.inTransaction(writing(actor), (trx) => foundDraft(trx, id))
  const changed = await changedBy(parts, actor, { draft, change })
  const saved = await parts.inTransaction(writing(actor), (trx) =>
    saveDraft(trx, id, { ...changed, saved_at: parts.clock.now() }),
  )
  if (!saved) throw new DomainError('NOT_FOUND')
}

async function changedBy(
  parts: BlockParts,
  actor: ResidentActor,
  { draft, change }: { draft: DraftRow; change: Change },
): Promise<Parameters<typeof saveDraft>[2]> {
  switch (change.step) {
    case 'limits':
      return {}
    case 'grounds': {
      const known: readonly string[] = GROUNDS[draft.kind]
      const grounds = known.filter((one) => change.grounds.includes(one))
      return { grounds, content: sealedDraft(parts, draft, change.words) }
    }
    case 'office': {
      const { offices } = await routeOf(parts, actor, draft.kind)
      const office = offices.find(({ code }) => code === change.office)
      if (office === undefined) throw new DomainError('NOT_FOUND')
      return { office: office.id }
    }
    case 'field': {
      const field = (await parts.fieldsHeld(actor)).find(({ code }) => code === change.field)
      if (field === undefined) throw new DomainError('NOT_FOUND')
      const office = await parts.officeForField(actor, field)
      return { field: field.id, office: office?.id ?? null }
    }
  }
}

function sealedDraft(
  { keys }: BlockParts,
  { block, caseKey }: DraftRow,
  words: string | undefined,
): Buffer | null {
  if (words === undefined || caseKey === undefined) return null
  return keys.seal({ thing: block, key: caseKey, at: WORDS }, words)
}

/** Deletes a draft. */
export async function drop(parts: BlockParts, actor: ResidentActor, id: string): Promise<void> {
  const isDone = await parts.inTransaction(writing(actor), (trx) => dropDraft(trx, id))
  if (!isDone) throw new DomainError('NOT_FOUND')
}
