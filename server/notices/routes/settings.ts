import type { Actor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { readAsked, readChoice, readCode } from '../forms.js'
import { settingsPage } from '../pages/settings.js'
import type { NoticesPages } from '../routes.js'
import { residentOf } from '../visit.js'

type Pages = Pick<NoticesPages, 'mailbox' | 'sends'>

/**
 * Where neutral mails go. Whoever changes it could keep a warning from its owner: it takes a fresh proof, and
 * a letter alone is not enough.
 */
export function mailRoutes(pages: Pages): RouteSpec<Actor>[] {
  const own = { allow: ['resident'], assurance: 'counter', stepUp: true } as const
  const post = (
    name: string,
    path: string,
    step: (exchange: Exchange<Actor>, pages: Pages) => Promise<Answer>,
  ): RouteSpec<Actor> => ({
    ...own,
    name: `notices.${name}`,
    method: 'post',
    path: `/:lang/me/messages/settings/${path}`,
    handle: (exchange) => step(exchange, pages),
  })
  return [
    {
      ...own,
      name: 'notices.settings',
      method: 'get',
      path: '/:lang/me/messages/settings',
      handle: (exchange) => show(exchange, pages, []),
    },
    post('ask', 'address', ask),
    post('prove', 'code', prove),
    post('choose', 'choice', choose),
    post('remove', 'remove', remove),
  ]
}

async function show(
  { actor, t, urls, form }: Exchange<Actor>,
  { mailbox, sends }: Pages,
  errors: readonly FieldError[],
): Promise<Answer> {
  const settings = await mailbox.read(residentOf(actor))
  const model = settingsPage({ t, urls }, { settings, sends, typed: { form, errors } })
  const status = errors.length > 0 ? { status: 400 } : {}
  return { kind: 'page', view: 'notices/settings', model, ...status }
}

async function ask(exchange: Exchange<Actor>, pages: Pages): Promise<Answer> {
  // Without a server no form asks for an address.
  if (!pages.sends) throw new DomainError('NOT_FOUND')
  const asked = readAsked(exchange.form)
  if (!asked.ok) return show(exchange, pages, asked.refusal)
  const isAsked = await pages.mailbox.ask(residentOf(exchange.actor), asked.value)
  if (isAsked) return back(exchange)
  return show(exchange, pages, [{ field: 'address', key: 'notices:problem.address.limit' }])
}

async function prove(exchange: Exchange<Actor>, pages: Pages): Promise<Answer> {
  const end = await pages.mailbox.prove(residentOf(exchange.actor), readCode(exchange.form))
  if (end === 'proven') return back(exchange)
  return show(exchange, pages, [{ field: 'code', key: `notices:problem.code.${end}` }])
}

async function choose(exchange: Exchange<Actor>, pages: Pages): Promise<Answer> {
  const choice = readChoice(exchange.form)
  if (!choice.ok) return show(exchange, pages, choice.refusal)
  await pages.mailbox.choose(residentOf(exchange.actor), choice.value)
  return back(exchange)
}

async function remove(exchange: Exchange<Actor>, { mailbox }: Pages): Promise<Answer> {
  await mailbox.drop(residentOf(exchange.actor))
  return back(exchange)
}

function back({ urls }: Exchange<Actor>): Answer {
  return { kind: 'redirect', to: urls.to('notices.settings') }
}
