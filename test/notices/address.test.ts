import { addressOf } from '../../server/notices/address.js'
import { GERMAN, languageOf } from '../../server/platform/http/languages.js'
import { testPages } from '../support/pages.js'
import { visitor } from '../support/visitor.js'
import { ADDRESS, codeIn, MINUTE, openMailRoom, submit, type MailRoom } from './mail-room.js'

const arabic = testPages().texts.in(languageOf('ar') ?? GERMAN)
let mail: MailRoom

beforeAll(async () => {
  mail = await openMailRoom()
})

afterAll(() => mail?.close())

beforeEach(() => mail.reset())

const settings = () => mail.room.app.portal.mailbox.read(mail.amina)

describe('an address', () => {
  it.each([
    ['', 'missing'],
    ['a@mail.example, b@mail.example', 'several'],
    ['a@mail.example;b@mail.example', 'several'],
    ['a@b@mail.example', 'several'],
    ['a@mail.example\r\nBcc: b@mail.example', 'control'],
    ['a@mail.example\nSubject: x', 'control'],
    ['\u202ea@mail.example', 'control'],
    ['a@münchen.example', 'letters'],
    ['آمنة@mail.example', 'letters'],
    [`${'a'.repeat(65)}@mail.example`, 'long'],
    [`a@${'b.'.repeat(130)}example`, 'long'],
    ['a@localhost', 'form'],
    ['a@[127.0.0.1]', 'form'],
    ['a@127.0.0.1', 'form'],
    ['"a b"@mail.example', 'form'],
    ['a <b@mail.example>', 'form'],
    ['.a@mail.example', 'form'],
    ['a@-mail.example', 'form'],
  ])(
    'like %j is refused with a sentence of its own, and nothing is sent',
    async (address, fault) => {
      const browser = visitor(mail.room.app)
      await browser.signIn('resident-ar')
      const sent = await submit(browser, 'address', { address, choice: 'each' })
      expect(sent.status).toBe(400)
      expect(sent.body).toContain(arabic(`notices:problem.address.${fault}`))
      expect(await mail.send()).toBe(0)
      expect(await settings()).toMatchObject({ choice: 'none', mails: [] })
    },
  )

  it('is taken with dots, signs and a Latin form of another script', () => {
    const taken = addressOf("  o'neil.x+mirat@XN--MNCHEN-3YA.example ")
    expect(taken).toEqual({ ok: true, value: "o'neil.x+mirat@xn--mnchen-3ya.example" })
    expect(addressOf('a\u0000@mail.example')).toEqual({ ok: false, refusal: 'control' })
  })

  it('is stored encrypted, and for its account alone', async () => {
    await mail.confirmed()
    const { rows } = await mail.room.superuser.query<{ stored: string; address: Buffer }>(
      'select c::text as stored, address from notices.channel c',
    )
    const hex = Buffer.from(ADDRESS).toString('hex')
    expect(rows[0]?.stored).not.toContain(hex)
    expect(rows[0]?.address.includes('mail.example')).toBe(false)
    const bilal = await mail.room.resident('resident-en')
    await mail.room.superuser.query(
      `insert into notices.channel (account, choice, address, confirmed_at)
        select $1, choice, address, confirmed_at from notices.channel`,
      [bilal.account],
    )
    await expect(mail.room.app.portal.mailbox.read(bilal)).rejects.toThrow()
  })

  it('gets three codes a day at most', async () => {
    const { mailbox } = mail.room.app.portal
    const ask = () => mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([true, true, true, false])
    mail.later(23 * 60 * MINUTE)
    expect(await ask()).toBe(false)
    mail.later(61 * MINUTE)
    expect(await ask()).toBe(true)
  })

  it('gets no more codes for having been removed', async () => {
    const { mailbox } = mail.room.app.portal
    const ask = () => mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    for (let n = 0; n < 3; n++) {
      expect(await ask()).toBe(true)
      await mailbox.drop(mail.amina)
    }
    expect(await ask()).toBe(false)
  })
})

