import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { germanDay } from '../../server/platform/kernel/days.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { keptBatches } from './authority.js'
import { deskOf, run, type Desk } from './sender-run.js'

/** A test that starts programs, which takes its time on a busy machine. */
const slowly = (name: string, work: () => Promise<void>) => it(name, work, 120_000)

let app: TestApp
let desk: Desk
let ticking: NodeJS.Timeout

beforeAll(async () => {
  app = await startTestApp()
  // The sender is a program of its own, with the machine's clock: the portal's must keep up with it.
  ticking = setInterval(() => app.clock.moveTo(new Date()), 20)
})

beforeEach(async () => {
  desk = await deskOf(app)
})

afterEach(() => desk.close())

afterAll(async () => {
  clearInterval(ticking)
  await app?.close()
})

const numbered = (count: number, from = 1) =>
  Array.from({ length: count }, (_, at) => `L ${from + at}`)

describe('the sender', () => {
  slowly('delivers a file in batches and says what it did', async () => {
    const input = desk.input('day.jsonl', 25)
    const { code, out, err } = await run([...desk.args, '--batch', '10', input])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^25 sent, 0 already known, 0 retries, \d+\.\d s\n$/)
    expect(await desk.recorded()).toEqual(numbered(25))
    const kept = await keptBatches(app, desk.office.stream)
    expect(kept.map(({ first, last }) => `${first}-${last}`)).toEqual(['1-10', '11-20', '21-25'])
  })

  slowly(
    'tells of appointments, names the line of what is refused, and may tell again',
    async () => {
      const day = germanDay(new Date())
      const one = (at: number, changes: object = {}) =>
        JSON.stringify({
          ...{ ref: `appointment-${at}`, version: 1, day, status: 'booked' },
          ...{ subject: { scheme: 'azr', value: '123456789012' }, ...changes },
        })
      const input = desk.write('days.jsonl', `${one(1)}\n\n${one(2)}\n${one(3)}\n`)
      const told = await run([...desk.args, '--appointments', '--batch', '2', input])
      expect([told.code, told.err]).toEqual([0, ''])
      expect(told.out).toMatch(/^3 sent, 0 already known/)
      const again = await run([...desk.args, '--appointments', input])
      expect(again.out).toMatch(/^0 sent, 3 already known/)
      const wrong = desk.write('wrong.jsonl', `${one(4)}\n\n${one(5, { reason: 'visit' })}\n`)
      const refused = await run([...desk.args, '--appointments', wrong])
      expect([refused.code, refused.err]).toEqual([
        2,
        'Line 3: reason is no member of an event, appointment or emergency (unknown_key).\n',
      ])
    },
  )

  slowly('declares emergencies of what it has sent, and may say so again', async () => {
    const sent = desk.input('night.jsonl', 2)
    await run([...desk.args, sent])
    const ground = 'life_or_limb'
    const lines = [
      { seq: 1, ground },
      { seq: 2, ground },
    ].map((one) => JSON.stringify(one))
    const input = desk.write('emergencies.jsonl', lines.join('\n'))
    const told = await run([...desk.args, '--emergencies', input])
    expect([told.code, told.err]).toEqual([0, ''])
    expect(told.out).toMatch(/^2 sent, 0 already known/)
    const again = await run([...desk.args, '--emergencies', input])
    expect(again.out).toMatch(/^0 sent, 2 already known/)
    const wrong = desk.write('wrong.jsonl', JSON.stringify({ seq: 9, ground }))
    const refused = await run([...desk.args, '--emergencies', wrong])
    expect([refused.code, refused.err]).toEqual([
      2,
      'Line 1: seq is no access that you have delivered on this stream (unknown_seq).\n',
    ])
  })

  slowly('sends nothing twice when it runs again, and goes on where lines were added', async () => {
    const input = desk.input('log.jsonl', 3)
    await run([...desk.args, input])
    const again = await run([...desk.args, input])
    expect(again.out).toMatch(/^0 sent, 3 already known/)
    writeFileSync(
      input,
      readFileSync(input, 'utf8') + readFileSync(desk.input('more', 2, 4), 'utf8'),
    )
    const more = await run([...desk.args, input])
    expect(more.out).toMatch(/^2 sent, 3 already known/)
    expect(await desk.recorded()).toEqual(numbered(5))
  })

  slowly('reads the standard input, with empty lines and without a last line feed', async () => {
    const [one, two] = [1, 2].map((at) =>
      JSON.stringify(desk.office.access({ caseRef: `L ${at}` })),
    )
    const { code, out } = await run([...desk.args, '-'], `\n${one}\r\n\n${two}`)
    expect([code, out.slice(0, 6)]).toEqual([0, '2 sent'])
    expect(await desk.recorded()).toEqual(numbered(2))
  })

  slowly('cuts batches so that they stay below 1 MiB', async () => {
    const { fields } = app.installation.catalogue
    const azr = fields.all.filter(({ register }) => register === 'azr').map(({ code }) => code)
    const wide = JSON.stringify(desk.office.access({ fields: azr }))
    const count = Math.ceil(2_000_000 / wide.length)
    expect(count).toBeLessThan(1000)
    const input = desk.write('wide.jsonl', `${wide}\n`.repeat(count))
    const { code } = await run([...desk.args, '--batch', '1000', input])
    expect(code).toBe(0)
    expect(await desk.office.lastSeq()).toBe(count)
  })
})

