import { MOST_TRIES } from '../../server/notices/rules.js'
import { visitor } from '../support/visitor.js'
import { ADDRESS, MINUTE, openMailRoom, type MailRoom } from './mail-room.js'
import { openPostOffice } from './post-office.js'

let mail: MailRoom

beforeAll(async () => {
  mail = await openMailRoom()
})

afterAll(() => mail?.close())

beforeEach(() => mail.reset())

const HOUR = 60 * MINUTE
const settings = () => mail.room.app.portal.mailbox.read(mail.amina)
const news = async () => (await settings()).mails.find(({ kind }) => kind === 'news')
/** Eight in the morning in Germany, in winter. */
const at = (time: string) => mail.room.app.clock.moveTo(new Date(`2027-01-${time}Z`))

describe('a mail that cannot be handed over', () => {
  it('is tried again after one, two, four minutes, and is sent once', async () => {
    await mail.confirmed()
    await mail.tell()
    mail.post.refusals.push(
      { code: 451, text: '4.7.1 greylisted' },
      { code: 450, text: 'mailbox busy' },
      { code: 421, text: 'too many' },
    )
    for (const pause of [1, 2, 4]) {
      expect(await mail.send()).toBe(1)
      mail.later(pause * MINUTE - 1_000)
      expect(await mail.send()).toBe(0)
      mail.later(1_000)
    }
    expect(mail.post.mails).toEqual([])
    expect(await mail.send()).toBe(1)
    mail.later(24 * HOUR)
    expect(await mail.send()).toBe(0)
    expect(mail.post.mails).toHaveLength(1)
    expect((await settings()).failingSince).toBeUndefined()
  })

  it('is given up after twenty tries, and the next news begins anew', async () => {
    await mail.confirmed()
    await mail.tell()
    for (let n = 0; n < 30; n++) mail.post.refusals.push({ code: 450, text: 'busy' })
    let tries = 0
    for (; tries < 30 && (await mail.send()) === 1; tries++) mail.later(6 * HOUR)
    expect(tries).toBe(MOST_TRIES)
    expect(await news()).toMatchObject({ state: 'failed', tries: MOST_TRIES })
    mail.post.refusals.length = 0
    await mail.tell()
    expect(await mail.send()).toBe(1)
    expect(mail.post.mails).toHaveLength(1)
  })

  it('waits while the server is away, and leaves when it is back', async () => {
    await mail.confirmed()
    await mail.tell()
    await mail.post.close()
    expect(await mail.send()).toBe(1)
    expect(await news()).toMatchObject({ state: 'waiting', tries: 1 })
    const again = await openPostOffice({}, mail.post.port)
    try {
      mail.later(MINUTE)
      expect(await mail.send()).toBe(1)
      expect(again.mails).toHaveLength(1)
    } finally {
      await again.close()
    }
    mail = await reopened(mail)
  })

  it('is due again where the portal died before it wrote down that it was sent', async () => {
    await mail.confirmed()
    await mail.tell()
    await mail.room.superuser.query('select from notices.take_mails($1, 8)', [
      mail.room.app.clock.now(),
    ])
    expect(await mail.send()).toBe(0)
    mail.later(MINUTE)
    expect(await mail.send()).toBe(1)
  })
})

/** The same room with a server again: the one before was closed by the test. */
async function reopened(before: MailRoom): Promise<MailRoom> {
  await before.room.close()
  return openMailRoom()
}

