import type { Language } from './languages.js'
import type { Translate } from './texts.js'
import type { Urls } from './urls.js'

/** One entry of the main menu: a route, the key of its name, and whether it is the page or the page lies below it. */
export interface NavigationItem {
  readonly name: string
  readonly label: string
  readonly current: 'page' | 'true' | false
  /** How much is new behind it. */
  readonly news: number
  /** Entries that stand under it. */
  readonly below: readonly Omit<NavigationItem, 'below'>[]
}

/** One link at the foot of every page: a route and the key of its name. */
export interface FootLink {
  readonly name: string
  readonly label: string
}

/** The page being shown, so that the language switch can lead to the same one. */
export interface ViewPage {
  /** Route name; for a form shown again after a POST, that of its GET route. */
  readonly name: string
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** What a page needs to know about the request besides its own model. */
export interface ViewContext {
  readonly language: Language
  readonly t: Translate
  readonly urls: Urls
  /** Absent where no route answered (an unknown address): the switch then leads to the start page. */
  readonly page?: ViewPage
  /** The token that `csrfField` prints. */
  readonly csrf: string
  readonly navigation: readonly NavigationItem[]
  readonly foot: readonly FootLink[]
  readonly signedIn: boolean
  /** The office for which a member of staff acts, by its name; absent for everybody else. */
  readonly office?: string
  /** Whether the form of the page shows what was kept of it when the session had ended. */
  readonly isKept?: boolean
  /** Whether the banner says that people and details are invented. */
  readonly demo: boolean
  /** The legal basis of the portal's own log, as the operator configured it; German, as cited. */
  readonly legalBasis: string
  /** The reference number on error pages. */
  readonly requestId: string
}
