import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { createMailer, isPlain, mailServer } from '../../server/platform/mail.js'
import { openPostOffice, type PostOffice } from '../notices/post-office.js'
import { certificateFor } from '../support/certificate.js'

const FROM = 'post@mirat.example'
const MAIL = { to: 'somebody@mail.example', subject: 'Neues', text: 'Es gibt Neues.\n' }
const HERE = { host: '127.0.0.1', secure: false } as const

const open: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function office(...args: Parameters<typeof openPostOffice>): Promise<PostOffice> {
  const opened = await openPostOffice(...args)
  open.push(opened)
  return opened
}

/** A server that says what it is told and nothing else. */
async function saying(greeting: string | undefined): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (greeting !== undefined) socket.end(greeting)
    else socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(server)
  return (server.address() as AddressInfo).port
}

describe('the address of a mail server', () => {
  it('names host, port and who signs in', () => {
    expect(mailServer('smtps://us%40er:p%3Aw@mail.example')).toEqual({
      host: 'mail.example',
      port: 465,
      secure: true,
      user: 'us@er',
      password: 'p:w',
    })
    expect(mailServer('smtp://mail.example:2525')).toEqual({
      host: 'mail.example',
      port: 2525,
      secure: false,
    })
    expect(mailServer('smtp://mail.example/')?.port).toBe(587)
  })

  it.each([
    'mail.example',
    'http://mail.example',
    'smtp://',
    'smtps://user@mail.example',
    'smtps://u:p@mail.example/inbox',
    'smtps://u:p@mail.example?tls=no',
    'smtps://u:%ff@mail.example',
  ])('is not %s', (text) => {
    expect(mailServer(text)).toBeUndefined()
  })

  it('is reached without encryption on this machine alone', () => {
    expect(isPlain({ host: '127.0.0.1', secure: false })).toBe(true)
    expect(isPlain({ host: '127.0.0.1', secure: true })).toBe(false)
    expect(isPlain({ host: 'mail.example', secure: false })).toBe(false)
    expect(isPlain({ host: '127.0.0.1.mail.example', secure: false })).toBe(false)
  })
})

describe('a mail', () => {
  it('is taken by a server on this machine', async () => {
    const { port, mails } = await office()
    const deliver = createMailer({ ...HERE, port }, FROM)
    expect(await deliver(MAIL)).toEqual({ kind: 'sent' })
    expect(mails).toEqual([expect.objectContaining({ from: FROM, to: [MAIL.to], text: MAIL.text })])
  })

  it('goes to nobody but its address, even where that was never checked', async () => {
    const { port, mails } = await office()
    const deliver = createMailer({ ...HERE, port }, FROM)
    const injected = [
      'a@mail.example, b@mail.example',
      'a@mail.example\r\nBcc: b@mail.example',
      'a@mail.example>\r\nRCPT TO:<b@mail.example',
    ]
    for (const to of injected) {
      expect(await deliver({ ...MAIL, to })).toEqual({ kind: 'refused', code: 'address' })
    }
    await deliver({ ...MAIL, subject: 'Neues\r\nBcc: b@mail.example' })
    expect(mails.map(({ to }) => to)).toEqual([[MAIL.to]])
    expect(mails[0]?.headers).not.toHaveProperty('bcc')
  })

  it('is not sent without encryption where that is demanded', async () => {
    const { port, mails, connections } = await office()
    const deliver = createMailer({ ...HERE, port, mustEncrypt: true }, FROM)
    expect(await deliver(MAIL)).toMatchObject({ kind: 'later' })
    expect(connections()).toBe(1)
    expect(mails).toEqual([])
  })

  it.each([true, false])(
    'is not sent to a server with a certificate that nobody vouches for (smtps: %s)',
    async (secure) => {
      const { key, cert } = certificateFor(['127.0.0.1', 'localhost'])
      const { port, mails } = await office({ secure, key, cert, disabledCommands: ['AUTH'] })
      const deliver = createMailer({ host: '127.0.0.1', port, secure, mustEncrypt: true }, FROM)
      expect(await deliver(MAIL)).toMatchObject({ kind: 'later' })
      expect(mails).toEqual([])
    },
  )

  it.each([
    [421, 'busy', 'later'],
    [450, '4.2.0 mailbox busy', 'later'],
    [530, '5.7.0 sign in first', 'later'],
    [550, '5.7.1 relaying denied', 'later'],
    [550, '5.1.1 no such user', 'refused'],
    [550, 'no such user', 'refused'],
    [553, 'not here', 'refused'],
  ])('whose recipient is answered %i %s ends as %s', async (code, text, kind) => {
    const { port, refusals } = await office()
    refusals.push({ code, text })
    const deliver = createMailer({ ...HERE, port }, FROM)
    expect(await deliver(MAIL)).toEqual({ kind, code: `status_${code}` })
  })

  it.each(['554 go away\r\n', 'HTTP/1.1 200 OK\r\n\r\n', undefined])(
    'waits where the server greets with %j',
    async (greeting) => {
      const port = await saying(greeting)
      const deliver = createMailer({ ...HERE, port }, FROM)
      expect(await deliver(MAIL)).toMatchObject({ kind: 'later' })
    },
  )

  it('waits where nobody answers, under a name that says why', async () => {
    const { port, close } = await openPostOffice()
    await close()
    const deliver = createMailer({ ...HERE, port }, FROM)
    expect(await deliver(MAIL)).toEqual({
      kind: 'later',
      code: expect.stringMatching(/^e[a-z]+$/) as string,
    })
  })

  it('waits where the server wants another name and password', async () => {
    const { port } = await office({
      disabledCommands: ['STARTTLS'],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('no')),
    })
    const deliver = createMailer({ ...HERE, port, user: 'u', password: 'secret' }, FROM)
    const answer = await deliver(MAIL)
    expect(answer).toEqual({ kind: 'later', code: 'status_535' })
  })
})
