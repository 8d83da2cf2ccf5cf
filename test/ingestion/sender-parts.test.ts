import fc from 'fast-check'
import { sentenceOf } from '../../server/tools/authority-send/faults.js'
import {
  lineSource,
  nextBatch,
  readLines,
  type Line,
} from '../../server/tools/authority-send/lines.js'
import { parseKeygen, parseSend } from '../../server/tools/authority-send/options.js'
import { createShow } from '../../server/tools/authority-send/progress.js'
import { Stop } from '../../server/tools/authority-send/stop.js'
import {
  APPOINTMENT_ERRORS,
  EMERGENCY_ERRORS,
  EVENT_ERRORS,
} from '../../server/ingestion/delivery.js'

async function* inPieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  let from = 0
  for (const cut of [...cuts].sort((one, other) => one - other)) {
    yield bytes.subarray(from, Math.max(from, cut))
    from = Math.max(from, cut)
  }
  yield bytes.subarray(from)
}

async function linesOf(text: string | Buffer, cuts: readonly number[] = []): Promise<Line[]> {
  const lines: Line[] = []
  for await (const line of readLines(inPieces(Buffer.from(text), cuts))) lines.push(line)
  return lines
}

describe('an input', () => {
  it('has the same lines however the system cuts it', async () => {
    const event = fc.dictionary(fc.constantFrom('a', 'b', 'ö'), fc.string({ unit: 'grapheme' }))
    const lines = fc.array(fc.option(event), { maxLength: 8 })
    const cuts = fc.array(fc.nat(200), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(lines, cuts, fc.boolean(), async (events, places, ends) => {
        const clean = events.map((one) => (one === null ? '' : JSON.stringify(one)))
        fc.pre(!clean.some((text) => text.includes('\\u0000')))
        const text = clean.join('\n') + (ends ? '\n' : '')
        const whole = await linesOf(text)
        expect(await linesOf(text, places)).toEqual(whole)
        const expected = events.flatMap((one, at) =>
          one === null ? [] : [{ event: one, number: at + 1 }],
        )
        expect(whole.map(({ event: read, number }) => ({ event: { ...read }, number }))).toEqual(
          expected,
        )
      }),
    )
  })

  it('is known again by its digest, which every event before has a part in', async () => {
    const digests = async (text: string) => (await linesOf(text)).map(({ digest }) => digest)
    const [first, second] = await digests('{"a":1}\n{"b":1}')
    expect(await digests('{"a":1}\n\n{"b":1}\n')).toEqual([first, second])
    expect((await digests('{"a":2}\n{"b":1}'))[1]).not.toBe(second)
  })

  it.each([
    ['{"a":1,"a":2}', 'Line 1 cannot be sent: its JSON is refused (duplicate key).'],
    ['{}\n[1]', 'Line 2 cannot be sent: it is no JSON object.'],
    ['\n{"seq":1}', 'Line 2 cannot be sent: the sender gives the numbers (seq).'],
    ['{', 'Line 1 cannot be sent: its JSON is refused (malformed).'],
    ['{"a":"'.padEnd(2_200_000, 'x'), 'A line is longer than 1 MiB.'],
  ])('is refused at %s', async (text, sentence) => {
    await expect(linesOf(text, [1_050_000])).rejects.toThrow(new Stop(2, sentence))
  })

  it('is cut into batches by number and by bytes, and never into an empty one', async () => {
    const text = ['{"a":1}', `{"a":"${'x'.repeat(500)}"}`, '{"b":1}', '{"c":1}'].join('\n')
    const sizes = async (limits: { events: number; bytes: number }) => {
      const lines = lineSource(inPieces(Buffer.from(text), []))
      const found: number[] = []
      for (;;) {
        const batch = await nextBatch(lines, limits)
        if (batch.length === 0) return found
        found.push(batch.length)
      }
    }
    expect(await sizes({ events: 3, bytes: Infinity })).toEqual([3, 1])
    expect(await sizes({ events: 9, bytes: 100 })).toEqual([1, 1, 2])
  })
})

describe('the arguments', () => {
  const whole = ['--url', 'https://x.example/path', '--stream', 's', '--iss', 'i', '--key', 'k']

  it('name all that is missing at once', () => {
    expect(() => parseSend(['--iss', 'x'])).toThrow('Missing: --url, --stream, --key. See --help.')
    expect(() => parseKeygen([])).toThrow('Missing: --out. See --help.')
  })

  it('are taken with what follows from them', () => {
    expect(parseSend([...whole, 'in.jsonl'])).toMatchObject({
      url: 'https://x.example',
      audience: 'https://x.example',
      batch: 500,
      attempts: 10,
      inputFile: 'in.jsonl',
      stateFile: 'in.jsonl.state.json',
    })
    expect(parseSend([...whole, '-', '--aud', 'https://y.example'])).toMatchObject({
      audience: 'https://y.example',
      inputFile: undefined,
      stateFile: undefined,
    })
  })

  it.each([
    ['--batch', '0'],
    ['--batch', '1001'],
    ['--batch', '5x'],
    ['--attempts', '101'],
    ['--url', 'ftp://x.example'],
    ['--aud', 'nowhere'],
    ['--nonsense', '1'],
    ['one', 'two'],
  ])('are refused with %s %s', (name, value) => {
    expect(() => parseSend([...whole, name, value])).toThrow(Stop)
  })
})

describe('the sentences about faults', () => {
  it('have words for every code of the portal', () => {
    for (const code of Object.keys({
      ...EVENT_ERRORS,
      ...APPOINTMENT_ERRORS,
      ...EMERGENCY_ERRORS,
    })) {
      expect(sentenceOf('purpose', code)).not.toContain('is refused')
      expect(sentenceOf('event', code)).toMatch(/^the event /)
    }
    expect(sentenceOf('x', 'some_new_code')).toBe('x is refused (some_new_code).')
  })
})

describe('progress', () => {
  const shown = (isTTY: boolean, total: number | undefined) => {
    let text = ''
    let time = 0
    const out = { isTTY, write: (more: string) => (text += more) }
    const show = createShow({ out, total, now: () => time })
    return { show, text: () => text, wait: (ms: number) => (time += ms) }
  }

  it('is a bar on a terminal, which makes room for what is said', () => {
    const { show, text } = shown(true, 1000)
    show.progress(5, 500)
    expect(text()).toBe(`\r\u001b[K[${'#'.repeat(15)}${'-'.repeat(15)}] 50 %  5 events`)
    show.note('Waiting.')
    expect(text()).toMatch(/5 events\r\u001b\[KWaiting\.\n$/)
    show.progress(10, 1001)
    show.end()
    expect(text()).toMatch(/\[#{30}\] 100 % {2}10 events\n$/)
  })

  it('counts without a bar where nobody knows the end', () => {
    const { show, text } = shown(true, undefined)
    show.progress(5, 500)
    expect(text()).toBe('\r\u001b[K5 events')
  })

  it('is a plain line now and then elsewhere', () => {
    const { show, text, wait } = shown(false, 1000)
    show.progress(1, 100)
    wait(5_000)
    show.progress(2, 200)
    show.progress(3, 300)
    show.end()
    expect(text()).toBe('2 events delivered (20 %)\n')
  })
})
