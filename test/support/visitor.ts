import type { TestApp } from './app.js'

/** A person at a browser without JavaScript: keeps cookies, follows redirects only when told. */
export interface Visitor {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Page>
  /** Posts a form with the CSRF token of a page that was opened before. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<Page>
  /** Any other request, with the cookies of this browser and nothing added. */
  request(path: string, init: RequestInit): Promise<Page>
  /** The Cookie header that this browser would send now. */
  cookies(): string
  /** Chooses a demonstration person on `/demo`. */
  signIn(person: string): Promise<Page>
}

/** What came back. */
export interface Page {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Opens a browser, as it were. */
export function visitor({ url }: Pick<TestApp, 'url'>, language = 'de'): Visitor {
  const jar = new Map<string, string>()
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const send = async (path: string, init: RequestInit): Promise<Page> => {
    const cookie = cookies()
    const headers = { cookie, 'accept-language': language, ...(init.headers as object) }
    const answer = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  }
  const browser: Visitor = {
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form) =>
      send(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        },
        body: new URLSearchParams(form).toString(),
      }),
    request: send,
    cookies,
    signIn: async (person) => {
      const { body } = await browser.get('/demo')
      return browser.post('/demo', { person, csrf: csrfIn(body) })
    },
  }
  return browser
}

/** The CSRF token that a page carries. */
export function csrfIn(html: string): string {
  const token = /name="csrf" value="([^"]+)"/.exec(html)?.[1]
  if (token === undefined) throw new Error('the page has no form')
  return token
}
