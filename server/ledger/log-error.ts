/**
 * What can be wrong with a log's bytes: `MALFORMED` breaks its format, `OUT_OF_RANGE` asks for a leaf
 * or size that cannot be, `TILE_MISSING` names a tile that the reader did not have, `UNSIGNED` carries
 * no signature of a known key, `BAD_SIGNATURE` carries a false one of a known key.
 */
export type LogErrorCode =
  'MALFORMED' | 'OUT_OF_RANGE' | 'TILE_MISSING' | 'UNSIGNED' | 'BAD_SIGNATURE'

/** Bytes or texts of a log that cannot be used: a fault or an attack, never an answer to a reader. */
export class LogError extends Error {
  readonly code: LogErrorCode

  constructor(code: LogErrorCode, detail: string) {
    super(detail)
    this.code = code
    this.name = new.target.name
  }
}

/** The refusal of bytes or text that break their format. */
export function malformed(detail: string): LogError {
  return new LogError('MALFORMED', detail)
}
