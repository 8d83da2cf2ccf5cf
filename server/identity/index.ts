export { createIdentity, type Identity, type DemoPerson, type BegunSession } from './service.js'
export { createEnrolment, type Enrolment, type GivenNumber } from './enrol.js'
export {
  isStaff,
  lookScope,
  reportingScope,
  residentScope,
  type AccountId,
  type Actor,
  type AuthorityActor,
  type PublicActor,
  type ResidentActor,
  type StaffActor,
  type StaffId,
  type StaffRole,
  type SubjectId,
} from './actor.js'
