import { isDeepStrictEqual } from 'node:util'
import type { Field, Party } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import { residentScope, type ResidentActor } from '../identity/index.js'
import { DomainError } from '../platform/kernel/errors.js'
import { isUuid, uuidOf } from '../platform/kernel/ids.js'
import { StepRefused } from './error.js'
import { fileDraft } from './filing.js'
import type { FiledRequest, RequestRow } from './model.js'
import { namesBeside } from './name-fields.js'
import {
  fieldOf,
  officeFor,
  STATEMENT,
  statementOf,
  termsOf,
  writing,
  type RectificationParts,
} from './parts.js'
import { factsOf, type RequestFacts } from './reading.js'
import { addByResident } from './replying.js'
import { isOpen } from './rules.js'
import { withAnswer, type Statement } from './statement.js'
import {
  deleteDraft,
  insertDraft,
  moveRequest,
  readDraft,
  readDrafts,
  readOwn,
  readOwnDisputes,
  readOwnByReference,
} from './store.js'
import { readIsHere } from './store/offices.js'

/** A draft with what was stated so far. */
export interface Draft {
  readonly id: string
  readonly field: Field
  readonly statement: Statement
  /** Grows with every answer: two devices do not overwrite each other unseen. */
  readonly version: number
  readonly savedAt: Date
  /** Further names that its office holds, and that one request can be about as well. */
  readonly beside: readonly Field[]
  /** The office that will answer; absent where none can be told. */
  readonly office?: Party
}

/** A request in a list. */
export interface ListedRequest {
  readonly request: FiledRequest
  readonly field: Field
  readonly fields: readonly Field[]
  readonly office: Party
}

/** A request as its person sees it. */
export interface OwnRequest extends RequestFacts {
  /** Whether anybody of the office works here; else the letter has to be sent, and nothing reaches it otherwise. */
  readonly isHere: boolean
}

/** What residents do about entries that are wrong (GDPR Article 16). Every refusal leaves all as it was. */
export interface Rectification {
  /** Begins a draft on a field; its id. */
  begin(actor: ResidentActor, field: Field, language: string): Promise<string>
  drafts(actor: ResidentActor): Promise<readonly Draft[]>
  /** One draft with its office; NOT_FOUND for what is another's or gone. */
  draft(actor: ResidentActor, id: string): Promise<Draft>
  /** Saves one answer; StepRefused (STALE) where the draft has changed since that page was made. */
  save(
    actor: ResidentActor,
    draft: Pick<Draft, 'id' | 'version'>,
    answer: Statement,
  ): Promise<Statement>
  drop(actor: ResidentActor, id: string): Promise<void>
  /** Files a whole draft with the office responsible; its reference. A second click gives the same. */
  file(actor: ResidentActor, id: string): Promise<string>
  requests(actor: ResidentActor): Promise<readonly ListedRequest[]>
  request(actor: ResidentActor, reference: string): Promise<OwnRequest>
  /** Fields that are marked as in dispute until a decision, each with the request that disputes it (GDPR Article 18). */
  disputed(actor: ResidentActor): Promise<ReadonlyMap<string, string>>
  /** Answers the question of the office, in free text. */
  answer(actor: ResidentActor, reference: string, words: string): Promise<void>
  withdraw(actor: ResidentActor, reference: string): Promise<void>
  /** Adds the person's own statement to a decision that they do not agree with (Article 16 sentence 2). */
  state(actor: ResidentActor, reference: string, words: string): Promise<void>
}

/** Drafts that one person may have open at a time. */
const MOST_DRAFTS = 20

