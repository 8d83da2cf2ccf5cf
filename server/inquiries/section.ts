import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Inquiries } from './service.js'

const SENSES = {
  ...{ reference: 'plain', entry: 'inner', office: 'party', kind: 'inquiries:kind.*' },
  ...{ reasons: 'inquiries:reason.*', state: 'inquiries:status.*', askedAt: 'plain' },
  ...{ dueOn: 'plain', endedAt: 'plain', words: 'plain', reply: 'inner' },
  ...{ 'reply.finding': 'inquiries:finding.*', 'reply.measures': 'inquiries:measure.*' },
  ...{ 'reply.words': 'plain', 'events.at': 'plain', 'events.event': 'inquiries:event.*' },
  ...{ 'events.by': 'copy:by.*', 'events.office': 'party', 'events.unit': 'unit' },
  ...{ 'events.words': 'plain', events: 'inner' },
} as const

/** What this room keeps of a resident: what they asked about accesses, and everything that came of it. */
export function inquirySections(
  inquiries: Pick<Inquiries, 'list' | 'inquiry'>,
): Section<ResidentActor>[] {
  return [
    {
      name: 'inquiries',
      tables: ['inquiries.inquiry', 'inquiries.inquiry_event'],
      senses: SENSES,
      items: async function* (actor) {
        for (const { inquiry, office } of await inquiries.list(actor)) {
          const { reference, entry, kind, reasons, state, askedAt, dueOn, endedAt } = inquiry
          const { events, words, reply } = await inquiries.inquiry(actor, reference)
          yield {
            ...{ reference, entry, office: office.code, kind, reasons, state, askedAt, dueOn },
            endedAt: endedAt ?? null,
            words: words ?? null,
            reply: reply ?? null,
            events: events.map((event) => ({
              ...event,
              office: event.office?.code ?? null,
              unit: event.unit?.code ?? null,
            })),
          }
        }
      },
    },
  ]
}
