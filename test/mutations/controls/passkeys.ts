import type { Control } from '../control.js'

const KEYS = 'migrations/0012_identity_passkeys.ts'
const CHALLENGES = 'server/identity/challenges.ts'
const PASSKEYS_TEST = 'test/identity/passkeys.test.ts'
const JOURNEY = 'test/journeys/sign-in.test.ts'
const CHALLENGES_TEST = 'test/identity/challenges.test.ts'
const COUNTER = 'and (p.counter < new_counter or (p.counter = 0 and new_counter = 0))'

/** What a passkey must prove. */
export const PASSKEYS: readonly Control[] = [
  {
    id: 'step-up-token',
    prevents: 'A token that was stolen before is worth as much as its owner’s after the step-up.',
    edits: [{ file: KEYS, find: ', token_hash = new_token_hash', replace: '' }],
    killedBy: { file: PASSKEYS_TEST, test: 'gives the session another token' },
  },
  {
    id: 'step-up-own-key',
    prevents: 'Somebody proves with a passkey of their own that they are another person.',
    edits: [{ file: KEYS, find: 'and (p.account = s.account or p.staff = s.staff)', replace: '' }],
    killedBy: { file: PASSKEYS_TEST, test: 'takes no passkey of another person' },
  },
  {
    id: 'challenge-mac',
    prevents: 'Somebody chooses the challenge that a stolen answer fits.',
    edits: [
      {
        file: CHALLENGES,
        find: 'if (!timingSafeEqual(',
        replace: 'if (false && !timingSafeEqual(',
      },
    ],
    killedBy: { file: CHALLENGES_TEST, test: 'no bit of it can be changed' },
  },
  {
    id: 'challenge-ceremony',
    prevents: 'An answer to the step-up is used to sign in.',
    edits: [{ file: CHALLENGES, find: '\\0${ceremony}\\0', replace: '\\0' }],
    killedBy: { file: CHALLENGES_TEST, test: 'for the ceremony that it was made for' },
  },
  {
    id: 'challenge-time',
    prevents: 'An answer that was recorded opens the account a week later.',
    edits: [
      {
        file: CHALLENGES,
        find: 'return now.getTime() < end && end - now.getTime() <= CHALLENGE_MS ?',
        replace: 'return now ?',
      },
    ],
    killedBy: { file: CHALLENGES_TEST, test: 'counts for five minutes' },
  },
  {
    id: 'challenge-once',
    prevents: 'An answer that was overheard opens the account a second time.',
    edits: [{ file: KEYS, find: 'select exists (select from fresh)', replace: 'select true' }],
    killedBy: { file: PASSKEYS_TEST, test: 'without a counter answers a challenge once' },
  },
  {
    id: 'passkey-counter',
    prevents: 'A copy of a passkey opens the account beside the original.',
    edits: [
      {
        file: KEYS,
        find: `begin_passkey_session.credential and p.removed_at is null\n        ${COUNTER}`,
        replace: 'begin_passkey_session.credential and p.removed_at is null',
      },
      // The library compares as well: it is shown a counter that never grew.
      {
        file: 'server/identity/passkeys.ts',
        find: '    counter,\n    transports,\n',
        replace: '    counter: 0 * counter,\n    transports,\n',
      },
    ],
    killedBy: { file: PASSKEYS_TEST, test: 'does not open when its counter goes back' },
  },
  {
    id: 'passkey-user-verification',
    prevents: 'Whoever finds a security key signs in without PIN or fingerprint.',
    edits: [
      {
        file: 'server/identity/passkeys.ts',
        find: 'requireUserVerification: true',
        replace: 'requireUserVerification: false',
      },
    ],
    killedBy: { file: PASSKEYS_TEST, test: 'of a user who was not verified' },
  },
  {
    id: 'passkey-origin',
    prevents: 'A page that only looks like ours passes on what it was answered.',
    edits: [
      {
        file: 'server/identity/passkeys.ts',
        find: 'expectedOrigin: origin,',
        replace: "expectedOrigin: [origin, 'https://elsewhere.example'],",
      },
    ],
    killedBy: { file: PASSKEYS_TEST, test: 'of another origin' },
  },
  {
    id: 'passkey-removed',
    prevents: 'A lost device opens the account after its passkey was removed.',
    edits: [
      {
        file: KEYS,
        find: '= passkey_of.credential and p.removed_at is null',
        replace: '= passkey_of.credential',
      },
      {
        file: KEYS,
        find: '= begin_passkey_session.credential and p.removed_at is null',
        replace: '= begin_passkey_session.credential',
      },
    ],
    killedBy: { file: PASSKEYS_TEST, test: 'that was removed opens nothing' },
  },
  {
    id: 'shared-device',
    prevents: 'A passkey stays behind on a device that others use.',
    edits: [
      { file: KEYS, find: ' and not s.shared', replace: '' },
      {
        file: 'server/identity/routes/keys.ts',
        find: "if (actor.role === 'resident' && actor.shared) return",
        replace: "if (actor.role === 'public') return",
      },
    ],
    killedBy: { file: JOURNEY, test: 'is offered no passkey on a device that others use' },
  },
]
