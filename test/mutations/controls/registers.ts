import type { Control } from '../control.js'

const WAY = 'server/platform/http/outbound.ts'
const ADDRESSES = 'server/platform/http/outbound-addresses.ts'
const RULES = 'server/registers/rules.ts'
const ANSWER = 'server/registers/answer.ts'
const WAY_TEST = 'test/platform/outbound.test.ts'
const ADDRESSES_TEST = 'test/platform/outbound-addresses.test.ts'
const RULES_TEST = 'test/registers/rules.test.ts'

/** Where the portal calls, whom it asks about whom, and what of an answer reaches a page. */
export const REGISTERS: readonly Control[] = [
  {
    id: 'outbound-private',
    prevents: 'A name that leads into the network of the portal is called there.',
    edits: [
      {
        file: ADDRESSES,
        find: 'return !special4.check(',
        replace: 'return true || special4.check(',
      },
    ],
    killedBy: { file: ADDRESSES_TEST, test: 'is refused' },
  },
  {
    id: 'outbound-every-address',
    prevents: 'A name with one public and one private address is called at the private one.',
    edits: [{ file: WAY, find: 'addresses.every(judge)', replace: 'addresses.some(judge)' }],
    killedBy: { file: WAY_TEST, test: 'that is refused refuses the others of its name' },
  },
  {
    id: 'outbound-pinned',
    prevents: 'A name that changes after it was judged leads the connection elsewhere.',
    edits: [{ file: WAY, find: '    lookup: pinned(addresses),\n', replace: '' }],
    killedBy: { file: WAY_TEST, test: 'that changes after it was judged changes nothing' },
  },
  {
    id: 'outbound-tls',
    prevents: 'A variable of the environment turns the check of certificates off.',
    edits: [{ file: WAY, find: '    rejectUnauthorized: true,\n', replace: '' }],
    killedBy: {
      file: WAY_TEST,
      test: 'verifies certificates even where the environment says not to',
    },
  },
  {
    id: 'outbound-plain',
    prevents: 'Signed requests about persons leave this machine in the clear.',
    edits: [
      { file: WAY, find: 'isPlain(target) ? isLoopback : isReachable', replace: 'isReachable' },
    ],
    killedBy: { file: WAY_TEST, test: 'reaches nothing else, whatever the operator allows' },
  },
  {
    id: 'outbound-size',
    prevents: 'An answer without end fills the memory of the portal.',
    edits: [{ file: WAY, find: 'size > OUTBOUND_LIMIT', replace: 'false' }],
    killedBy: { file: WAY_TEST, test: 'of two megabytes is not read' },
  },
  {
    id: 'outbound-redirect',
    prevents: 'An answer that leads on counts as one that was given.',
    edits: [{ file: WAY, find: 'if (status >= 300 && status < 400)', replace: 'if (false)' }],
    killedBy: { file: WAY_TEST, test: 'is not followed' },
  },
  {
    id: 'registers-own',
    prevents: 'A resident is shown what an office has written about somebody else.',
    edits: [{ file: RULES, find: 'subjects.includes(subject)', replace: 'subjects.length > 0' }],
    killedBy: { file: RULES_TEST, test: 'is about the own subjects, and about nobody by a letter' },
  },
  {
    id: 'registers-letter',
    prevents: 'Whoever opens a letter reads what offices have written about its receiver.',
    edits: [{ file: RULES, find: "if (assurance === 'letter') return []", replace: '' }],
    killedBy: { file: RULES_TEST, test: 'is about the own subjects, and about nobody by a letter' },
  },
  {
    id: 'registers-clean',
    prevents: 'A value reorders or hides the page around it with marks of direction.',
    edits: [{ file: ANSWER, find: ".replace(UNSHOWN, '')", replace: '' }],
    killedBy: { file: RULES_TEST, test: 'lose what could reorder or hide the page around them' },
  },
]
