import type { Room } from '../inquiries/room.js'
import { csrfIn, visitor } from '../support/visitor.js'
import { officerOf, type Officer } from './officer.js'

let officer: Officer
let room: Room

beforeAll(async () => {
  officer = await officerOf()
  room = officer.room
}, 60_000)

afterAll(() => room?.close())

describe('checking a report', () => {
  it('says whose checksum it is, and nothing without one', async () => {
    const reference = await officer.asked('de', 'operation=query')
    await officer.work()
    const { digest = '', parts } = await officer.read(reference)
    const anybody = visitor(room.app)
    const said = async (query: object) =>
      (
        await anybody.get(
          `/de/check?${new URLSearchParams(query as Record<string, string>).toString()}`,
        )
      ).body
    expect(await said({ reference, hash: digest })).toContain('Unverändert')
    expect(await said({ reference, hash: digest.toUpperCase().replace(/.{8}/g, '$& ') })).toContain(
      'Unverändert',
    )
    expect(await said({ hash: parts[0]?.sha256 ?? '' })).toContain('Unverändert')
    expect(await said({ hash: digest })).toContain('Nicht bekannt')
    expect(
      await said({ reference, hash: digest.replace(/^./, (c) => (c === '0' ? '1' : '0')) }),
    ).toContain('Nicht bekannt')
    expect(await said({ reference })).not.toMatch(/Unverändert|Nicht bekannt/)
    expect(await said({ reference, hash: "' or 1=1" })).toContain('Nicht bekannt')
    await room.accesses(officer.amina, 1)
    await room.app.portal.ledger.tick()
    await officer.asked('de', 'operation=query')
    await officer.work()
    expect(await said({ reference, hash: digest })).toContain('Es gibt einen neueren')
  })

  it('takes the file itself, keeps nothing of it, and knows one that was changed', async () => {
    const reference = await officer.asked('en')
    await officer.work()
    const bytes = await officer.fileOf(reference)
    const anybody = visitor(room.app)
    const sent = async (file: Buffer) => {
      const { body } = await anybody.get('/en/check')
      const form = new FormData()
      form.set('csrf', csrfIn(body))
      form.set('file', new Blob([new Uint8Array(file)], { type: 'application/pdf' }), 'report.pdf')
      const headers = { 'sec-fetch-site': 'same-origin' }
      const answer = await anybody.request('/en/check', { method: 'POST', body: form, headers })
      expect(answer.status).toBe(303)
      return (await anybody.get(answer.headers.get('location') ?? '')).body
    }
    expect(await sent(bytes)).toContain('This report comes from here and is unchanged.')
    const changed = Buffer.from(bytes)
    changed[changed.length - 10] = 32
    expect(await sent(changed)).toContain('Not known')
  })

  it('says that the files are erased by rule, and they are', async () => {
    const reference = await officer.asked()
    await officer.work()
    const { digest = '', expiresOn = '' } = await officer.read(reference)
    const { app } = room
    const now = app.clock.now()
    app.clock.moveTo(new Date(`${expiresOn}T12:00:00Z`))
    const { body } = await visitor(app).get(`/de/check?reference=${reference}&hash=${digest}`)
    expect(body).toContain('Nach Vorschrift gelöscht')
    await expect(app.portal.archive.file(officer.actor, reference, 1)).rejects.toThrow('NOT_FOUND')
    app.clock.moveTo(now)
    await room.superuser.query('update reports.chunk set expires_on = current_date')
    expect(await officer.forget()).toBeGreaterThan(0)
    const { rows } = await room.superuser.query('select from reports.chunk')
    expect(rows).toEqual([])
  })
})
