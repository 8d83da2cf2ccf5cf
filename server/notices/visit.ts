import type { Actor, ResidentActor } from '../identity/actor.js'
import { DomainError } from '../platform/kernel/errors.js'

/** The resident behind a request; for anybody else these pages do not exist (NOT_FOUND). */
export function residentOf(actor: Actor): ResidentActor {
  if (actor.role === 'resident') return actor
  throw new DomainError('NOT_FOUND')
}
