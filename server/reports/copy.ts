import type { Section } from '../platform/kernel/section.js'

/** What stands at the head of a copy. */
export interface CopyHead {
  readonly format: string
  readonly made: Date
  /** Name of the log whose entries it holds, as its checkpoints give it. */
  readonly origin: string
  /** What such a copy can not show, the same for everybody. */
  readonly limits: string
}

/**
 * Writes everything that is kept of one person as one JSON document (GDPR Articles 15 (3) and 20 (1)): a
 * head, then each section as a list. Sections come item by item; a failure leaves the document unfinished.
 */
export async function* writeCopy<Actor>(
  head: CopyHead,
  sections: readonly Section<Actor>[],
  actor: Actor,
): AsyncGenerator<string> {
  yield JSON.stringify(head, null, 2).slice(0, -2)
  for (const { name, items } of sections) {
    yield `,\n  ${JSON.stringify(name)}: [`
    let between = ''
    for await (const item of items(actor)) {
      yield `${between}\n    ${JSON.stringify(item)}`
      between = ','
    }
    yield '\n  ]'
  }
  yield '\n}\n'
}
