import type { AccountId, ResidentActor, SubjectId } from '../../server/identity/index.js'
import { shuffled } from '../../server/platform/kernel/random.js'
import { drawEvents, personOf, PEOPLE } from './events.js'
import { ask, INGEST, type Place } from './place.js'

/** How large a log is to be, and whose entries in it will be read. */
export interface Filling {
  readonly entries: number
  readonly residents: readonly SubjectId[]
  readonly entriesEach: number
}

const BATCH = 1000
/** Half a year, so that entries lie in the partitions of many weeks; all registers keep them longer. */
const DAYS = 150

/** Fills the log through the recorder; the residents' entries lie anywhere among a million people's. */
export async function fillLog(place: Place, filling: Filling): Promise<void> {
  const { catalogue, clock, random } = place.installation
  const { recorder, inTransaction } = place
  const own = filling.residents.flatMap((resident) =>
    Array.from({ length: filling.entriesEach }, () => resident),
  )
  const strangers = Array.from({ length: filling.entries - own.length }, (_, at) =>
    personOf((at * 7919) % PEOPLE),
  )
  const subjects = shuffled(random, [...own, ...strangers])
  const events = drawEvents({
    ...{ catalogue, recorder, seed: 'filling', now: clock.now(), days: DAYS },
    subject: () => subjects.pop() as SubjectId,
  })
  while (subjects.length > 0) {
    const prepared = await recorder.prepare(events.next(Math.min(BATCH, subjects.length)))
    await inTransaction(INGEST, (trx) => recorder.record(trx, prepared))
  }
  // What autovacuum does within its minute.
  await ask(place.adminUrl, 'vacuum analyze')
}

/** A resident who signed in at a counter. */
export function residentOf(subject: SubjectId): ResidentActor {
  const account = '22222222-2222-2222-2222-222222222222' as AccountId
  return { role: 'resident', account, subjects: [subject], assurance: 'counter' }
}
