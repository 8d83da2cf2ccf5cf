import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Blocks } from './service.js'

const SENSES = {
  ...{ reference: 'plain', kind: 'blocks:kind.*.name', state: 'blocks:status.*' },
  ...{ grounds: 'blocks:ground.*', office: 'party', field: 'field', words: 'plain' },
  ...{ until: 'plain', filedAt: 'plain', from: 'plain', endedAt: 'plain' },
  ...{ 'events.at': 'plain', 'events.event': 'blocks:event.*', 'events.by': 'copy:by.*' },
  ...{ 'events.office': 'party', 'events.unit': 'unit', 'events.until': 'plain' },
  ...{ 'events.words': 'plain', events: 'inner' },
} as const

/** What this room keeps of a resident: blocks, restrictions and objections, and everything that came of them. */
export function blockSections(blocks: Pick<Blocks, 'list' | 'block'>): Section<ResidentActor>[] {
  return [
    {
      name: 'blocks',
      tables: ['blocks.block', 'blocks.block_event'],
      senses: SENSES,
      items: async function* (actor) {
        for (const { block: row, office } of await blocks.list(actor)) {
          const { kind, state, grounds, reference } = row
          if (reference === '') {
            yield { kind, state, grounds, office: office?.code ?? null }
            continue
          }
          const { events, words, field } = await blocks.block(actor, reference)
          yield {
            ...{ reference, kind, state, grounds, office: office?.code ?? null },
            ...{ field: field?.code ?? null, words: words ?? null, until: row.until ?? null },
            ...{ filedAt: row.filedAt ?? null, from: row.fromAt ?? null },
            endedAt: row.endedAt ?? null,
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
