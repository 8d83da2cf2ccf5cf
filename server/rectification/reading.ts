import type { Field, Party, Unit } from '../catalogue/index.js'
import type { Trx } from '../database.js'
import type { CaseClock } from './clock.js'
import type { DecisionText } from './decision.js'
import type { CaseKey } from './keys.js'
import type { FiledRequest } from './model.js'
import { STATEMENT, termsOf, type RectificationParts } from './parts.js'
import { officesTold, type ToldOffice } from './recipients.js'
import type { Doer } from '../journal/index.js'
import type { RequestEvent } from './rules.js'
import type { Statement } from './statement.js'
import { readEvents, type StoredEvent } from './store/events.js'
import { readNotices } from './store/notices.js'
import { clockOfEvents } from './working.js'

/** An event as people read it. */
export interface ToldEvent {
  /** Leaf index in the tree. */
  readonly index: number
  readonly number: number
  readonly event: RequestEvent
  readonly at: Date
  readonly by: Doer
  readonly office?: Party
  readonly unit?: Unit
  readonly operatorDigest?: Buffer
  readonly detail?: string
  /** What a person wrote; absent where nothing was written, or it is erased. */
  readonly words?: string
  readonly decision?: DecisionText
}

/** A filed request with everything that belongs to it. */
export interface RequestFacts {
  readonly request: FiledRequest
  /** The leading field of it, which is the first of `fields`. */
  readonly field: Field
  readonly fields: readonly Field[]
  readonly office: Party
  /** Absent once its key is deleted. */
  readonly statement?: Statement
  readonly events: readonly ToldEvent[]
  readonly clock: CaseClock
  /** Offices that were told of the decision, as far as the reader may know them (GDPR Article 19). */
  readonly recipients: readonly ToldOffice[]
}

/** Reads what belongs to a request, as far as the scope may see it. */
export async function factsOf<Row extends FiledRequest>(
  trx: Trx,
  request: Row,
  parts: Pick<RectificationParts, 'catalogue' | 'keys'>,
): Promise<RequestFacts & { readonly request: Row }> {
  const stored = await readEvents(trx, request.request)
  const key = request.caseKey && parts.keys.of(request.request, request.caseKey)
  const filed = stored.find(({ event }) => event === 'filed')
  const statement = key && filed?.content && (key.open(STATEMENT, filed.content) as Statement)
  return {
    request,
    ...termsOf(parts, request),
    ...(statement === undefined ? {} : { statement }),
    events: stored.map((event) => told(event, key, parts)),
    clock: clockOfEvents(stored, parts.catalogue.parties),
    recipients: officesTold(await readNotices(trx, request.request), parts.catalogue),
  }
}

function told(
  { content, office, unit, ...event }: StoredEvent,
  key: CaseKey | undefined,
  { catalogue }: Pick<RectificationParts, 'catalogue'>,
): ToldEvent {
  const party = office === undefined ? undefined : catalogue.parties.byId(office)
  const kind = unit === undefined ? undefined : catalogue.units.byId(unit)
  return {
    ...event,
    ...(party ? { office: party } : {}),
    ...(kind ? { unit: kind } : {}),
    ...(key && content && event.event !== 'filed' ? contentOf(event, key, content) : {}),
  }
}

/** What stands under the key of the request: free words, or the text of a decision. */
function contentOf(
  { event, number }: Pick<StoredEvent, 'event' | 'number'>,
  key: CaseKey,
  content: Buffer,
): Pick<ToldEvent, 'words' | 'decision'> {
  const opened = key.open(`event/${number}`, content)
  return event === 'proposed' || event === 'decided' || event === 'confirmed'
    ? { decision: opened as DecisionText }
    : { words: (opened as { words: string }).words }
}