describe('what cannot be delivered', () => {
  slowly('names each fault with its line, and what came before it stays delivered', async () => {
    const good = JSON.stringify(desk.office.access({ caseRef: 'L 1' }))
    const bad = JSON.stringify(desk.office.access({ purpose: 'curiosity', unit: 'nowhere' }))
    const input = desk.write('faults.jsonl', `${good}\n\n${good}\n${bad}\n`)
    const { code, err } = await run([...desk.args, '--batch', '1', input])
    expect(code).toBe(2)
    expect(err.trim().split('\n')).toEqual([
      'Line 4: purpose is no code that the portal knows (unknown_code).',
      'Line 4: unit is no code that the portal knows (unknown_code).',
    ])
    expect(await desk.recorded()).toEqual(['L 1', 'L 1'])
    const mended = readFileSync(input, 'utf8').replace(bad, good)
    writeFileSync(input, mended)
    expect((await run([...desk.args, input])).out).toMatch(/^1 sent, 2 already known/)
  })

  slowly('refuses an input that was changed where it is already delivered', async () => {
    const input = desk.input('changed.jsonl', 3)
    await run([...desk.args, input])
    for (const lines of [2, 3, 4]) {
      desk.input('changed.jsonl', lines, 9)
      const { code, err } = await run([...desk.args, input])
      expect([code, err.slice(0, 38)]).toEqual([1, 'The input is not the one that was begu'])
    }
    expect(await desk.recorded()).toEqual(numbered(3))
  })

  slowly('says so when the portal does not take the signature, or is not there', async () => {
    const input = desk.input('nobody.jsonl', 1)
    const unknown = await run([...desk.args, '--kid', 'nobody', input])
    expect([unknown.code, unknown.err]).toEqual([
      4,
      'The portal answered 401: No key that counts now has this kid.\n',
    ])
    const away = [...desk.args, '--url', 'http://127.0.0.1:9', '--attempts', '2', input]
    const { code, err } = await run(away)
    expect(code).toBe(3)
    expect(err).toMatch(
      /could not be reached \(\w+\); given up after 2 tries\. Run the same command/,
    )
  })

  slowly('says what is wrong with its files', async () => {
    const noInput = await run([...desk.args, join(desk.folder, 'nowhere')])
    expect([noInput.code, noInput.err]).toEqual([
      1,
      expect.stringMatching(/^The input .* cannot be read/),
    ])
    const state = desk.write('torn.state.json', '{"version":1,')
    const torn = await run([...desk.args, '--state', state, '-'])
    expect([torn.code, torn.err]).toEqual([
      1,
      expect.stringContaining('not written by this program'),
    ])
  })
})

describe('the help', () => {
  slowly('explains every option and exit code', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    for (const word of [
      '--url',
      '--aud',
      '--stream',
      '--iss',
      '--key',
      '--kid',
      '--batch',
      '--state',
    ]) {
      expect(out).toContain(word)
    }
    expect(out).toMatch(/Exit codes: 0 .* 1 .*2 .*3 .*4 /s)
  })
})

describe('keygen', () => {
  slowly('keeps the private key from others and prints the public one', async () => {
    const file = join(desk.folder, 'new.jwk')
    const { code, out } = await run(['keygen', '--out', file, '--alg', 'ES256'])
    expect(code).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const shown = JSON.parse(out) as Record<string, unknown>
    const { d, ...rest } = kept
    expect(shown).toEqual(rest)
    expect(d).toMatch(/^[\w-]{43}$/)
    expect(shown).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' })
  })

  slowly('never overwrites a key', async () => {
    const file = join(desk.folder, 'key.jwk')
    const before = readFileSync(file, 'utf8')
    const { code, err } = await run(['keygen', '--out', file])
    expect([code, err]).toEqual([1, `${file} exists already and is not overwritten.\n`])
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})
