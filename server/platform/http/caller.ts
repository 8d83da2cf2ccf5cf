import type { Request, Response } from 'express'
import type { Hallway } from './mount.js'
import { passageOf } from './request-log.js'
import type { Principal } from './route.js'
import type { OpenSession } from './session.js'
import { visitorSecret } from './visitor.js'

/** Who sent a request, as far as their cookies tell. */
export interface Caller<Actor extends Principal> {
  readonly token: string | undefined
  readonly open: OpenSession<Actor> | undefined
  readonly actor: Actor
  /** The secret behind this visitor's forms, made when it is first asked for. */
  readonly secret: () => Buffer
}

/** Looks the session up; throws UNAVAILABLE where it cannot be known. */
export async function callerOf<Actor extends Principal>(
  hallway: Hallway<Actor>,
  { request, response }: { request: Request; response: Response },
): Promise<Caller<Actor>> {
  const { cookies, sessions, clock } = hallway
  const token = cookies.session(request.headers)
  const open = token === undefined ? undefined : await sessions.open(token, clock.now())
  const actor = open?.actor ?? sessions.anonymous
  passageOf(response).role = actor.role
  const secret = once(() => open?.csrf ?? visitorSecret(hallway, { request, response }))
  return { token, open, actor, secret }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