describe('an address whose server refuses it for good', () => {
  const refuse = async (text: string) => {
    await mail.confirmed()
    await mail.tell()
    mail.post.refusals.push({ code: 550, text })
    await mail.send()
  }

  it('is marked, gets nothing more, and inbox and settings say so until it is confirmed anew', async () => {
    const browser = visitor(mail.room.app)
    await browser.signIn('resident-ar')
    const says = async () =>
      (await browser.get('/de/me/messages')).body.includes('nimmt keine E-Mails an')
    await refuse('5.1.1 no such user')
    expect((await settings()).failingSince).toEqual(mail.room.app.clock.now())
    expect(await says()).toBe(true)
    expect((await browser.get('/de/me/messages/settings')).body).toContain(
      'hat unsere letzte E-Mail abgelehnt',
    )
    await mail.tell()
    mail.later(24 * HOUR)
    expect(await mail.send()).toBe(0)
    await mail.confirmed()
    expect((await settings()).failingSince).toBeUndefined()
    await mail.tell()
    expect(await mail.send()).toBe(1 + 1)
  })

  it('is not marked for what our own server is refused for', async () => {
    await refuse('5.7.1 relaying denied')
    expect((await settings()).failingSince).toBeUndefined()
    expect(await news()).toMatchObject({ state: 'waiting' })
  })

  it('is shown as refused while it waits for its code', async () => {
    await mail.room.app.portal.mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    mail.post.refusals.push({ code: 550, text: '5.1.1 no such user' })
    await mail.send()
    expect((await settings()).pending).toMatchObject({ failed: true })
  })

  it('changes nothing about another one that was given meanwhile', async () => {
    const { mailbox } = mail.room.app.portal
    await mailbox.ask(mail.amina, { address: ADDRESS, choice: 'each' })
    const { rows } = await mail.room.superuser.query<{ taken: number; version: number }>(
      'select taken, version from notices.take_mails($1, 8)',
      [mail.room.app.clock.now()],
    )
    await mailbox.ask(mail.amina, { address: 'other@mail.example', choice: 'each' })
    await mail.room.superuser.query(
      `select notices.settle_mail($1, 'proof', $2, $3, 'refused', $4)`,
      [mail.amina.account, rows[0]?.taken, rows[0]?.version, mail.room.app.clock.now()],
    )
    expect((await settings()).pending).toMatchObject({ failed: false })
    mail.later(MINUTE)
    expect(await mail.send()).toBe(1)
    expect(mail.post.mails.map(({ to }) => to)).toEqual([['other@mail.example']])
  })
})

describe('what comes while a mail waits or is on its way', () => {
  it('needs no second mail in the first case and gets one in the second', async () => {
    await mail.confirmed()
    await mail.tell()
    await mail.tell()
    expect(await mail.send()).toBe(1)
    expect(await mail.send()).toBe(0)
    await mail.tell()
    const now = mail.room.app.clock.now()
    const { rows } = await mail.room.superuser.query<{ taken: number; version: number }>(
      'select taken, version from notices.take_mails($1, 8)',
      [now],
    )
    await mail.tell()
    await mail.room.superuser.query(`select notices.settle_mail($1, 'news', $2, $3, 'sent', $4)`, [
      mail.amina.account,
      rows[0]?.taken,
      rows[0]?.version,
      now,
    ])
    expect(await mail.send()).toBe(1)
    expect(await mail.send()).toBe(0)
  })
})

describe('a daily mail', () => {
  it('leaves at eight in the morning, once for everything of a day, and not without news', async () => {
    at('04T15:00:00')
    await mail.confirmed('daily')
    await mail.tell()
    await mail.tell()
    expect(await mail.send()).toBe(0)
    at('05T06:59:59')
    expect(await mail.send()).toBe(0)
    at('05T07:00:00')
    expect(await mail.send()).toBe(1)
    await mail.tell()
    expect(await mail.send()).toBe(0)
    at('06T06:59:59')
    expect(await mail.send()).toBe(0)
    at('06T07:00:00')
    expect(await mail.send()).toBe(1)
    at('08T07:00:00')
    expect(await mail.send()).toBe(0)
    expect(mail.post.mails).toHaveLength(2)
  })

  it('that left late is the only one of its day', async () => {
    at('04T15:00:00')
    await mail.confirmed('daily')
    await mail.tell()
    at('06T03:00:00')
    expect(await mail.send()).toBe(1)
    at('06T04:00:00')
    await mail.tell()
    at('06T22:00:00')
    expect(await mail.send()).toBe(0)
    at('07T07:00:00')
    expect(await mail.send()).toBe(1)
  })

  it('follows the choice: at once after "each time", never after "never"', async () => {
    const { mailbox } = mail.room.app.portal
    at('04T15:00:00')
    await mail.confirmed('daily')
    await mail.tell()
    await mailbox.choose(mail.amina, 'each')
    expect(await mail.send()).toBe(1)
    await mailbox.choose(mail.amina, 'daily')
    await mail.tell()
    // What was told before is still said: whoever took the account over may have chosen this.
    await mailbox.choose(mail.amina, 'none')
    expect(await mail.send()).toBe(1)
    await mail.tell()
    at('09T15:00:00')
    expect(await mail.send()).toBe(0)
  })
})

describe('an account that is deleted', () => {
  it('takes messages, address and waiting mails with it', async () => {
    await mail.confirmed()
    await mail.tell()
    await mail.room.app.portal.accounts.delete(mail.amina)
    for (const table of ['message', 'channel', 'mail']) {
      const { rows } = await mail.room.superuser.query(`select from notices.${table}`)
      expect(rows).toEqual([])
    }
    expect(await mail.send()).toBe(0)
  })
})
