import { createHash, type Hash } from 'node:crypto'
import {
  COUNTED,
  headLineOf,
  lineOf,
  otherOf,
  weekOf,
  type Counted,
  type ReportRequest,
  type ReportRow,
  type Survey,
} from '../rules.js'

/** Counts and digests rows as they pass; memory holds the counts alone. */
export interface Surveyor {
  add(rows: readonly ReportRow[]): void
  end(): Survey
}

/** Begins a survey of a report; the digest covers the request and every row in their order. */
export function beginSurvey(request: ReportRequest, office: string): Surveyor {
  const digest = beginDigest(request, office)
  const counts = Object.fromEntries(
    COUNTED.map((name) => [name, new Map<string, number>()]),
  ) as Record<Counted, Map<string, number>>
  let rows = 0
  let expiresOn: string | undefined
  return {
    add(stretch) {
      for (const row of stretch) {
        rows += 1
        digest.update(`${lineOf(row)}\n`)
        for (const name of COUNTED) count(counts[name], keyOf(row, name, office))
        if (expiresOn === undefined || row.expiresOn < expiresOn) expiresOn = row.expiresOn
      }
    },
    end: () => ({
      ...{ rows, counts, digest: digest.digest('hex') },
      ...(expiresOn === undefined ? {} : { expiresOn }),
    }),
  }
}

/** The digest of a content, to which each row is added as a line. */
export function beginDigest(request: ReportRequest, office: string): Hash {
  return createHash('sha256').update(`${headLineOf(request, office)}\n`)
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function keyOf(row: ReportRow, name: Counted, office: string): string {
  switch (name) {
    case 'operation':
      return row.operation
    case 'purpose':
      return row.purpose
    case 'other':
      return otherOf(row, office)
    case 'week':
      return weekOf(row.occurredAt)
    case 'shown':
      return row.shown
    case 'flagged':
      return row.isFlagged ? 'yes' : 'no'
  }
}
