import type { ResidentActor } from '../identity/actor.js'
import type { Section } from '../platform/kernel/section.js'
import type { Taken } from './service/taken.js'

/** What this room keeps of a resident: which papers they took, and by what these are known again. */
export function reportSections(papers: Pick<Taken, 'list'>): Section<ResidentActor>[] {
  return [
    {
      name: 'papers',
      tables: ['reports.paper'],
      senses: {
        ...{ kind: 'copy:kinds.*', reference: 'plain', language: 'language', log: 'inner' },
        ...{ digest: 'inner', sha256: 'inner', catalogue: 'inner', software: 'inner' },
        ...{ part: 'plain', parts: 'plain', pages: 'plain', issuedAt: 'plain', expiresOn: 'plain' },
      },
      // A paper would change by being taken.
      isForPrograms: true,
      items: async function* (actor) {
        yield* papers.list(actor)
      },
    },
  ]
}
