import type { Control } from '../control.js'

const STRICT = 'server/platform/http/strict-json.ts'
const REFUSALS = 'test/ingestion/refusals.test.ts'

/** What is refused before anybody reads it, and what nobody is told. */
export const INPUT: readonly Control[] = [
  {
    id: 'body-limit',
    prevents: 'One large form after another fills the memory of the portal.',
    edits: [
      {
        file: 'server/platform/http/mount.ts',
        find: 'const limit = route.limit ?? BODY_LIMIT',
        replace: 'const limit = 100_000_000',
      },
    ],
    killedBy: {
      file: 'test/platform/error-pages.test.ts',
      test: 'a form that is too large is refused before it is read',
    },
  },
  {
    id: 'no-inflating',
    prevents: 'A small compressed body grows without bound before anything is checked.',
    edits: [
      { file: 'server/platform/http/mount.ts', find: 'inflate: false', replace: 'inflate: true' },
    ],
    killedBy: {
      file: 'test/platform/error-pages.test.ts',
      test: 'a form that is compressed is refused',
    },
  },
  {
    id: 'utf8-form',
    prevents: 'Broken text is stored altered instead of being refused.',
    edits: [
      {
        file: 'server/platform/http/parse.ts',
        find: "decodeURIComponent(text.replaceAll('+', ' '))",
        replace: '',
      },
    ],
    killedBy: { file: 'test/platform/parse.test.ts', test: 'is refused where it is no clean text' },
  },
  {
    id: 'nul-form',
    prevents: 'A NUL in a form reaches the database and fails there.',
    edits: [
      {
        file: 'server/platform/http/parse.ts',
        find: "values.some((value) => value.includes('\\0'))",
        replace: 'false',
      },
    ],
    killedBy: { file: 'test/platform/parse.test.ts', test: 'is refused where it is no clean text' },
  },
  {
    id: 'json-duplicate-keys',
    prevents: 'Two programs read two different values out of the same signed text.',
    edits: [{ file: STRICT, find: "if (keys.has(value)) return 'duplicate_key'", replace: '' }],
    killedBy: {
      file: 'test/platform/strict-json.test.ts',
      test: 'refuses a key twice in one object',
    },
  },
  {
    id: 'json-depth',
    prevents: 'Deep nesting exhausts the stack of whoever reads it.',
    edits: [
      {
        file: STRICT,
        find: "return open.length > JSON_DEPTH ? 'too_deep' : undefined",
        replace: 'return',
      },
    ],
    killedBy: { file: 'test/platform/strict-json.test.ts', test: 'reads 20 levels and refuses 21' },
  },
  {
    id: 'json-nul',
    prevents: 'A NUL that is written as an escape reaches the database and fails there.',
    edits: [{ file: STRICT, find: "if (value.includes('\\0')) return 'nul'", replace: '' }],
    killedBy: { file: REFUSALS, test: 'in its claims' },
  },
  {
    id: 'json-utf8',
    prevents: 'What was signed and what is stored differ by a replaced letter.',
    edits: [{ file: STRICT, find: 'fatal: true', replace: 'fatal: false' }],
    killedBy: { file: REFUSALS, test: 'is refused for claims in broken UTF-8' },
  },
  {
    id: 'load-shedding',
    prevents: 'A flood of requests queues up until nobody is answered any more.',
    edits: [
      {
        file: 'server/platform/http/limits.ts',
        find: 'if (lanes.some(({ name, most }) => taken(name) >= most)) {',
        replace: 'if (false) {',
      },
    ],
    killedBy: { file: 'test/faults/shedding.test.ts', test: 'refuses what exceeds its places' },
  },
  {
    id: 'error-page',
    prevents: 'A fault tells its stack, its statement or a value to whoever caused it.',
    edits: [
      {
        file: 'server/platform/http/errors.ts',
        find: 'else answer(',
        replace:
          "else if (code === 'INTERNAL') response.status(500).send(String((error as Error).stack))\n    else answer(",
      },
    ],
    killedBy: {
      file: 'test/platform/error-pages.test.ts',
      test: 'what nobody foresaw is said without its words',
    },
  },
  {
    id: 'log-fields',
    prevents: 'A value that somebody hands to the log by mistake stands in it.',
    edits: [
      {
        file: 'server/platform/log.ts',
        find: 'const kept: Facts = {}',
        replace: 'const kept: Facts = { ...facts }',
      },
    ],
    killedBy: { file: 'test/platform/log.test.ts', test: 'holds the facts of the list alone' },
  },
  {
    id: 'log-no-messages',
    prevents: 'The message of a driver, which quotes values of persons, stands in the log.',
    edits: [
      {
        file: 'server/platform/log.ts',
        find: 'error: error.name',
        replace: 'error: String(error)',
      },
    ],
    killedBy: { file: 'test/platform/log.test.ts', test: 'names the kind of an error' },
  },
  {
    id: 'log-plain-letters',
    prevents: 'Letters that steer a terminal forge or hide a line of the log.',
    edits: [
      {
        file: 'server/platform/log.ts',
        find: "value.replace(/[^\\x20-\\x7e]/g, '?')",
        replace: 'value',
      },
    ],
    killedBy: { file: 'test/platform/log.test.ts', test: 'holds plain letters alone' },
  },
  {
    id: 'escaped-values',
    prevents: 'A value that somebody sent becomes part of the page and runs there.',
    edits: [
      {
        file: 'server/platform/http/view.ts',
        find: 'const template = engine.compile(source, OPTIONS)',
        replace: 'const template = engine.compile(source, { ...OPTIONS, noEscape: true })',
      },
    ],
    killedBy: { file: 'test/platform/view.test.ts', test: 'is escaped wherever it is printed' },
  },
]
