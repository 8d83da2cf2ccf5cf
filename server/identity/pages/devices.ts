import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import type { DeviceFacts } from '../devices.js'
import type { EidEnd } from '../eid.js'

interface Words {
  readonly t: Translate
  readonly urls: Urls
}

/** Passkeys, sessions and open codes of a resident. */
export function devicesPage(
  { t, urls }: Words,
  {
    passkeys,
    eids,
    sessions,
    codes,
    isShared,
    links,
    eid,
  }: DeviceFacts & {
    isShared: boolean
    /** Absent where there is no provider; `end` says how connecting has just ended. */
    eid?: { readonly mayConnect: boolean; readonly end: EidEnd['kind'] | undefined }
    links: readonly { readonly name: string; readonly label: string }[]
  },
): object {
  return {
    title: t('identity:devices.title'),
    lead: t('identity:devices.lead'),
    codes: codes.map(({ assurance, recovery, issuedAt, validFrom }) => ({
      kind: t(`identity:devices.${assurance === 'letter' ? 'posted' : 'handed'}`),
      recovery,
      issuedAt,
      validFrom,
    })),
    stopCodes: urls.to('identity.stop-codes'),
    passkeys: passkeys.map(({ credential, deviceType, createdAt, lastUsedAt }) => ({
      credential: credential.toString('base64url'),
      kind: t(`identity:devices.${deviceType === 'multiDevice' ? 'synced' : 'single'}`),
      createdAt,
      ...(lastUsedAt === null ? {} : { lastUsedAt }),
    })),
    newKey: isShared ? '' : urls.to('identity.new-key'),
    remove: urls.to('identity.remove-key'),
    eid:
      eid === undefined
        ? ''
        : {
            end: eid.end === undefined ? '' : t(`identity:eid.end.${eid.end}`),
            kind: eid.end === 'bound' ? 'good' : 'problem',
            own: eids.map(({ boundAt, lastUsedAt }) => ({
              boundAt,
              ...(lastUsedAt === null ? {} : { lastUsedAt }),
            })),
            connect: eid.mayConnect ? urls.to('identity.connect') : '',
            remove: urls.to('identity.disconnect'),
          },
    sessions: sessions.map(({ startedAt, seenAt, shared }) => ({ startedAt, seenAt, shared })),
    end: urls.to('identity.end-sessions'),
    account: links.map(({ name, label }) => ({ href: urls.to(name), text: t(label) })),
  }
}

/** The page on which a passkey is made. */
export function newKeyPage(
  t: Translate,
  {
    options,
    failed,
    action,
    later,
  }: { options: object; failed: boolean; action: string; later: string },
): object {
  return {
    title: t('identity:key.title'),
    lead: t('identity:key.lead'),
    failed: failed ? t('identity:key.failed') : '',
    options: JSON.stringify(options),
    action,
    later: { href: later, text: t('identity:key.later') },
  }
}