/** Makes the resident's side of the room. */
export function createRectification(parts: RectificationParts): Rectification {
  const { inTransaction } = parts
  const facts = (actor: ResidentActor, reference: string) =>
    inTransaction(residentScope(actor), async (trx) => {
      const request = await readOwnByReference(trx, reference)
      if (request === undefined) throw new DomainError('NOT_FOUND')
      const isHere = await readIsHere(trx, request.office)
      return { ...(await factsOf(trx, request, parts)), isHere }
    })
  return {
    begin: (actor, field, language) => begin(parts, actor, { field, language }),
    drafts: (actor) =>
      inTransaction(residentScope(actor), async (trx) =>
        (await readDrafts(trx)).map((row) => draftOf(parts, row)),
      ),
    draft: (actor, id) => openDraft(parts, actor, id),
    save: (actor, draft, answer) => save(parts, actor, { draft, answer }),
    drop: (actor, id) => inTransaction(writing(actor), (trx) => deleteDraft(trx, known(id))),
    file: (actor, id) => fileDraft(parts, actor, known(id)),
    requests: (actor) =>
      inTransaction(residentScope(actor), async (trx) =>
        (await readOwn(trx)).map((request) => ({ request, ...termsOf(parts, request) })),
      ),
    request: facts,
    disputed: (actor) => inTransaction(residentScope(actor), (trx) => disputed(parts, trx)),
    answer: (actor, reference, words) =>
      addByResident(parts, actor, { reference, event: 'answered', words }),
    withdraw: (actor, reference) => addByResident(parts, actor, { reference, event: 'withdrawn' }),
    state: (actor, reference, words) =>
      addByResident(parts, actor, { reference, event: 'stated', words }),
  }
}

/** The newest request of each field that offices see as disputed; the mark is that of the database. */
async function disputed(parts: RectificationParts, trx: Trx): Promise<ReadonlyMap<string, string>> {
  const marked = new Set(await readOwnDisputes(trx))
  const open = (await readOwn(trx)).filter(
    ({ isRestricted, state }) => isRestricted && isOpen(state),
  )
  return new Map(
    [...open]
      .reverse()
      .flatMap(({ field, also, reference }) =>
        [field, ...also]
          .filter((one) => marked.has(one))
          .map((one): [string, string] => [fieldOf(parts, one).code, reference]),
      ),
  )
}

async function begin(
  { inTransaction, keys, clock, random }: RectificationParts,
  actor: ResidentActor,
  { field, language }: { field: Field; language: string },
): Promise<string> {
  const [subject] = actor.subjects
  if (subject === undefined) throw new DomainError('NOT_FOUND')
  const request = uuidOf(random.bytes(16))
  const caseKey = keys.fresh(request)
  const content = keys.of(request, caseKey).seal(STATEMENT, {})
  return inTransaction(writing(actor), async (trx) => {
    const open = await readDrafts(trx)
    for (const { request: oldest } of open.slice(MOST_DRAFTS - 1)) await deleteDraft(trx, oldest)
    await insertDraft(trx, {
      ...{ request, subject, language, caseKey, content },
      account: actor.account,
      field: field.id,
      at: clock.now(),
    })
    return request
  })
}

async function openDraft(
  parts: RectificationParts,
  actor: ResidentActor,
  id: string,
): Promise<Draft> {
  const row = await parts.inTransaction(residentScope(actor), (trx) => readDraft(trx, known(id)))
  if (row === undefined) throw new DomainError('NOT_FOUND')
  const draft = draftOf(parts, row)
  const office = await officeFor(parts, actor, draft.field)
  if (office === undefined) return draft
  const beside = namesBeside(draft.field, parts.catalogue.fields.all).filter(({ code }) =>
    office.holds.includes(code),
  )
  return { ...draft, office: office.party, beside }
}

async function save(
  parts: RectificationParts,
  actor: ResidentActor,
  { draft, answer }: { draft: Pick<Draft, 'id' | 'version'>; answer: Statement },
): Promise<Statement> {
  const { inTransaction, keys, clock } = parts
  return inTransaction(writing(actor), async (trx) => {
    const row = await readDraft(trx, known(draft.id))
    if (row?.caseKey === undefined) throw new DomainError('NOT_FOUND')
    const before = statementOf(parts, row)
    const statement = withAnswer(before, answer)
    // Sent once more after the connection broke: it is there already, and nobody is told of another device.
    if (row.version > draft.version && isDeepStrictEqual(before, statement)) return statement
    const content = keys.of(row.request, row.caseKey).seal(STATEMENT, statement)
    const { request } = row
    const step = { request, version: draft.version, at: clock.now(), changes: { content } }
    if (!(await moveRequest(trx, step))) throw new StepRefused('STALE')
    return statement
  })
}

function draftOf(parts: RectificationParts, row: RequestRow): Draft {
  return {
    id: row.request,
    field: fieldOf(parts, row.field),
    statement: statementOf(parts, row),
    version: row.version,
    savedAt: row.savedAt,
    beside: [],
  }
}

/** What is no id and what is nobody's own look alike. */
function known(id: string): string {
  if (!isUuid(id)) throw new DomainError('NOT_FOUND')
  return id
}