describe('a code', () => {
  it('is over after five wrong ones, after half an hour, and once it was used', async () => {
    const { mailbox } = mail.room.app.portal
    const asked = async () => {
      await mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
      await mail.send()
      return codeIn(mail.post.mails.at(-1)?.text)
    }
    const first = await asked()
    const wrong = first === '00000000' ? '11111111' : '00000000'
    const ends = []
    for (let n = 0; n < 5; n++) ends.push(await mailbox.prove(mail.amina, wrong))
    expect(ends).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'over'])
    expect(await mailbox.prove(mail.amina, first)).toBe('over')
    const second = await asked()
    mail.later(30 * MINUTE)
    expect(await mailbox.prove(mail.amina, second)).toBe('over')
    const third = await asked()
    expect(await mailbox.prove(mail.amina, first === third ? wrong : first)).toBe('wrong')
    expect(await mailbox.prove(mail.amina, third)).toBe('proven')
    expect(await mailbox.prove(mail.amina, third)).toBe('over')
  })

  it('leaves the database once it is sent, and is kept as a keyed hash', async () => {
    await mail.room.app.portal.mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    await mail.send()
    const { rows } = await mail.room.superuser.query('select content from notices.mail')
    expect(rows).toEqual([{ content: null }])
    const code = codeIn(mail.post.mails[0]?.text)
    const { rows: stored } = await mail.room.superuser.query<{ hash: string }>(
      `select encode(code_hash, 'hex') = encode(sha256($1::bytea), 'hex') as plain from notices.channel`,
      [Buffer.from(code)],
    )
    expect(stored).toEqual([{ plain: false }])
  })
})

describe('an address that is not proved', () => {
  const codes = async () => {
    const { items } = await mail.room.app.portal.inbox.list(mail.amina, undefined)
    return items.map(({ code }) => code)
  }

  it('is told in the inbox, and changes nothing of the one that is', async () => {
    await mail.confirmed('each')
    const { mailbox } = mail.room.app.portal
    mail.later(MINUTE)
    await mailbox.ask(mail.amina, { address: 'thief@mail.example', choice: 'none' })
    expect((await codes())[0]).toBe('address_asked')
    expect(await mailbox.read(mail.amina)).toMatchObject({ choice: 'each', address: ADDRESS })
    await mail.send()
    mail.post.mails.length = 0
    await mail.tell()
    await mail.send()
    expect(mail.post.mails.map(({ to }) => to)).toEqual([[ADDRESS]])
  })

  it('takes its choice with it once it is proved', async () => {
    await mail.confirmed('each')
    const { mailbox } = mail.room.app.portal
    await mailbox.ask(mail.amina, { address: 'other@mail.example', choice: 'daily' })
    await mail.send()
    const code = codeIn(mail.post.mails.at(-1)?.text)
    expect(await mailbox.prove(mail.amina, code)).toBe('proven')
    const settings = await mailbox.read(mail.amina)
    expect(settings).toMatchObject({ choice: 'daily', address: 'other@mail.example' })
  })

  it('is not told where nothing was asked: the fourth of a day sends no code', async () => {
    const { mailbox } = mail.room.app.portal
    for (let place = 0; place < 4; place++) {
      await mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    }
    expect(await codes()).toEqual(['address_asked', 'address_asked', 'address_asked'])
  })
})

describe('no mails from now on', () => {
  it('stands in the inbox, once, and only where there were some', async () => {
    const { mailbox, inbox } = mail.room.app.portal
    const stopped = async () => {
      const { items } = await inbox.list(mail.amina, undefined)
      return items.filter(({ code }) => code === 'mails_stopped').length
    }
    await mailbox.choose(mail.amina, 'none')
    expect(await stopped()).toBe(0)
    await mail.confirmed('each')
    await mailbox.choose(mail.amina, 'daily')
    expect(await stopped()).toBe(0)
    await mailbox.choose(mail.amina, 'none')
    await mailbox.choose(mail.amina, 'none')
    expect(await stopped()).toBe(1)
    expect((await mailbox.read(mail.amina)).choice).toBe('none')
  })
})
