import type { Section } from '../platform/kernel/section.js'
import type { Accounts } from './accounts.js'
import type { ResidentActor } from './actor.js'
import type { Devices } from './devices.js'

/** What identity keeps of a resident: the account, what opens it, who is inside. */
export function identitySections({
  accounts,
  devices,
}: {
  accounts: Pick<Accounts, 'read'>
  devices: Pick<Devices, 'read'>
}): Section<ResidentActor>[] {
  return [
    {
      name: 'account',
      tables: ['identity.account', 'identity.account_subject'],
      items: async function* (actor) {
        yield await accounts.read(actor)
      },
    },
    {
      name: 'waysIn',
      tables: ['identity.passkey', 'identity.eid', 'identity.session', 'identity.activation_code'],
      items: async function* (actor) {
        const { passkeys, eids, sessions, codes } = await devices.read(actor)
        yield* passkeys.map(({ credential, ...passkey }) => ({
          kind: 'passkey',
          credential: credential.toString('base64url'),
          ...passkey,
        }))
        yield* eids.map((eid) => ({ kind: 'eid', ...eid }))
        yield* sessions.map((session) => ({ kind: 'session', ...session }))
        yield* codes.map((code) => ({ kind: 'code', ...code }))
      },
    },
  ]
}
