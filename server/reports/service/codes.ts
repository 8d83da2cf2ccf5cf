import type { Drawn, PartToWrite } from './making.js'
import type { ReportRequest, ReportRow, Survey } from '../rules.js'
import { encoded } from './table.js'

/** Writes one file of a report in codes, which programs can compare, with what it rests on. */
export function drawCodes(
  officeCode: string,
  { request, survey, part }: { request: ReportRequest; survey: Survey; part: PartToWrite },
): Drawn {
  const { reference, filter, log } = request
  const head = {
    ...{ format: 'mirat-accesses/2', reference, office: officeCode },
    ...(request.entry === undefined ? { filter } : { scope: 'one person' }),
    checkpoint: { size: log.size, at: log.at },
    versions: { catalogue: request.catalogue, software: request.software },
    ...{ count: survey.rows, digest: survey.digest },
    part: { number: part.part, of: part.parts, firstRow: part.firstRow },
  }
  return { bytes: encoded(textsOf(head, part.rows)), pages: 0 }
}

async function* textsOf(head: object, rows: AsyncIterable<ReportRow>): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"accesses":[`
  let between = '\n'
  for await (const row of rows) {
    yield `${between}${JSON.stringify(codesOf(row))}`
    between = ',\n'
  }
  yield '\n]}\n'
}

function codesOf(row: ReportRow): object {
  const { unit } = row
  return {
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
    operation: row.operation,
    channel: row.channel,
    source: row.source,
    recipient: row.recipient,
    ...(unit === undefined ? {} : { unit }),
    purpose: row.purpose,
    legalBasis: row.legalBasis,
    fields: row.fields,
    flagged: row.isFlagged,
    shown: row.shown,
  }
}
