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
      senses: {
        ...{ language: 'language', showsLatest: 'plain', createdAt: 'plain', lastUsedAt: 'inner' },
        ...{ sharesHousing: 'plain', subjects: 'inner' },
      },
      items: async function* (actor) {
        yield await accounts.read(actor)
      },
    },
    {
      name: 'waysIn',
      senses: {
        ...{ kind: 'copy:way.*', createdAt: 'plain', boundAt: 'plain', credential: 'inner' },
        ...{ deviceType: 'inner', lastUsedAt: 'inner', startedAt: 'plain', seenAt: 'inner' },
        ...{ shared: 'plain', assurance: 'inner', recovery: 'plain', issuedAt: 'plain' },
        validFrom: 'plain',
      },
      // Sign-ins and open codes come and go within minutes: paper would be old before it is printed.
      lasts: (item) => 'kind' in item && (item.kind === 'passkey' || item.kind === 'eid'),
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
