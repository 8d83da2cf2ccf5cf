import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { Cookies } from './cookies.js'
import type { Answer } from './route.js'

/** Turns a page answer into HTML. */
export type RenderPage = (answer: Extract<Answer, { kind: 'page' }>) => string

/** Writes an answer; nothing about a person may stay in a cache. */
export async function send(
  response: Response,
  answer: Answer,
  { cookies, render }: { cookies: Cookies; render: RenderPage },
): Promise<void> {
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store')
  switch (answer.kind) {
    case 'page':
      if (answer.script !== undefined) allowOwnScript(response)
      response
        .status(answer.status ?? 200)
        .type('html')
        .send(render(answer))
      return
    case 'redirect':
      if (answer.session === 'end') {
        response.append('Set-Cookie', cookies.end())
        response.setHeader('Clear-Site-Data', '"cache", "storage"')
      } else if (answer.session) {
        response.append('Set-Cookie', cookies.begin(answer.session.begin))
      }
      response.redirect(303, answer.to)
      return
    case 'bytes':
      response.status(answer.status ?? 200)
      response.setHeader('Content-Type', answer.type)
      for (const [name, value] of Object.entries(answer.headers ?? {}))
        response.setHeader(name, value)
      response.send(typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body)
      return
    case 'stream':
      response.setHeader('Content-Type', answer.type)
      response.setHeader('Content-Disposition', `attachment; filename="${answer.file}"`)
      // Waits for slow readers; an error or a reader who leaves ends both sides.
      await pipeline(Readable.from(answer.body), response)
  }
}

/** Our own script files alone, on the few pages that need one; every other page allows none. */
function allowOwnScript(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
  response.setHeader('Content-Security-Policy', `${policy};script-src 'self'`)
}
