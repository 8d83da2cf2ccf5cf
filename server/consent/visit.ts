import { residentOf as residentBehind, type Actor, type ResidentActor } from '../identity/index.js'

/** The resident behind a request; what is not theirs does not exist for anybody else (NOT_FOUND). */
export function residentOf(actor: Actor): ResidentActor {
  return residentBehind(actor)
}
