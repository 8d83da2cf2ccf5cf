import type { IncomingHttpHeaders } from 'node:http'
import type { Language } from './languages.js'
import type { Translate } from './texts.js'
import type { Urls } from './urls.js'

/** How surely the person behind a session is known, weakest first: code by post, code handed over, eID. */
export const ASSURANCES = ['letter', 'counter', 'high'] as const
export type Assurance = (typeof ASSURANCES)[number]

/** Who is asking: rooms narrow this to their own actor type. */
export interface Principal {
  readonly role: string
  readonly assurance?: Assurance
  /** When the person last proved that it is them; some routes want that to be recent. */
  readonly steppedUpAt?: Date
}

/** A file of a form, as it was sent: nobody has looked into it yet. */
export interface SentFile {
  readonly field: string
  /** Without folders and letters that hide others, at most 120 characters; may be empty. */
  readonly name: string
  readonly declaredType: string
  readonly bytes: Buffer
}

/** One request, parsed as far as HTTP goes; what the client sent is `raw` until a form has read it. */
export interface Exchange<Actor extends Principal = Principal> {
  readonly requestId: string
  readonly headers: IncomingHttpHeaders
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  /** Files of the form, where the route takes files; in memory alone, and only until the answer is made. */
  readonly files: readonly SentFile[]
  readonly rawBody: Buffer
  readonly actor: Actor
  /** The session's id in its store; absent without a session. */
  readonly sessionId?: Buffer
  /** Network address of the client, as far as trusted proxies tell it. */
  readonly client: string
  /** The secret behind this visitor's forms: what is begun on one device ends on it. */
  readonly secret: () => Buffer
  readonly language: Language
  readonly t: Translate
  readonly urls: Urls
  readonly now: Date
  /** What is new behind entries of the menu, by the names of their routes: asked for once, by the page or for its frame. */
  readonly news: () => Promise<Readonly<Record<string, number>>>
}

/** What a route answers; a POST answers a redirect, never a page of success. */
export type Answer =
  | {
      readonly kind: 'page'
      readonly view: string
      readonly model: object
      readonly status?: number
      /** The one script of the page, where it cannot do without. */
      readonly script?: 'passkey'
    }
  | {
      readonly kind: 'redirect'
      readonly to: string
      /** A session to begin (its token goes into the cookie) or to end with this answer. */
      readonly session?: { readonly begin: string } | 'end'
    }
  | {
      readonly kind: 'bytes'
      readonly body: Buffer | string
      readonly type: string
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
    }
  | {
      /** A download of any size: what fails on the way cuts the connection, so that nobody takes a part for all. */
      readonly kind: 'stream'
      readonly body: AsyncIterable<string | Uint8Array>
      readonly type: string
      /** Name of the file that the browser stores. */
      readonly file: string
    }

/** A resident whose data a staff member is about to see: recorded before the page is made. */
export interface Look {
  readonly subject: string
  /** Field codes that the page shows. */
  readonly fields: readonly string[]
  readonly caseRef?: string
  /** The look is at something of which the person must not know, so they must not know of the look. */
  readonly secret?: true
}

/** `no-identity` for lists without name, number or stable pseudonym; else whose data the page shows. */
export type Disclosure<Actor extends Principal> =
  'no-identity' | ((exchange: Exchange<Actor>) => Promise<readonly Look[]>)

/** A route as data: one list feeds mounting, the role matrix and the checks of every page. */
export interface RouteSpec<Actor extends Principal = Principal> {
  /** `room.page`; addresses are built from it. */
  readonly name: string
  readonly method: 'get' | 'post'
  /** Express path; a page's begins with `/:lang`. */
  readonly path: string
  /** Roles that may enter; `everyone` includes those without a session. There is no default. */
  readonly allow: 'everyone' | readonly Actor['role'][]
  /** The least assurance for residents; mandatory where they may enter. */
  readonly assurance?: Assurance
  /** Wants the person to have proved within five minutes that it is them. */
  readonly stepUp?: true
  /** Mandatory where staff may enter. */
  readonly disclosure?: Disclosure<Actor>
  /** Where the caller is a program with a signature of its own: no session, no CSRF token, no page. */
  readonly machine?: true
  /** Text key of the entry in the menu of the roles that may enter. */
  readonly menu?: string
  /** Name of the entry that this one stands under, for whoever may enter both; else it stands for itself. */
  readonly menuUnder?: string
  /** Names of entries: the first that the reader may enter is marked on a page whose address lies below none of them. */
  readonly menuMarks?: readonly string[]
  /** Text key of the link at the foot of every page, for pages that everyone may enter. */
  readonly foot?: string
  /** Name of the page with this form: it shows again what was sent too late. Never for secrets and ceremonies. */
  readonly keeps?: string
  /** Inputs that nobody keeps all the same: help that was asked for, not yet what anybody states. */
  readonly forgets?: readonly string[]
  /** No answer comes sooner (milliseconds), so that its time does not tell what was found. */
  readonly leastMs?: number
  /**
   * The one field of the form with files, and how many it takes; forms without files are taken as well. The
   * form's token must stand before the field. Late forms are kept without their files.
   */
  readonly files?: { readonly field: string; readonly most: number }
  /** Largest request body in bytes, files not counted; 16 KiB where nothing is said. */
  readonly limit?: number
  handle(exchange: Exchange<Actor>): Promise<Answer>
}
