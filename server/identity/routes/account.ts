import { LANGUAGES } from '../../platform/http/languages.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import type { Accounts } from '../accounts.js'
import { residentOf, type Actor } from '../actor.js'
import { readChoices } from '../forms.js'
import { leavePage, settingsPage } from '../pages/account.js'

/** What a resident decides about the account itself: what is shown, in which language, and its end. */
export function accountRoutes({ accounts }: { readonly accounts: Accounts }): RouteSpec<Actor>[] {
  const own = { allow: ['resident'], assurance: 'letter' } as const
  return [
    {
      ...own,
      name: 'identity.settings',
      method: 'get',
      path: '/:lang/me/settings',
      handle: (exchange) => showSettings(exchange, accounts),
    },
    {
      ...own,
      name: 'identity.choose',
      method: 'post',
      path: '/:lang/me/settings',
      handle: (exchange) => choose(exchange, accounts),
    },
    {
      ...own,
      name: 'identity.leave',
      method: 'get',
      path: '/:lang/me/devices/leave',
      stepUp: true,
      handle: async ({ t, urls }) => ({
        kind: 'page',
        view: 'identity/leave',
        model: leavePage({ t, urls }),
      }),
    },
    {
      ...own,
      name: 'identity.delete',
      method: 'post',
      path: '/:lang/me/devices/leave',
      stepUp: true,
      handle: async ({ actor, urls }) => {
        await accounts.delete(residentOf(actor))
        return { kind: 'redirect', to: urls.to('identity.start'), session: 'end' }
      },
    },
  ]
}

async function showSettings(
  { actor, t, urls }: Exchange<Actor>,
  accounts: Accounts,
): Promise<Answer> {
  const choices = await accounts.read(residentOf(actor))
  return {
    kind: 'page',
    view: 'identity/settings',
    model: settingsPage({ t, urls }, { choices, languages: LANGUAGES }),
  }
}

/** Leads to the first screen, in the language that was chosen: what changed shows there. */
async function choose({ actor, form, urls }: Exchange<Actor>, accounts: Accounts): Promise<Answer> {
  const tags = LANGUAGES.map(({ tag }) => tag)
  const choices = readChoices(form, tags)
  await accounts.choose(residentOf(actor), choices)
  return { kind: 'redirect', to: urls.in(choices.language).to('overview.home') }
}
