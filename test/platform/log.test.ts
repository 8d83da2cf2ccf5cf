import { createLog, type Facts } from '../../server/platform/log.js'

const lines: string[] = []
const log = createLog('info', { write: (line) => void lines.push(line) })
const written = () => JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>

describe('a line of the log', () => {
  it('holds the facts of the list alone, whatever else is handed over', () => {
    const facts = { method: 'GET', name: 'Amal', cookie: 'mirat=x' } as Facts
    log.info('request', facts)
    expect(Object.keys(written()).sort()).toEqual(['level', 'method', 'msg', 'time'])
    log.error('failed', facts)
    expect(Object.keys(written()).sort()).toEqual(['level', 'method', 'msg', 'time'])
  })

  it('names the kind of an error and where it was thrown, never its words', () => {
    const cause = Object.assign(new Error('Amal is there already'), { code: '23505' })
    log.error('failed', {}, new TypeError('Amal cannot be stored', { cause }))
    expect(written()).toMatchObject({ error: 'TypeError', cause: { sqlstate: '23505' } })
    expect(lines.at(-1)).toContain('log.test.ts')
    expect(lines.at(-1)).not.toContain('Amal')
  })

  it('holds plain letters alone, and no long ones', () => {
    log.info('request', { route: '/de\u001b[2J\u202eme\n\u0085{"msg":"forged"}' })
    expect(written()['route']).toBe('/de?[2J?me??{"msg":"forged"}')
    log.info('request', { route: 'x'.repeat(5_000) })
    expect(written()['route']).toHaveLength(200)
  })
})
