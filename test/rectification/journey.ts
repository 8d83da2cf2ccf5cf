import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'
import type { TestApp } from '../support/app.js'

/** What a form of a page is sent with. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

/** A person at a browser who follows one redirect after sending a form. */
export interface Walker {
  readonly browser: Visitor
  /** Opens a page. */
  open(path: string): Promise<Page>
  /** Sends the form of the page that was opened last to an address, and opens where that leads. */
  send(action: string, fields?: Fields): Promise<Page & { readonly to: string }>
}

/** Signs a demonstration person in. */
export async function walker(app: TestApp, person: string): Promise<Walker> {
  const browser = visitor(app)
  await browser.signIn(person)
  let body = ''
  const open = async (path: string) => {
    const page = await browser.get(path)
    body = page.body
    return page
  }
  return {
    browser,
    open,
    send: async (action, fields = {}) => {
      const version = /name="version" value="(\d+)"/.exec(body)?.[1] ?? ''
      const pairs = Object.entries(fields).flatMap(([name, value]) =>
        (typeof value === 'string' ? [value] : value).map((one): [string, string] => [name, one]),
      )
      const form = new URLSearchParams([['csrf', csrfIn(body)], ['version', version], ...pairs])
      const sent = await browser.request(action, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        },
        body: form.toString(),
      })
      const to = sent.headers.get('location') ?? ''
      if (sent.status !== 303) {
        body = sent.body
        return { ...sent, to }
      }
      return { ...(await open(to)), to }
    },
  }
}

/** Asks for a report on the accesses of the office; its number. */
export async function askReport({ open, send }: Walker): Promise<string> {
  const list = '/de/oversight/reports'
  await open(`${list}/new`)
  return (
    (await send(list, { query: '', language: 'de', reason: 'audit' })).to.split('/').at(-1) ?? ''
  )
}

/** Begins a draft about a name; its id. */
export async function beginName(
  { open, send }: Walker,
  { field = 'azr.family_name', lang = 'de' } = {},
): Promise<string> {
  await open(`/${lang}/me/requests/new?field=${field}`)
  const begun = await send(`/${lang}/me/requests/new`, { field })
  return /drafts\/([0-9a-f-]{36})/.exec(begun.to)?.[1] ?? ''
}

/** Files a request about a name as a resident does, page by page; its reference. */
export async function fileName(
  person: Walker,
  { field = 'azr.family_name', latin = 'Yağmur', lang = 'de' } = {},
): Promise<string> {
  const { open, send } = person
  const draft = await beginName(person, { field, lang })
  const at = `/${lang}/me/requests/drafts/${draft}`
  await open(`${at}/kind`)
  await send(`${at}/kind`, { kind: 'wrong', stored: 'Yagmur' })
  await send(`${at}/right`, { latin, original: 'ياغمور', words: 'اسمي مكتوب خطأ' })
  await send(`${at}/proof`, { evidence: ['passport', 'nothing'] })
  await send(`${at}/tell`, { restrict: 'yes', recipients: 'yes' })
  const filed = await send(`${at}/check/file`)
  return filed.to.split('/').at(-1) ?? ''
}
