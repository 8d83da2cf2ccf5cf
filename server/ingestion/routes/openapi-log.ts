import { PROBLEM_TYPE } from './problems.js'

const PLAIN = 'text/plain; charset=utf-8'
const BYTES = 'application/octet-stream'

const absent = {
  description: 'Not there, or not yet.',
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
}

/** An address of the public log, whose forms are those of C2SP. */
function read(
  operationId: string,
  { summary, type, path = [] }: { summary: string; type: string; path?: readonly string[] },
): object {
  const schema = type === PLAIN ? { type: 'string' } : { type: 'string', format: 'binary' }
  const parameters = path.map((name) => ({
    ...{ name, in: 'path', required: true, schema: { type: 'string' } },
    description: EXPLAINED[name],
  }))
  return {
    get: {
      operationId,
      summary,
      ...(parameters.length === 0 ? {} : { parameters }),
      responses: {
        '200': { description: summary, content: { [type]: { schema } } },
        '404': absent,
      },
    },
  }
}

const EXPLAINED: Readonly<Record<string, string>> = {
  level: 'Tile level, from 0',
  index:
    'Index of the tile as tlog-tiles writes it, such as 005 or x001/x234/067; .p/W at its end asks for the first W hashes or entries of a tile that is not full',
}

/** The public log (C2SP tlog-checkpoint, signed-note, tlog-tiles). */
export const LOG_PATHS: Readonly<Record<string, object>> = {
  '/log/checkpoint': read('readCheckpoint', {
    summary: 'The latest public checkpoint, a signed note.',
    type: PLAIN,
  }),
  '/log/vkey': read('readVerifierKey', { summary: 'The verifier key of the log.', type: PLAIN }),
  '/log/tile/{level}/{index}': read('readTile', {
    summary: 'Hashes of one tile.',
    type: BYTES,
    path: ['level', 'index'],
  }),
  '/log/tile/entries/{index}': read('readEntries', {
    summary: 'Entries of one bundle, each with its length in two bytes before it.',
    type: BYTES,
    path: ['index'],
  }),
}
