import type { Answer, Exchange, RouteSpec } from '../platform/http/route.js'
import { createFormats } from '../platform/http/formats.js'
import { KEPT } from '../platform/http/kept.js'
import { LANGUAGES } from '../platform/http/languages.js'
import type { Catalogue } from '../catalogue/index.js'
import { isStaff, type Actor, type StaffActor } from './actor.js'
import type { FormKeeping } from './kept.js'
import type { Offices } from './offices.js'
import { staffPage, type InboxLink, type MenuRoute } from './pages.js'

/** What this is in four sentences, in this order. */
const ANSWERS = ['who', 'when', 'rights', 'safe'] as const

/** Where people go who do not sign in, with the picture of each way. */
const WAYS = [
  { page: 'easy', icon: 'eye' },
  { page: 'how', icon: 'info' },
  { page: 'rights', icon: 'law' },
  { page: 'directory', icon: 'office' },
  { page: 'help', icon: 'question' },
  { page: 'log', icon: 'check' },
] as const

/** What the pages around signing in need. */
interface IdentityPages {
  readonly catalogue: Catalogue
  /** Pages that a member of staff may open, in the order of the menu. */
  readonly pagesOf: (role: Actor['role']) => readonly MenuRoute[]
  readonly keptForms: FormKeeping
  readonly offices: Offices
  /** Where they read what came for them, and how much of it is new. */
  readonly inboxOf: (exchange: Exchange<Actor>) => Promise<InboxLink>
}

const STAFF = ['caseworker', 'dpo', 'supervisor', 'operator'] as const

/** Pages around signing in and out, and the first page of every role. */
export function identityRoutes(pages: IdentityPages): RouteSpec<Actor>[] {
  const open = { method: 'get', allow: 'everyone' } as const
  return [
    { ...open, name: 'identity.languages', path: '/', handle: showLanguages },
    { ...open, name: 'identity.start', path: '/:lang/', handle: showStart },
    {
      name: 'identity.sign-out',
      method: 'post',
      path: '/:lang/sign-out',
      allow: ['resident', ...STAFF],
      assurance: 'letter',
      disclosure: 'no-identity',
      handle: async ({ urls }) => ({
        kind: 'redirect',
        to: urls.to('identity.start'),
        session: 'end',
      }),
    },
    {
      name: 'identity.staff',
      method: 'get',
      path: '/:lang/staff',
      allow: STAFF,
      disclosure: 'no-identity',
      menu: 'identity:staff.menu',
      handle: async (exchange) => showStaff(exchange as Exchange<StaffActor>, pages),
    },
  ]
}

async function showLanguages({ urls, t }: Exchange<Actor>): Promise<Answer> {
  const languages = LANGUAGES.map(({ tag, ownName, direction }) => ({
    tag,
    ownName,
    direction,
    href: urls.in(tag).to('identity.start'),
  }))
  return {
    kind: 'page',
    view: 'identity/languages',
    model: { title: t('identity:languages.title'), languages },
  }
}

/** The front door: whoever is signed in already goes on to their own first page. */
async function showStart({ actor, urls, t }: Exchange<Actor>): Promise<Answer> {
  if (actor.role === 'resident') return { kind: 'redirect', to: urls.to('overview.home') }
  if (isStaff(actor)) return { kind: 'redirect', to: urls.to('identity.staff') }
  return {
    kind: 'page',
    view: 'identity/start',
    model: {
      title: t('identity:start.title'),
      answers: ANSWERS.map((key) => t(`identity:start.${key}`)),
      signIn: urls.to('identity.sign-in'),
      ways: WAYS.map(({ page, icon }) => ({
        href: urls.to(`information.${page}`),
        text: t(`identity:start.ways.${page}`),
        icon,
      })),
    },
  }
}

async function showStaff(
  exchange: Exchange<StaffActor>,
  { catalogue, pagesOf, keptForms, offices, inboxOf }: IdentityPages,
): Promise<Answer> {
  const { actor, language } = exchange
  const office = actor.office === undefined ? undefined : catalogue.parties.byId(actor.office)
  const unit = actor.unit === undefined ? undefined : catalogue.units.byId(actor.unit)
  const texts = catalogue.texts(language.tag)
  const served = (actor.role === 'dpo' ? await offices.own(actor) : []).map((one) => ({
    ...one,
    name: texts.party(catalogue.parties.byId(one.office)?.code ?? '').name,
  }))
  return {
    kind: 'page',
    view: 'identity/staff',
    model: staffPage(exchange, {
      role: actor.role,
      pages: pagesOf(actor.role),
      kept: await keptLinks(exchange, keptForms),
      offices: served.length > 1 ? served : [],
      inbox: await inboxOf(exchange),
      ...(office ? { office: texts.party(office.code).name } : {}),
      ...(unit ? { unit: texts.unit(unit.code).label } : {}),
    }),
  }
}

/** What a resident's first screen says of a form that waits for them; the newest alone. */
export function keptCard(keptForms: FormKeeping) {
  return async (exchange: Exchange<Actor>) => {
    const [link] = await keptLinks(exchange, keptForms)
    return link && { ...link, remark: exchange.t('identity:kept.remark'), icon: 'pencil' }
  }
}

async function keptLinks(
  { sessionId, urls, t, language }: Exchange<Actor>,
  keptForms: FormKeeping,
): Promise<{ text: string; href: string }[]> {
  if (sessionId === undefined) return []
  const { dateTime } = createFormats(language)
  return (await keptForms.list(sessionId)).map(({ form, page, keptAt }) => ({
    text: t('identity:kept.card', { at: dateTime(keptAt) }),
    // Its address stands without a language: people may come back in another.
    href: `${urls.to('identity.start').replace(/\/$/, '')}${page}?${KEPT}=${form}`,
  }))
}
