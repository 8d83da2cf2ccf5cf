import type { TestApp } from '../support/app.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'

/** A caseworker at a browser. */
export async function desk(
  app: TestApp,
  name: string,
): Promise<{ browser: Visitor; open(path: string): Promise<Page> }> {
  const browser = visitor(app)
  const entered = await browser.signIn(name)
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/de/staff'])
  return { browser, open: (path) => browser.get(path) }
}

/** Sends a form with the token of the page that it stands on. */
export async function sends(
  { browser }: { browser: Visitor },
  [path, body]: readonly [string, string],
  pairs: readonly (readonly [string, string])[],
): Promise<Page> {
  const form = new URLSearchParams([
    ['csrf', csrfIn(body)],
    ...pairs.map(([name, value]): [string, string] => [name, value]),
  ])
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
  }
  return browser.request(path, { method: 'POST', headers, body: form.toString() })
}

/** What can be ticked in a list. */
export const ticks = (body: string) =>
  [...body.matchAll(/name="case" value="([^"]+)"/g)].map(([, value]) => value ?? '')

/** Tries until a connection is free: 100 ms of a pool at work are no refusal of the room. */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!/PoolExhausted|DatabaseDown/.test((error as Error).name)) throw error
    }
  }
}
