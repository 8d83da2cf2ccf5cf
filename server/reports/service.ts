import type { ResidentActor } from '../identity/actor.js'
import type { Clock } from '../platform/kernel/clock.js'
import type { Section } from '../platform/kernel/section.js'
import { writeCopy, type CopyHead } from './copy.js'
import { writeTable, type Tongues } from './copying/table.js'

/** What reports are made of. */
export interface ReportParts {
  /** The sections of one copy, in their order; the words of codes come in this language as well. */
  readonly sectionsIn: (language: string) => readonly Section<ResidentActor>[]
  /** German and this language, or German alone. */
  readonly tonguesIn: (language: string) => Tongues
  /** Name of the log. */
  readonly logOrigin: string
  readonly clock: Clock
}

/** Who reads a copy, and what no copy shows, in the reader's words. */
export interface Reader {
  readonly language: string
  readonly limits: string
}

/** What people take with them. */
export interface Reports {
  /** Everything that is kept of a resident, as JSON of any length. */
  copy(actor: ResidentActor, reader: Reader): AsyncIterable<string>
  /** The same as a table (CSV), with words beside the codes. */
  table(actor: ResidentActor, reader: Reader): AsyncIterable<string>
}

const JSON_FORMAT = 'mirat-copy/1'
const TABLE_FORMAT = 'mirat-copy-table/1'

/** Makes the reports. */
export function createReports(parts: ReportParts): Reports {
  const { sectionsIn, tonguesIn, logOrigin, clock } = parts
  const headOf = (format: string, { limits }: Reader): CopyHead => ({
    ...{ format, made: clock.now(), origin: logOrigin, limits },
  })
  return {
    copy: (actor, reader) =>
      writeCopy(headOf(JSON_FORMAT, reader), sectionsIn(reader.language), actor),
    table: (actor, reader) => {
      const head = headOf(TABLE_FORMAT, reader)
      const tongues = tonguesIn(reader.language)
      return writeTable({ head, tongues }, sectionsIn(reader.language), actor)
    },
  }
}
