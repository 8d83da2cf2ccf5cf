import type { Answer, Exchange } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { isStaff, type AccountId, type Actor, type StaffId } from '../actor.js'
import { readAnswer } from '../forms.js'
import { newKeyPage } from '../pages/devices.js'
import type { Passkeys } from '../passkeys.js'

/** Names of the routes around a page that makes a passkey. */
export interface KeyPage {
  readonly bind: string
  /** Where a new passkey leads. */
  readonly done: string
  /** Where those go on who make none now. */
  readonly later: string
}

/** The page on which a passkey is made, for residents and staff alike. */
export async function showNewKey(
  { actor, t, urls, secret, now }: Exchange<Actor>,
  { passkeys }: { readonly passkeys: Passkeys },
  page: KeyPage & { readonly failed?: boolean },
): Promise<Answer> {
  // On a device that others use as well, a passkey would let them in.
  if (actor.role === 'resident' && actor.shared) return { kind: 'redirect', to: urls.to(page.done) }
  const label = t('identity:key.label', { day: now.toISOString().slice(0, 10) })
  const options = await passkeys.askToBind({ id: ownerOf(actor), label }, secret())
  const failed = page.failed === true
  const model = newKeyPage(t, {
    options,
    failed,
    action: urls.to(page.bind),
    later: urls.to(page.later),
  })
  return {
    kind: 'page',
    view: 'identity/new-key',
    model,
    script: 'passkey',
    ...(failed ? { status: 400 } : {}),
  }
}

/** Binds the passkey that a page's script made. */
export async function bind(
  exchange: Exchange<Actor>,
  deps: { readonly passkeys: Passkeys },
  page: KeyPage,
): Promise<Answer> {
  const { actor, form, urls, secret, sessionId } = exchange
  const [subject] = actor.role === 'resident' ? actor.subjects : []
  const isBound =
    sessionId !== undefined &&
    (await deps.passkeys.bind(readAnswer(form), {
      ...{ id: sessionId, secret: secret() },
      ...(subject === undefined ? {} : { subject }),
    }))
  if (!isBound) return showNewKey(exchange, deps, { ...page, failed: true })
  return { kind: 'redirect', to: urls.to(page.done) }
}

function ownerOf(actor: Actor): AccountId | StaffId {
  if (actor.role === 'resident') return actor.account
  if (isStaff(actor)) return actor.staff
  throw new DomainError('NOT_FOUND')
}
