import type { Catalogue } from '../catalogue/index.js'
import type { MessageCode, Told } from '../notices/index.js'
import { berlinDay, type Day } from './days.js'
import { dueDate } from './deadline.js'
import { landOf } from './routing.js'
import type { RequestEvent } from './rules.js'

/** Events that the person is told of, and as what: what they did themselves and what moves inside an office is not told. */
const TOLD: Readonly<Partial<Record<RequestEvent, MessageCode>>> = {
  form_met: 'request_form_met',
  asked: 'request_asked',
  extended: 'request_extended',
  passed_on: 'request_passed_on',
  decided: 'request_decided',
  confirmed: 'request_decided',
  closed: 'request_closed',
}

/** What a message about a request is made of. */
export interface Occasion {
  readonly subject: string
  readonly reference: string
  readonly event: RequestEvent
  readonly at: Date
  /** Whose answer it is: after passing on, the office that has it now (catalogue number). */
  readonly office: number
  /** The day by which the answer must come, where the event sets it. */
  readonly due?: Day | null | undefined
}

/** The message of an event; nothing where it is none that the person is told of. */
export function messageOf(
  { parties }: Pick<Catalogue, 'parties'>,
  { subject, reference, event, at, office, due }: Occasion,
): Told | undefined {
  const [code, party] = [TOLD[event], parties.byId(office)]
  if (code === undefined || party === undefined) return undefined
  const params = { reference, office: party.code }
  switch (code) {
    case 'request_form_met':
    case 'request_extended':
      return due ? { subject, code, params: { ...params, day: due } } : undefined
    case 'request_decided': {
      // A court can be asked within a month (VwGO § 74); whoever reads it at once has it from today.
      const remedy = dueDate({ receivedOn: berlinDay(at), land: landOf(party) })
      return { subject, code, params: { ...params, day: remedy.due } }
    }
    default:
      return { subject, code, params }
  }
}
