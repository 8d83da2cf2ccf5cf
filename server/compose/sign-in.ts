import type { Database } from '../database.js'
import {
  createAccounts,
  createCodeSignIn,
  createDevices,
  createEid,
  createFormKeeping,
  createIssuing,
  createOffices,
  createPasskeys,
  createStaffing,
  type Actor,
  type Enrolment,
  type TellAccount,
} from '../identity/index.js'
import { accountRoutes } from '../identity/routes/account.js'
import { codeRoutes } from '../identity/routes/codes.js'
import { deviceRoutes } from '../identity/routes/devices.js'
import { EID_BACK, eidRoutes } from '../identity/routes/eid.js'
import { signInRoutes } from '../identity/routes/sign-in.js'
import { officeRoutes } from '../identity/routes/offices.js'
import { staffRoutes } from '../identity/routes/staff.js'
import { createCodeRecord, type AccessRecorder } from '../overview/index.js'
import { worksOn } from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { RouteSpec } from '../platform/http/route.js'
import type { Translate } from '../platform/http/texts.js'
import type { Installation } from './installation.js'
import type { Rooms } from './rooms.js'

/** Where the page of devices leads on to. */
const ACCOUNT_LINKS = [
  { name: 'identity.settings', label: 'identity:settings.title' },
  { name: 'notices.settings', label: 'notices:settings.title', assurance: 'counter' },
  { name: 'reports.documents', label: 'reports:copy.title', assurance: 'counter' },
  { name: 'identity.leave', label: 'identity:leave.title' },
] as const

/** Ways in, and what is issued for them. */
export function signInParts(
  { catalogue, clock, config, log, random, secrets }: Installation,
  {
    inTransaction,
    enrolment,
    recorder,
    tell,
  }: {
    inTransaction: InTransaction<Database>
    enrolment: Enrolment
    recorder: AccessRecorder
    tell: TellAccount
  },
) {
  const { accountKey } = secrets
  const shared = { inTransaction, clock, random, accountKey, tell }
  return {
    codes: createCodeSignIn(shared),
    passkeys: createPasskeys({ ...shared, origin: config.origin }),
    keptForms: createFormKeeping(shared),
    eid:
      config.oidc &&
      createEid({ ...shared, log, provider: config.oidc, back: `${config.origin}${EID_BACK}` }),
    accounts: createAccounts({ inTransaction, clock }),
    devices: createDevices({ inTransaction, clock }),
    staffing: createStaffing(shared),
    offices: createOffices(shared),
    issuing: createIssuing({
      ...shared,
      enrolment,
      record: createCodeRecord({ catalogue, recorder, clock }),
      worksOn,
    }),
  }
}

/** The ways in, and the pages around accounts and staff. */
export function signInRoutesOf(
  { config, catalogue }: Installation,
  rooms: Rooms,
  textsIn: (tag: string) => Translate,
): RouteSpec<Actor>[] {
  const { codes, passkeys, devices, issuing, staffing, offices, accounts, eid } = rooms
  const staff = { staffing, offices, passkeys, catalogue }
  return [
    ...signInRoutes({ codes, passkeys, demo: config.demo, ...(eid ? { eid } : {}) }),
    ...(eid ? eidRoutes({ eid, devices, origin: config.origin }) : []),
    ...deviceRoutes({ devices, passkeys, hasEid: eid !== undefined, links: ACCOUNT_LINKS }),
    ...accountRoutes({ accounts }),
    ...staffRoutes(staff),
    ...officeRoutes(staff),
    ...codeRoutes({ issuing, catalogue, origin: config.origin, textsIn }),
  ]
}
