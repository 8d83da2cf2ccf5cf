import { createHash, type Hash } from 'node:crypto'
import type { Basis } from '../../basis.js'

/** The digest of a paper, to which each item is added as a line. */
export function beginPaper({ kind, language, log, catalogue, software }: Basis): Hash {
  const head = [kind, language, log.size, log.at.toISOString(), catalogue, software]
  return createHash('sha256').update(`${JSON.stringify(['mirat-paper/1', ...head])}\n`)
}
