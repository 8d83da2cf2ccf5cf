import type { ResidentActor } from '../identity/index.js'
import type { Trx } from '../database.js'
import { DomainError } from '../platform/kernel/errors.js'
import { StepRefused } from './error.js'
import { expiryOf } from './journal.js'
import type { CaseKey } from './keys.js'
import type { FiledRequest } from './model.js'
import { writing, type RectificationParts } from './parts.js'
import { after, mayState, MOST_STATED, type State } from './rules.js'
import { moveRequest, readOwnByReference } from './store.js'
import { nextNumber, readEvents } from './store/events.js'

/** What a resident adds to a filed request. */
export interface Reply {
  readonly reference: string
  readonly event: 'answered' | 'withdrawn' | 'stated'
  /** Free text in the person's own language; encrypted where it is stored. */
  readonly words?: string
}

/** Writes a reply: row and entry in one transaction; StepRefused where the request has moved on. */
export async function addByResident(
  parts: RectificationParts,
  actor: ResidentActor,
  reply: Reply,
): Promise<void> {
  await parts.inTransaction(writing(actor), async (trx) => {
    const request = await readOwnByReference(trx, reply.reference)
    if (request === undefined) throw new DomainError('NOT_FOUND')
    const moved = after(request.state, reply.event, 'resident')
    if (!moved.ok) throw new StepRefused(moved.refusal)
    await add(parts, trx, { request, reply, state: moved.value })
  })
}

async function add(
  { clock, journal, keys }: RectificationParts,
  trx: Trx,
  { request: row, reply, state }: { request: FiledRequest; reply: Reply; state: State },
): Promise<void> {
  const { request, reference, subject, version, caseKey } = row
  if (caseKey === undefined) throw new StepRefused('ERASED')
  const at = clock.now()
  const number = await nextNumber(trx, request)
  const done = await moveRequest(trx, {
    ...{ request, version, at },
    changes: {
      state,
      expires_on: expiryOf(at),
      ...(state === 'withdrawn' ? { closed_at: at } : {}),
    },
  })
  if (!done) throw new StepRefused('STALE')
  const { words, event } = reply
  if (event === 'stated') await findRoom(trx, { row, key: keys.of(request, caseKey), words })
  const content =
    words === undefined
      ? {}
      : { content: keys.of(request, caseKey).seal(`event/${number}`, { words }) }
  await journal.write(trx, { request, reference, subject, number, event, at, ...content })
}

/** After the row has moved, so that of two statements at once the second one counts the first. */
async function findRoom(
  trx: Trx,
  { row, key, words = '' }: { row: FiledRequest; key: CaseKey; words: string | undefined },
): Promise<void> {
  const made = (await readEvents(trx, row.request)).flatMap(({ event, number, content }) =>
    event === 'stated' && content
      ? [key.open(`event/${number}`, content) as { words: string }]
      : [],
  )
  const before = made.map((one) => one.words)
  if (!mayState(before, words)) throw new StepRefused('ENOUGH_STATED', MOST_STATED)
}
