import type { Principal } from './route.js'

/** A live session as the hallway needs it. */
export interface OpenSession<Actor extends Principal> {
  readonly actor: Actor
  /** Secret behind the CSRF tokens of this session, 32 bytes. */
  readonly csrf: Buffer
  /** What the store knows the session by; not the token. */
  readonly id: Buffer
}

/** Where sessions come from: the identity room's, handed in by compose. */
export interface Sessions<Actor extends Principal> {
  /** The live session of a token, or nothing; throws UNAVAILABLE where it cannot be known. */
  open(token: string, now: Date): Promise<OpenSession<Actor> | undefined>
  /** Ends a session for good. */
  end(token: string): Promise<void>
  readonly anonymous: Actor
  readonly machine: Actor
}
