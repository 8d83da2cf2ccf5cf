import { brotliCompressSync } from 'node:zlib'
import type { ResidentActor } from '../../server/identity/index.js'
import type { LiveSource } from '../../server/overview/live.js'
import { overviewRoutes } from '../../server/overview/routes.js'
import { languageOf, type Language } from '../../server/platform/http/languages.js'
import type { Exchange } from '../../server/platform/http/route.js'
import { createUrls } from '../../server/platform/http/urls.js'
import { FRAME_ROUTES } from '../../server/platform/http/view-frame.js'
import { testPages } from '../support/pages.js'
import { must, type World } from './world.js'

/** What a resident asks for. */
export interface Asked {
  readonly actor: ResidentActor
  readonly tag: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
}

/** A page as it reaches the reader. */
export interface Screen {
  readonly status: number
  readonly html: string
  /** The words inside `main`, without what is marked as German or as a code. */
  readonly words: string
  /** Bytes of the whole page, brotli. */
  readonly bytes: number
}

/** Shows pages of the overview with the real routes, views and texts, over the data of a world. */
export function screensOf(
  { overview, catalogue, clock }: World,
  liveValues: LiveSource = async () => new Map(),
) {
  const { views, texts } = testPages()
  const routes = overviewRoutes({
    overview,
    catalogue,
    liveValues,
    disputed: async () => new Map(),
    homeCards: [],
    asking: () => Promise.resolve(undefined),
    blocking: () => undefined,
    appointments: { ofAccess: async () => undefined, ofOffice: async () => undefined },
    showsLatest: async () => true,
  })
  const frame = [
    { name: FRAME_ROUTES.home, path: '/:lang/' },
    { name: FRAME_ROUTES.signOut, path: '/:lang/sign-out' },
    // Where the pages lead on to in another room.
    { name: 'rectification.new', path: '/:lang/me/requests/new' },
    { name: 'blocks.list', path: '/:lang/me/blocks' },
    { name: 'reports.documents', path: '/:lang/me/documents' },
  ]
  return async (name: string, { actor, tag, params = {}, query = '' }: Asked): Promise<Screen> => {
    const language = must(languageOf(tag))
    const urls = createUrls([...routes, ...frame], tag)
    const t = texts.in(language)
    const asked = { actor, language, t, urls, params, query: new URLSearchParams(query) }
    const route = must(routes.find((one) => one.name === `overview.${name}`))
    const answer = await route.handle({ ...asked, ...UNUSED, now: clock.now() })
    if (answer.kind !== 'page') throw new Error(`overview.${name} answers no page`)
    const page = views.render({ ...answer, context: contextOf({ t, urls, language }) })
    const bytes = brotliCompressSync(page).length
    // Handlebars escapes more than HTML asks for: addresses are to be read here.
    const html = page.replaceAll('&#x3D;', '=')
    return { status: answer.status ?? 200, html, words: wordsOf(html), bytes }
  }
}

const UNUSED = {
  requestId: 'r',
  headers: {},
  form: new URLSearchParams(),
  files: [],
  rawBody: Buffer.alloc(0),
  client: '127.0.0.1',
  secret: () => Buffer.alloc(32),
  news: () => Promise.resolve({}),
}

function contextOf(parts: Pick<Exchange, 't' | 'urls'> & { language: Language }) {
  const session = { csrf: 'x', navigation: [], foot: [], signedIn: true, demo: true }
  return { ...parts, ...session, legalBasis: 'Art. 6', requestId: 'r' }
}

function wordsOf(html: string): string {
  const main = /<main[^>]*>([^]*)<\/main>/.exec(html)?.[1] ?? ''
  return main
    .replace(/<(\w+)[^>]*(?:lang="de"|class="id")[^>]*>[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[a-z#0-9]+;/g, ' ')
    .replace(/\s+/g, ' ')
}
