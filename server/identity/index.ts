export { createIdentity, type Identity, type DemoPerson, type BegunSession } from './service.js'
export { createEnrolment, type Enrolment, type GivenNumber } from './enrol.js'
export { createCodeSignIn, type CodeSignIn } from './sign-in.js'
export { createPasskeys, type Passkeys } from './passkeys.js'
export { createDevices, type Devices } from './devices.js'
export { createAccounts, type Accounts } from './accounts.js'
export { noteEnding } from './ending.js'
export { createEid, type Eid, type EidProvider } from './eid.js'
export { createFormKeeping, type FormKeeping } from './kept.js'
export { caseworkersOf, staffCode, type Colleague } from './colleagues.js'
export { createStaffing, type Staffing } from './staffing.js'
export { createOffices, type Offices } from './offices.js'
export { createIssuing, type CodeIssuing } from './issuing.js'
export type { AccountNews, TellAccount } from './telling.js'
export {
  isStaff,
  officeScope,
  reportingScope,
  residentOf,
  residentScope,
  staffScope,
  supervisingScope,
  type AccountId,
  type Actor,
  type AuthorityActor,
  type Issuer,
  type PublicActor,
  type ResidentActor,
  type StaffActor,
  type StaffId,
  type StaffRole,
  type SubjectId,
} from './actor.js'
