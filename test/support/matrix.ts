import { BLOCKS } from './matrix-blocks.js'
import { COPIES } from './matrix-copies.js'
import { CONSENT_DESK } from './matrix-consent-desk.js'
import { NOTICES } from './matrix-notices.js'
import { CONSENT } from './matrix-consent.js'
import { CONSENT_PROGRAMS, RECEIPTS } from './matrix-receipts.js'
import { INQUIRIES } from './matrix-inquiries.js'
import { FLAGS } from './matrix-flags.js'
import { OPEN_DATA, OVERSIGHT } from './matrix-oversight.js'
import { OFFICES } from './matrix-offices.js'
import { RECTIFICATION } from './matrix-rectification.js'
import { TIDINGS } from './matrix-tidings.js'

/** Everybody who may stand before a route: nobody signed in, residents by assurance, staff by role. */
export const VISITORS = [
  'public',
  'letter',
  'counter',
  'caseworker',
  'dpo',
  'supervisor',
  'operator',
] as const
export type VisitorKind = (typeof VISITORS)[number]

/**
 * What each visitor meets on a page or form. Written by hand from the design (security.md, pages.md),
 * never from the routes: who adds a route says here who may enter it, or the tests fail.
 */
export interface PageRow {
  readonly route: string
  readonly method: 'get' | 'post'
  /** The Express path. */
  readonly path: string
  /** Who is let in; whoever else is signed in finds nothing (404), nobody is led to the sign-in. */
  readonly enter: readonly VisitorKind[]
  /** Residents who are known, but not surely enough (403). */
  readonly weak?: readonly VisitorKind[]
  /** Whose look writes itself into the log of the person seen. */
  readonly look?: readonly VisitorKind[]
  /** The account is gone afterwards: that it works has a test of its own. */
  readonly ends?: true
  /** What a form is answered that comes from our own page but says nothing of use; 303 where none is said. */
  readonly empty?: number
  /** The same for one visitor. */
  readonly emptyFor?: Readonly<Partial<Record<VisitorKind, number>>>
  /** Nothing is there yet for whoever may enter (404): that there will be has a test of its own. */
  readonly absent?: true
  /** Where letting in means leading on (303) even on GET. */
  readonly leadsOn?: readonly VisitorKind[]
}

/** What a program without a signature is answered. */
export interface ProgramRow {
  readonly route: string
  readonly method: 'get' | 'post'
  readonly path: string
  readonly unsigned: number
}

const EVERYBODY = VISITORS
const SIGNED_IN = VISITORS.filter((kind) => kind !== 'public')
const RESIDENTS = ['letter', 'counter'] as const
const STAFF = ['caseworker', 'dpo', 'supervisor', 'operator'] as const

