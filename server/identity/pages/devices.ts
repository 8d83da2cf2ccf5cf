import type { Translate } from '../../platform/http/texts.js'
import type { Urls } from '../../platform/http/urls.js'
import type { DeviceFacts } from '../devices.js'

interface Words {
  readonly t: Translate
  readonly urls: Urls
}

/** Passkeys, sessions and open codes of a resident. */
export function devicesPage(
  { t, urls }: Words,
  {
    passkeys,
    sessions,
    codes,
    isShared,
    links,
  }: DeviceFacts & {
    isShared: boolean
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
