import { runCommand } from '../../server/compose/commands.js'
import { createLog } from '../../server/platform/log.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn, visitor } from '../support/visitor.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})

afterAll(() => app?.close())

async function run(...args: string[]): Promise<string> {
  const lines: string[] = []
  await runCommand(app.installation.config, {
    command: 'code:issue',
    args,
    log: createLog('silent'),
    print: (line) => lines.push(line),
  })
  return lines.join('\n')
}

const FOR = ['--office', 'i.pf.abh', '--scheme', 'azr', '--number', '123456789012']

describe('code:issue', () => {
  it('lets the first person of a new portal in, who finds the code in their log', async () => {
    const printed = await run(...FOR, '--way', 'handed')
    // The command has the machine's clock.
    app.clock.moveTo(new Date())
    const code = /^Code: (\S+)$/m.exec(printed)?.[1] ?? ''
    const browser = visitor(app)
    const { body } = await browser.get('/en/activate')
    const begun = await browser.post('/en/activate', { code, year: '', csrf: csrfIn(body) })
    expect(begun.status).toBe(303)
    const log = await browser.get('/en/me/accesses')
    expect(log.body).toContain('Sign-in code for this portal')
  })

  it.each([
    [['--office', 'nowhere'], /There is no such office/],
    [FOR, /Missing or wrong: way/],
    [[...FOR, '--way', 'posted'], /Missing or wrong: year, housing/],
    [
      [...FOR, '--way', 'posted', '--year', '1990', '--housing', 'shared'],
      /Missing or wrong: housing/,
    ],
    [[...FOR.slice(0, 5), '12', '--way', 'handed'], /cannot be one of its kind/],
    [['--office'], /Use: code:issue/],
    [['office', 'x'], /Use: code:issue/],
  ])('says what is wrong with %j', async (args, sentence) => {
    await expect(run(...args)).rejects.toThrow(sentence)
  })
})
