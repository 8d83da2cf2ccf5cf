import { visitor } from '../support/visitor.js'
import {
  ADDRESS,
  codeIn,
  FROM,
  openMailRoom,
  SETTINGS,
  submit,
  type MailRoom,
} from './mail-room.js'

let mail: MailRoom

beforeAll(async () => {
  mail = await openMailRoom()
})

afterAll(() => mail?.close())

beforeEach(() => mail.reset())

const settings = () => mail.room.app.portal.mailbox.read(mail.amina)

describe('a resident who wants mails', () => {
  it('gives an address, types the code of a mail, and is then told that something is new', async () => {
    const browser = visitor(mail.room.app)
    await browser.signIn('resident-ar')
    const asked = await submit(browser, 'address', { address: ` ${ADDRESS} `, choice: 'each' })
    expect(asked.status).toBe(303)
    expect(await mail.send()).toBe(1)
    expect(mail.post.mails.map(({ to, from }) => [from, ...to])).toEqual([[FROM, ADDRESS]])
    const code = codeIn(mail.post.mails[0]?.text)
    const arabic = `${code.slice(0, 4)} ${code.slice(4)}`.replace(/\d/g, (digit) =>
      String.fromCodePoint(0x660 + Number(digit)),
    )
    const shown = await browser.get(SETTINGS)
    expect(shown.body).toContain('s…@mail.example')
    expect(shown.body).not.toContain(ADDRESS)
    expect((await submit(browser, 'code', { code: arabic })).status).toBe(303)
    await mail.tell()
    expect(await mail.send()).toBe(1)
    expect(mail.post.mails).toHaveLength(2)
    expect((await submit(browser, 'remove', {})).status).toBe(303)
    expect(await settings()).toMatchObject({ choice: 'none' })
    expect((await settings()).address).toBeUndefined()
  })

  it('reads in German and in their own language that there is something, and nothing more', async () => {
    await mail.confirmed()
    await mail.tell()
    await mail.send()
    const [got] = mail.post.mails
    expect(got?.text).toBe(
      [
        'In Ihrem Postfach bei Mirat ist etwas Neues.',
        'Öffnen Sie Mirat so, wie Sie es immer tun.',
        'Diese E-Mail enthält keinen Link. Das schützt Sie vor Betrug.',
        'Sie möchten keine solchen E-Mails mehr? Ändern Sie das in Mirat.',
        '',
        '—',
        '',
        '\u2067يوجد شيء جديد في صندوق رسائلك لدى Mirat.\u2069',
        '\u2067افتح Mirat كما تفعل دائمًا.\u2069',
        '\u2067ليس في هذه الرسالة رابط. هذا يحميك من الاحتيال.\u2069',
        '\u2067هل لا تريد مثل هذه الرسائل؟ غيّر ذلك في Mirat.\u2069',
        '',
      ].join('\n'),
    )
    expect(got?.subject).toBe('Neues in Ihrem Postfach / \u2067شيء جديد في صندوق رسائلك\u2069')
    expect(Object.keys(got?.headers ?? {}).sort()).toEqual([
      'auto-submitted',
      'content-transfer-encoding',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ])
    expect(got?.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      from: `Mirat <${FROM}>`,
      to: ADDRESS,
    })
    expect(got?.raw).not.toMatch(/https?:|www\.|localhost|127\.0\.0\.1/)
  })

  it('gets byte for byte the same mail whatever happened, but for its date and id', async () => {
    await mail.confirmed()
    const [subject = ''] = mail.amina.subjects
    const bare = async (told: Parameters<typeof mail.room.app.portal.tell>[1]) => {
      await mail.room.app.portal.inTransaction({ login: 'worker', role: 'worker' }, (trx) =>
        mail.room.app.portal.tell(trx, told),
      )
      await mail.send()
      return mail.post.mails.at(-1)?.raw.replace(/^(Date|Message-ID): .*$/gm, '')
    }
    const params = { reference: '23456789', office: mail.room.office.code }
    const first = await bare({ subject, code: 'request_asked', params })
    const second = await bare({ subject, code: 'passkey_added', params: {} })
    expect(first).toBeDefined()
    expect(second).toBe(first)
  })
})

describe('an address that is changed', () => {
  it('is told so itself, in the words of every mail', async () => {
    await mail.confirmed()
    const { mailbox } = mail.room.app.portal
    await mailbox.ask(mail.amina, { address: 'other@mail.example', choice: 'each' })
    await mail.send()
    await mailbox.prove(mail.amina, codeIn(mail.post.mails[0]?.text))
    mail.post.mails.length = 0
    await mail.tell()
    await mail.send()
    expect(mail.post.mails.map(({ to, text }) => [...to, codeIn(text)])).toEqual(
      expect.arrayContaining([
        [ADDRESS, ''],
        ['other@mail.example', ''],
      ]),
    )
    expect(mail.post.mails).toHaveLength(2)
    expect(mail.post.mails[0]?.text).toBe(mail.post.mails[1]?.text)
  })

  it('is told even where the one after it is removed before any mail has left', async () => {
    await mail.confirmed()
    const { mailbox } = mail.room.app.portal
    await mailbox.ask(mail.amina, { address: 'other@mail.example', choice: 'each' })
    await mail.send()
    await mailbox.prove(mail.amina, codeIn(mail.post.mails[0]?.text))
    await mailbox.drop(mail.amina)
    mail.post.mails.length = 0
    await mail.send()
    expect(mail.post.mails.map(({ to }) => to)).toEqual([[ADDRESS]])
  })

  it('is told when it is removed, and gets nothing afterwards', async () => {
    await mail.confirmed()
    await mail.room.app.portal.mailbox.drop(mail.amina)
    await mail.send()
    expect(mail.post.mails.map(({ to }) => to)).toEqual([[ADDRESS]])
    await mail.tell()
    expect(await mail.send()).toBe(0)
  })
})

describe('the log of the portal', () => {
  it('names no address and no code, whatever the server answers', async () => {
    await mail.room.app.portal.mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    mail.post.refusals.push({ code: 451, text: `try ${ADDRESS} later` })
    await mail.send()
    expect(mail.logged()).toContain('status_451')
    expect(mail.logged()).not.toContain('mail.example')
  })
})
