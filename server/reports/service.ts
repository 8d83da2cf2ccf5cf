import type { ResidentActor } from '../identity/actor.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Section } from '../platform/kernel/section.js'
import { writeCopy } from './copy.js'

/** What reports are made of. */
export interface ReportParts {
  /** The sections of one copy, in their order; the words of codes come in this language as well. */
  readonly sectionsIn: (language: string) => readonly Section<ResidentActor>[]
  /** Name of the log. */
  readonly logOrigin: string
  readonly clock: Clock
}

/** What people take with them. */
export interface Reports {
  /** Everything that is kept of a resident, as JSON of any length; `limits` says what no copy shows. */
  copy(
    actor: ResidentActor,
    reader: { readonly language: string; readonly limits: string },
  ): AsyncIterable<string>
}

const FORMAT = 'mirat-copy/1'

/** Makes the reports. */
export function createReports({ sectionsIn, logOrigin, clock }: ReportParts): Reports {
  return {
    copy: (actor, { language, limits }) => {
      const head = { format: FORMAT, made: clock.now(), origin: logOrigin, limits }
      return writeCopy(head, sectionsIn(language), actor)
    },
  }
}
