import type { Control } from '../control.js'

const CSRF = 'server/platform/http/csrf.ts'
const GUARD = 'server/platform/http/guard.ts'
const HEADERS = 'server/platform/http/headers.ts'
const MATRIX = 'test/platform/matrix.test.ts'
const HTTPS = 'test/platform/https.test.ts'
const PROTECTS = 'protects the reader of every answer'

/** Whom a request comes from, what they may open, and what their browser is told. */
export const REQUESTS: readonly Control[] = [
  {
    id: 'csrf-origin',
    prevents: 'A form on another site is sent in the name of somebody who is signed in here.',
    edits: [{ file: CSRF, find: 'if (!fromOwnPage(', replace: 'if (false && !fromOwnPage(' }],
    killedBy: { file: MATRIX, test: 'takes forms from its own pages alone' },
  },
  {
    id: 'csrf-token',
    prevents: 'A form with the token of another session is taken.',
    edits: [
      { file: CSRF, find: 'if (!timingSafeEqual(', replace: 'if (false && !timingSafeEqual(' },
    ],
    killedBy: { file: MATRIX, test: 'takes forms from its own pages alone' },
  },
  {
    id: 'guard-role',
    prevents: 'Somebody opens a page that is meant for another role.',
    edits: [
      { file: GUARD, find: 'if (!route.allow.includes(actor.role)) {', replace: 'if (false) {' },
    ],
    killedBy: { file: MATRIX, test: 'pages open for whom they are meant' },
  },
  {
    id: 'guard-assurance',
    prevents: 'Whoever opens a letter that was meant for another sees places and single fields.',
    edits: [
      {
        file: GUARD,
        find: "if (actor.role === 'resident' && !reaches(actor.assurance, route.assurance)) {",
        replace: 'if (false) {',
      },
    ],
    killedBy: {
      file: 'test/platform/guard.test.ts',
      test: 'turns a sign-in away that was weaker than the route demands',
    },
  },
  {
    id: 'guard-step-up',
    prevents: 'Whoever finds an unlocked phone binds a key of their own or deletes the account.',
    edits: [{ file: GUARD, find: 'if (route.stepUp && ', replace: 'if (false && ' }],
    killedBy: { file: 'test/identity/passkeys.test.ts', test: 'is asked for after five minutes' },
  },
  {
    id: 'look-recorded',
    prevents: 'Staff see the data of a person without an entry in the log of that person.',
    edits: [{ file: GUARD, find: 'await record(exchange.actor, looks)', replace: 'await 0' }],
    killedBy: { file: MATRIX, test: 'a look is recorded where the matrix says so' },
  },
  {
    id: 'look-fails-closed',
    prevents: 'Staff see the data of a person while the log cannot be written.',
    edits: [
      {
        file: GUARD,
        find: "throw cause instanceof DomainError ? cause : new DomainError('UNAVAILABLE', { cause })",
        replace: 'void cause',
      },
    ],
    killedBy: {
      file: 'test/journeys/look.test.ts',
      test: 'where the look cannot be written, nothing is shown',
    },
  },
  {
    id: 'content-security-policy',
    prevents: 'A script that slipped into a page runs, or loads something foreign.',
    edits: [
      {
        file: HEADERS,
        find: `defaultSrc: ["'none'"]`,
        replace: `defaultSrc: ["'self'", "'unsafe-inline'"]`,
      },
    ],
    killedBy: { file: HTTPS, test: PROTECTS },
  },
  {
    id: 'frame-ancestors',
    prevents: 'Another site shows our page in a frame and leads the clicks of its readers.',
    edits: [
      { file: HEADERS, find: `frameAncestors: ["'none'"],`, replace: '' },
      {
        file: HEADERS,
        find: "xFrameOptions: { action: 'deny' },",
        replace: 'xFrameOptions: false,',
      },
    ],
    killedBy: { file: HTTPS, test: PROTECTS },
  },
  {
    id: 'content-type-sniffing',
    prevents: 'A browser runs a download as a page because it looks like one.',
    edits: [
      {
        file: HEADERS,
        find: "xFrameOptions: { action: 'deny' },",
        replace: "xFrameOptions: { action: 'deny' }, xContentTypeOptions: false,",
      },
    ],
    killedBy: { file: HTTPS, test: PROTECTS },
  },
  {
    id: 'transport-security',
    prevents: 'A network in between leads a returning reader to plain http.',
    edits: [
      {
        file: HEADERS,
        find: 'strictTransportSecurity: secure ?',
        replace: 'strictTransportSecurity: false ?',
      },
    ],
    killedBy: {
      file: HTTPS,
      test: PROTECTS,
    },
  },
  {
    id: 'two-hosts',
    prevents: 'A request names two hosts, and a proxy believes the other one.',
    edits: [{ file: HEADERS, find: 'if (hosts.length > 1)', replace: 'if (hosts.length > 2)' }],
    killedBy: { file: MATRIX, test: 'a request that names two hosts is refused' },
  },
  {
    id: 'cookie-not-for-scripts',
    prevents: 'A script reads the cookie of a session.',
    edits: [{ file: 'server/platform/http/cookies.ts', find: 'httpOnly: true,', replace: '' }],
    killedBy: {
      file: 'test/information/pages.test.ts',
      test: 'a page with a form leaves one cookie',
    },
  },
  {
    id: 'cookie-secure',
    prevents: 'The cookie of a session travels in the clear, or is set by a neighbouring host.',
    edits: [
      { file: 'server/platform/http/cookies.ts', find: '      secure,\n', replace: '' },
      { file: 'server/platform/http/cookies.ts', find: "'__Host-mirat'", replace: "'mirat'" },
    ],
    killedBy: {
      file: HTTPS,
      test: 'sets cookies that travel by https alone',
    },
  },
  {
    id: 'no-store',
    prevents:
      'The next reader of a shared computer finds the pages of the one before in its cache.',
    edits: [
      {
        file: 'server/platform/http/send.ts',
        find: "response.setHeader('Cache-Control', 'no-store')",
        replace: 'void 0',
      },
    ],
    killedBy: { file: 'test/overview/routes.test.ts', test: 'keeps no page in any cache' },
  },
  {
    id: 'clear-site-data',
    prevents: 'Signing out leaves pages behind in the browser.',
    edits: [
      {
        file: 'server/platform/http/send.ts',
        find: `response.setHeader('Clear-Site-Data', '"cache", "storage"')`,
        replace: '',
      },
    ],
    killedBy: {
      file: 'test/identity/sessions.test.ts',
      test: 'that is ended by its owner leaves nothing',
    },
  },
]
