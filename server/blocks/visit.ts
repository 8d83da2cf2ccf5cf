import {
  residentOf as residentBehind,
  type Actor,
  type ResidentActor,
  type StaffActor,
} from '../identity/index.js'

/** The resident behind a request; what is not theirs does not exist for anybody else (NOT_FOUND). */
export function residentOf(actor: Actor): ResidentActor {
  return residentBehind(actor)
}

/** The member of staff behind a request: the guard lets nobody else in. */
export function staffOf(actor: Actor): StaffActor {
  return actor as StaffActor
}
