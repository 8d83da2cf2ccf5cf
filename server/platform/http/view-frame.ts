import type { Assets } from './assets.js'
import { GERMAN, LANGUAGES, type Language } from './languages.js'
import type { NavigationItem, ViewContext } from './view-context.js'

/** Routes that the frame around every page links to; the rooms that own them keep these names. */
export const FRAME_ROUTES = { home: 'identity.start', signOut: 'identity.sign-out' } as const

/**
 * Where "leave this page quickly" leads: a harmless page of somebody else, known in every language,
 * that a person nearby may see.
 */
export const QUICK_EXIT = 'https://www.wikipedia.org/'

/** An entry of the menu, and whether it is the page or the page lies below it. */
interface FrameEntry {
  readonly href: string
  readonly label: string
  readonly current: 'page' | 'true' | false
  /** How much is new behind it, in words; empty where nothing is. */
  readonly news: string
}

/** What the layout prints around every page. */
export interface Frame {
  readonly language: Language
  readonly css: string
  readonly icons: string
  /** The one script of the page, on the few that cannot do without. */
  readonly script?: string
  readonly home: string
  readonly exit: string
  /** Present where somebody is signed in. */
  readonly signOut?: string
  readonly languages: readonly {
    readonly href: string
    readonly language: Language
    readonly current: boolean
  }[]
  readonly navigation: readonly (FrameEntry & { readonly below: readonly FrameEntry[] })[]
  /** What stands under the entry of the page, on wide screens a line of its own. */
  readonly section?: { readonly label: string; readonly entries: readonly FrameEntry[] }
  readonly foot: readonly { readonly href: string; readonly label: string }[]
  /** The German version of the page, where nobody has compared this language with it. */
  readonly germanPage?: string
}

/** Computes the frame: the same page in every language, the menu, the ways out. */
export function frameOf(context: ViewContext, assets: Assets): Frame {
  const { language, urls, t } = context
  const navigation = navigationIn(context)
  const section = navigation.find(({ current, below }) => current !== false && below.length > 0)
  return {
    language,
    css: assets.css(language.direction),
    icons: assets.icons,
    home: urls.to(FRAME_ROUTES.home),
    exit: QUICK_EXIT,
    ...(context.signedIn ? { signOut: urls.to(FRAME_ROUTES.signOut) } : {}),
    languages: LANGUAGES.map((other) => ({
      href: samePage(context, other),
      language: other,
      current: other.tag === language.tag,
    })),
    navigation,
    ...(section === undefined ? {} : { section: { label: section.label, entries: section.below } }),
    foot: context.foot.map(({ name, label }) => ({ href: urls.to(name), label: t(label) })),
    ...(language.unchecked ? { germanPage: samePage(context, GERMAN) } : {}),
  }
}

function navigationIn({ navigation, urls, t }: ViewContext): Frame['navigation'] {
  const entry = ({ name, label, current, news }: Omit<NavigationItem, 'below'>): FrameEntry => ({
    ...{ href: urls.to(name), label: t(label), current },
    news: news === 0 ? '' : t('common:nav.news', { count: news }),
  })
  return navigation.map((item) => ({ ...entry(item), below: item.below.map(entry) }))
}

/** Route, parameters and query stay, repeated query parameters included; only the language changes. */
function samePage({ urls, page }: ViewContext, language: Language): string {
  const there = urls.in(language.tag)
  if (page === undefined) return there.to(FRAME_ROUTES.home)
  const path = there.to(page.name, { ...page.params, lang: language.tag })
  const query = page.query.toString()
  return query === '' ? path : `${path}?${query}`
}
