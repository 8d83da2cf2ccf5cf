import type { TestApp } from '../support/app.js'
import type { Visitor } from '../support/visitor.js'

/** A file as a visitor gets it, to the byte. */
export async function fileAs(
  app: Pick<TestApp, 'url'>,
  browser: Pick<Visitor, 'cookies'>,
  path: string,
): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }> {
  const answer = await fetch(`${app.url}${path}`, {
    headers: { cookie: browser.cookies() },
    redirect: 'manual',
  })
  const { status, headers } = answer
  return { status, headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}