/** Pages and forms. */
export const PAGES: readonly PageRow[] = [
  { route: 'identity.languages', method: 'get', path: '/', enter: EVERYBODY },
  {
    route: 'identity.start',
    method: 'get',
    path: '/:lang/',
    enter: EVERYBODY,
    leadsOn: SIGNED_IN,
  },
  {
    route: 'identity.sign-in',
    method: 'get',
    path: '/:lang/sign-in',
    enter: EVERYBODY,
    leadsOn: SIGNED_IN,
  },
  {
    route: 'identity.passkey',
    method: 'post',
    path: '/:lang/sign-in',
    enter: EVERYBODY,
    emptyFor: { public: 400 },
  },
  { route: 'identity.code', method: 'get', path: '/:lang/activate', enter: EVERYBODY },
  {
    route: 'identity.redeem',
    method: 'post',
    path: '/:lang/activate',
    enter: EVERYBODY,
    empty: 400,
  },
  { route: 'identity.step-up', method: 'get', path: '/:lang/step-up', enter: SIGNED_IN },
  {
    route: 'identity.stepped-up',
    method: 'post',
    path: '/:lang/step-up',
    enter: SIGNED_IN,
    empty: 400,
  },
  { route: 'identity.devices', method: 'get', path: '/:lang/me/devices', enter: RESIDENTS },
  { route: 'identity.new-key', method: 'get', path: '/:lang/me/devices/new', enter: RESIDENTS },
  {
    route: 'identity.bind',
    method: 'post',
    path: '/:lang/me/devices/new',
    enter: RESIDENTS,
    empty: 400,
  },
  {
    route: 'identity.remove-key',
    method: 'post',
    path: '/:lang/me/devices/remove',
    enter: RESIDENTS,
    empty: 404,
  },
  {
    route: 'identity.stop-codes',
    method: 'post',
    path: '/:lang/me/devices/stop-codes',
    enter: RESIDENTS,
  },
  {
    route: 'identity.end-sessions',
    method: 'post',
    path: '/:lang/me/devices/end',
    enter: RESIDENTS,
  },
  { route: 'identity.settings', method: 'get', path: '/:lang/me/settings', enter: RESIDENTS },
  {
    route: 'identity.choose',
    method: 'post',
    path: '/:lang/me/settings',
    enter: RESIDENTS,
    empty: 400,
  },
  ...COPIES,
  { route: 'identity.leave', method: 'get', path: '/:lang/me/devices/leave', enter: RESIDENTS },
  {
    route: 'identity.delete',
    method: 'post',
    path: '/:lang/me/devices/leave',
    enter: RESIDENTS,
    ends: true,
  },
  { route: 'identity.staff-key', method: 'get', path: '/:lang/staff/key', enter: STAFF },
  {
    route: 'identity.staff-bind',
    method: 'post',
    path: '/:lang/staff/key',
    enter: STAFF,
    empty: 400,
  },
  { route: 'identity.people', method: 'get', path: '/:lang/staff/people', enter: ['operator'] },
  {
    route: 'identity.invite',
    method: 'post',
    path: '/:lang/staff/people',
    enter: ['operator'],
    empty: 400,
  },
  {
    route: 'identity.staff-code',
    method: 'get',
    path: '/:lang/staff/people/:staff',
    enter: ['operator'],
  },
  {
    route: 'identity.confirm',
    method: 'post',
    path: '/:lang/staff/people/:staff/confirm',
    enter: ['operator'],
  },
  {
    route: 'identity.suspend',
    method: 'post',
    path: '/:lang/staff/people/:staff/suspend',
    enter: ['operator'],
  },
  { route: 'identity.issue', method: 'get', path: '/:lang/staff/codes', enter: ['caseworker'] },
  {
    route: 'identity.issue-code',
    method: 'post',
    path: '/:lang/staff/codes',
    enter: ['caseworker'],
    empty: 400,
  },
  {
    route: 'identity.sheet',
    method: 'get',
    path: '/:lang/staff/codes/:sheet',
    enter: ['caseworker'],
  },
  {
    route: 'identity.sheet-printed',
    method: 'post',
    path: '/:lang/staff/codes/:sheet',
    enter: ['caseworker'],
  },
  { route: 'identity.sign-out', method: 'post', path: '/:lang/sign-out', enter: SIGNED_IN },
  { route: 'identity.staff', method: 'get', path: '/:lang/staff', enter: STAFF },
  { route: 'information.easy', method: 'get', path: '/:lang/easy', enter: EVERYBODY },
  { route: 'information.how', method: 'get', path: '/:lang/how', enter: EVERYBODY },
  { route: 'information.rights', method: 'get', path: '/:lang/rights', enter: EVERYBODY },
  { route: 'information.help', method: 'get', path: '/:lang/help', enter: EVERYBODY },
  { route: 'information.directory', method: 'get', path: '/:lang/directory', enter: EVERYBODY },
  {
    route: 'information.authorities',
    method: 'get',
    path: '/:lang/directory/:level',
    enter: EVERYBODY,
  },
  { route: 'information.log', method: 'get', path: '/:lang/state', enter: EVERYBODY },
  {
    route: 'information.accessibility',
    method: 'get',
    path: '/:lang/accessibility',
    enter: EVERYBODY,
  },
  { route: 'information.privacy', method: 'get', path: '/:lang/privacy', enter: EVERYBODY },
  { route: 'information.imprint', method: 'get', path: '/:lang/imprint', enter: EVERYBODY },
  { route: 'demo.people', method: 'get', path: '/demo', enter: EVERYBODY },
  { route: 'demo.sign-in', method: 'post', path: '/demo', enter: EVERYBODY },
  { route: 'overview.home', method: 'get', path: '/:lang/me', enter: RESIDENTS },
  { route: 'overview.offices', method: 'get', path: '/:lang/me/offices', enter: RESIDENTS },
  { route: 'overview.office', method: 'get', path: '/:lang/me/offices/:party', enter: RESIDENTS },
  { route: 'overview.data', method: 'get', path: '/:lang/me/data', enter: RESIDENTS },
  {
    route: 'overview.field',
    method: 'get',
    path: '/:lang/me/data/:field',
    enter: ['counter'],
    weak: ['letter'],
  },
  { route: 'overview.accesses', method: 'get', path: '/:lang/me/accesses', enter: RESIDENTS },
  { route: 'overview.access', method: 'get', path: '/:lang/me/accesses/:entry', enter: RESIDENTS },
  {
    route: 'overview.proof',
    method: 'get',
    path: '/:lang/me/accesses/:entry/proof',
    enter: ['counter'],
    weak: ['letter'],
  },
  { route: 'overview.limits', method: 'get', path: '/:lang/me/limits', enter: RESIDENTS },
  ...RECTIFICATION,
  ...NOTICES,
  ...INQUIRIES,
  ...CONSENT,
  ...CONSENT_DESK,
  ...RECEIPTS,
  ...OFFICES,
  ...BLOCKS,
  ...OVERSIGHT,
  ...FLAGS,
  ...TIDINGS,
]

/** Addresses for programs; what is signed is tested with ingestion. */
export const PROGRAMS: readonly ProgramRow[] = [
  { route: 'ledger.checkpoint', method: 'get', path: '/log/checkpoint', unsigned: 200 },
  { route: 'ledger.vkey', method: 'get', path: '/log/vkey', unsigned: 200 },
  {
    route: 'registers.keys',
    method: 'get',
    path: '/.well-known/jwks.json',
    unsigned: 200,
  },
  { route: 'ledger.tile', method: 'get', path: '/log/tile/*rest', unsigned: 200 },
  {
    route: 'ingestion.batches',
    method: 'post',
    path: '/api/v1/streams/:stream/batches',
    unsigned: 415,
  },
  {
    route: 'ingestion.appointments',
    method: 'post',
    path: '/api/v1/streams/:stream/appointments',
    unsigned: 415,
  },
  { route: 'ingestion.stream', method: 'get', path: '/api/v1/streams/:stream', unsigned: 401 },
  {
    route: 'ingestion.receipt',
    method: 'get',
    path: '/api/v1/streams/:stream/receipts/:seq',
    unsigned: 401,
  },
  ...[...CONSENT_PROGRAMS, ...OPEN_DATA],
  { route: 'ingestion.catalogue', method: 'get', path: '/api/v1/catalogue', unsigned: 200 },
  { route: 'ingestion.openapi', method: 'get', path: '/api/openapi.json', unsigned: 200 },
  { route: 'health.live', method: 'get', path: '/livez', unsigned: 200 },
  { route: 'health.ready', method: 'get', path: '/readyz', unsigned: 200 },
]
