import type { ResidentActor } from '../../server/identity/index.js'
import { createLog } from '../../server/platform/log.js'
import { roomOf, type Room } from '../rectification/room.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, type Page, type Visitor } from '../support/visitor.js'
import { openPostOffice, type PostOffice } from './post-office.js'

/** In whose name the portal of these tests mails. */
export const FROM = 'post@mirat.example'
/** Where Amina reads. */
export const ADDRESS = 'somebody@mail.example'
export const MINUTE = 60_000
export const SETTINGS = '/ar/me/messages/settings'

/** A portal that mails to a server of its own, with one resident. */
export interface MailRoom {
  readonly room: Room
  readonly post: PostOffice
  readonly amina: ResidentActor
  /** What the portal has logged since the test began. */
  logged(): string
  /** A fresh start for a test: no address, no message, the present time. */
  reset(): Promise<void>
  /** Runs the job that sends; how many mails there were. */
  send(): Promise<number>
  later(ms: number): void
  /** Something happens that Amina is told of. */
  tell(): Promise<void>
  /** Gives Amina a confirmed address with nothing waiting. */
  confirmed(choice?: 'each' | 'daily', address?: string): Promise<void>
  close(): Promise<void>
}

/** The code in a mail. */
export function codeIn(text = ''): string {
  return /\d{4} \d{4}/.exec(text)?.[0]?.replace(' ', '') ?? ''
}

/** Sends a form of the page of settings. */
export async function submit(
  browser: Visitor,
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<Page> {
  const { body } = await browser.get(SETTINGS)
  return browser.post(`${SETTINGS}/${action}`, { csrf: csrfIn(body), ...fields })
}

/** Opens it; with an address of a server that nobody opened, mails find nobody. */
export async function openMailRoom(smtp?: string): Promise<MailRoom> {
  let lines = ''
  const log = createLog('info', { write: (line) => void (lines += line) })
  const post = await openPostOffice()
  const env = { SMTP_URL: smtp ?? `smtp://127.0.0.1:${post.port}`, MAIL_FROM: FROM }
  const room = await roomOf(await startTestApp({ env, log }))
  const amina = await room.resident('resident-ar')
  const { clock, portal } = room.app
  const send = () =>
    portal.jobs.find(({ name }) => name === 'notices.post')?.work() ?? Promise.resolve(-1)
  return {
    ...{ room, post, amina, send },
    logged: () => lines,
    reset: async () => {
      lines = ''
      post.mails.length = 0
      post.refusals.length = 0
      clock.moveTo(new Date())
      await room.superuser.query('delete from notices.channel')
      await room.superuser.query('delete from notices.message')
    },
    later: (ms) => clock.moveTo(new Date(clock.now().getTime() + ms)),
    tell: () => {
      const [subject = ''] = amina.subjects
      const params = { office: room.office.code }
      return portal.inTransaction({ login: 'worker', role: 'worker' }, (trx) =>
        portal.tell(trx, { subject, code: 'code_handed', params }),
      )
    },
    confirmed: async (choice = 'each', address = ADDRESS) => {
      await portal.mailbox.ask(amina, { address, choice })
      await send()
      const end = await portal.mailbox.prove(amina, codeIn(post.mails.at(-1)?.text))
      if (end !== 'proven') throw new Error(`the address was not confirmed: ${end}`)
      post.mails.length = 0
    },
    close: async () => {
      await room.close()
      await post.close()
    },
  }
}
