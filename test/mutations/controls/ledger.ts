import type { Control } from '../control.js'

const KEEPING = 'server/ledger/keeping.ts'
const SERVICE = 'server/ledger/service.ts'
const KEEPING_TEST = 'test/ledger/keeping.test.ts'
const APPEND_TEST = 'test/ledger/append.test.ts'

/** What makes the log believable to somebody who does not believe us. */
export const LEDGER: readonly Control[] = [
  {
    id: 'note-signature',
    prevents: 'Anybody publishes a checkpoint in the name of this log.',
    edits: [
      {
        file: 'server/ledger/note.ts',
        find: 'known.verify(text, line.signature)',
        replace: 'known.keyId === line.keyId',
      },
    ],
    killedBy: {
      file: 'test/ledger/note.test.ts',
      test: 'one false signature of a known key spoils the note',
    },
  },
  {
    id: 'vkey-id',
    prevents: 'A verifier key is swapped for another one under the same id.',
    edits: [
      {
        file: 'server/ledger/note-keys.ts',
        find: 'if (keyIdOf(name, typedKey) !== keyId)',
        replace: 'if (keyIdOf(name, typedKey) === undefined)',
      },
    ],
    killedBy: { file: 'test/ledger/note.test.ts', test: 'every altered character is noticed' },
  },
  {
    id: 'leaf-prefix',
    prevents: 'An inner node of the tree passes for an entry.',
    edits: [
      {
        file: 'server/ledger/merkle.ts',
        find: 'LEAF_PREFIX = 0x00',
        replace: 'LEAF_PREFIX = 0x01',
      },
    ],
    killedBy: { file: 'test/ledger/merkle.test.ts', test: 'hashes leaves of any length with 0x00' },
  },
  {
    id: 'rewritten-log',
    prevents: 'The portal starts with a tree that was rewritten under a published checkpoint.',
    edits: [
      {
        file: KEEPING,
        find: 'if (root?.equals(outside.root)) return',
        replace: 'if (root) return',
      },
    ],
    killedBy: { file: KEEPING_TEST, test: 'tells a tree that was rewritten under it' },
  },
  {
    id: 'restored-log',
    prevents: 'An old backup silently takes the place of what was acknowledged.',
    edits: [{ file: KEEPING, find: 'if (head.size < outside.size) {', replace: 'if (false) {' }],
    killedBy: { file: KEEPING_TEST, test: 'that is ahead of the database says by how much' },
  },
  {
    id: 'no-signing-behind',
    prevents: 'A restored log signs a second history beside the published one.',
    edits: [{ file: SERVICE, find: 'if (!maySign()) {', replace: 'if (false && !maySign()) {' }],
    killedBy: { file: APPEND_TEST, test: 'refuses to append and to publish, and changes nothing' },
  },
  {
    id: 'keys-of-the-log',
    prevents: 'The portal goes on with other keys, and nobody can check what it signs.',
    edits: [{ file: KEEPING, find: 'if (wrong.length > 0) {', replace: 'if (false) {' }],
    killedBy: { file: KEEPING_TEST, test: 'is refused with another' },
  },
  {
    id: 'one-head',
    prevents: 'Two appends at once give two entries the same leaf.',
    edits: [
      {
        file: 'migrations/0004_ledger_functions.ts',
        find: 'where head.size = old_size;',
        replace: 'where head.size >= 0;',
      },
    ],
    killedBy: {
      file: APPEND_TEST,
      test: 'is refused where it was not made for the head as it stands',
    },
  },
  {
    id: 'checkpoint-root',
    prevents: 'The audit passes a tree that does not fit what was signed.',
    edits: [
      {
        file: 'server/ledger/audit/checkpoints.ts',
        find: 'signed.size !== size || !root?.equals(signed.root)',
        replace: 'signed.size !== size || !root',
      },
    ],
    killedBy: {
      file: 'test/ledger/audit.test.ts',
      test: 'is betrayed by every checkpoint above the change',
    },
  },
  {
    id: 'entry-opens-leaf',
    prevents: 'The audit passes an entry that was altered after it was recorded.',
    edits: [
      {
        file: 'server/ledger/audit/entries.ts',
        find: 'return commitAll([opening]).leaves.equals(leaf)',
        replace: 'return commitAll([opening]).leaves.length === leaf.length',
      },
    ],
    killedBy: {
      file: 'test/ledger/audit.test.ts',
      test: 'is named, whichever of its columns was altered',
    },
  },
  {
    id: 'salts',
    prevents: 'Whoever reads the public tree guesses what a leaf hides and finds that it fits.',
    edits: [
      {
        file: SERVICE,
        find: 'random.bytes(SALT_BYTES)',
        replace: 'Buffer.alloc(SALT_BYTES, random.name)',
      },
    ],
    killedBy: { file: APPEND_TEST, test: 'hides its entries behind salts of their own' },
  },
  {
    id: 'shuffled-leaves',
    prevents: 'The place of a leaf in its batch tells which person it is about.',
    edits: [
      {
        file: SERVICE,
        find: 'const order = shuffled(\n    parts.random,\n    prepared.entries.map((_, i) => i),\n  )',
        replace: 'const order = [shuffled].flatMap(() => prepared.entries.map((_, i) => i))',
      },
    ],
    killedBy: { file: APPEND_TEST, test: 'in another order than theirs' },
  },
  {
    id: 'public-size',
    prevents:
      'Tiles tell of entries before the tick, and so the second in which each was recorded.',
    edits: [
      {
        file: 'server/ledger/public-tree.ts',
        find: 'if (width > tileWidth(latest.size, treeLevel, idx)) return undefined',
        replace: '',
      },
    ],
    killedBy: { file: 'test/ledger/routes.test.ts', test: 'shows nothing beyond the public size' },
  },
  {
    id: 'sealed-values',
    prevents: 'A sealed value is moved to another row, and opens there as if it belonged to it.',
    edits: [
      {
        file: 'server/platform/kernel/sealing.ts',
        find: "createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))",
        replace: "createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context && ''))",
      },
      {
        file: 'server/platform/kernel/sealing.ts',
        find: '.setAAD(Buffer.from(context))\n    .setAuthTag',
        replace: ".setAAD(Buffer.from(context && ''))\n    .setAuthTag",
      },
    ],
    killedBy: { file: 'test/platform/sealing.test.ts', test: 'opens in its own place alone' },
  },
]
