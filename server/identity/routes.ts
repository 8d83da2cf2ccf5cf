import type { Exchange, RouteSpec } from '../platform/http/route.js'
import { LANGUAGES } from '../platform/http/languages.js'
import type { Catalogue } from '../catalogue/index.js'
import { isStaff, type Actor, type StaffActor } from './actor.js'
import { staffPage, type MenuRoute } from './pages.js'

/** What the start page says the portal does, in this order. */
const ANSWERS = ['who', 'when', 'why', 'proof', 'safe'] as const

/** Pages around signing in and out, and the first page of every role. */
export function identityRoutes(deps: {
  catalogue: Catalogue
  /** Whether demonstration sign-ins are offered. */
  demo: boolean
  /** Pages that a member of staff may open, in the order of the menu. */
  pagesOf: (role: Actor['role']) => readonly MenuRoute[]
}): RouteSpec<Actor>[] {
  const { catalogue, demo, pagesOf } = deps
  return [
    {
      name: 'identity.languages',
      method: 'get',
      path: '/',
      allow: 'everyone',
      handle: async ({ urls, t }) => ({
        kind: 'page',
        view: 'identity/languages',
        model: {
          title: t('identity:languages.title'),
          languages: LANGUAGES.map((language) => ({
            tag: language.tag,
            ownName: language.ownName,
            direction: language.direction,
            href: urls.in(language.tag).to('identity.start'),
          })),
        },
      }),
    },
    {
      name: 'identity.start',
      method: 'get',
      path: '/:lang/',
      allow: 'everyone',
      handle: async (exchange) => {
        const { actor, urls, t } = exchange
        if (actor.role === 'resident') return { kind: 'redirect', to: urls.to('overview.home') }
        if (isStaff(actor)) return { kind: 'redirect', to: urls.to('identity.staff') }
        return {
          kind: 'page',
          view: 'identity/start',
          model: {
            title: t('identity:start.title'),
            lead: t('identity:start.lead'),
            answers: ANSWERS.map((key) => t(`identity:start.${key}`)),
            signIn: urls.to('identity.sign-in'),
            checkpoint: urls.to('ledger.checkpoint'),
            vkey: urls.to('ledger.vkey'),
          },
        }
      },
    },
    {
      name: 'identity.sign-in',
      method: 'get',
      path: '/:lang/sign-in',
      allow: 'everyone',
      handle: async ({ actor, urls, t }) => {
        if (actor.role !== 'public') return { kind: 'redirect', to: urls.to('identity.start') }
        return {
          kind: 'page',
          view: 'identity/sign-in',
          model: {
            title: t('identity:signIn.title'),
            demo: demo ? urls.to('demo.people') : '',
            none: t('identity:signIn.none'),
          },
        }
      },
    },
    {
      name: 'identity.sign-out',
      method: 'post',
      path: '/:lang/sign-out',
      allow: ['resident', 'caseworker', 'dpo', 'supervisor', 'operator'],
      assurance: 'letter',
      disclosure: 'no-identity',
      handle: async ({ urls }) => ({ kind: 'redirect', to: urls.to('identity.start'), session: 'end' }),
    },
    {
      name: 'identity.staff',
      method: 'get',
      path: '/:lang/staff',
      allow: ['caseworker', 'dpo', 'supervisor', 'operator'],
      disclosure: 'no-identity',
      menu: 'identity:staff.menu',
      handle: async (exchange) => ({
        kind: 'page',
        view: 'identity/staff',
        model: staffPage({
          exchange: exchange as Exchange<StaffActor>,
          catalogue,
          pages: pagesOf(exchange.actor.role),
        }),
      }),
    },
  ]
}
