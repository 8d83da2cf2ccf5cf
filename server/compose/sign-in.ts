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
  type Enrolment,
  type TellAccount,
} from '../identity/index.js'
import { EID_BACK } from '../identity/routes/eid.js'
import { createCodeRecord, type AccessRecorder } from '../overview/index.js'
import { worksOn } from '../rectification/index.js'
import type { InTransaction } from '../platform/db/transaction.js'
import type { Installation } from './installation.js'

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
