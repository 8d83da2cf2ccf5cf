import type { Installation } from '../../server/compose/installation.js'
import { createPartnering } from '../../server/rectification/index.js'
import { rectificationCommands } from '../../server/rectification/commands.js'
import { StartError } from '../../server/platform/kernel/errors.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { freshDatabase, type FreshDatabase } from '../support/database.js'
import { openTestInstallation } from '../support/template.js'

let database: FreshDatabase
let installation: Installation

beforeAll(async () => {
  database = await freshDatabase()
  const clock = travellingClock(new Date('2027-05-04T10:00:00Z'))
  installation = await openTestInstallation(database.url, { clock })
})

afterAll(async () => {
  await installation?.close()
  await database?.drop()
})

async function command(line: string): Promise<string[]> {
  const [name, ...args] = line.split(' ')
  const lines: string[] = []
  const { admin: db, catalogue, clock } = installation
  const partnering = createPartnering({ db, catalogue, clock })
  const commands = rectificationCommands({ partnering, print: (text) => lines.push(text) })
  await commands.find((one) => one.name === name)?.run(args)
  return lines
}

describe('the operator', () => {
  it('enters who confirms for a small office, changes and lists it, and ends that again', async () => {
    expect(await command('office:partners')).toEqual(['No office has a partner.'])
    await command('office:partner --office i.pf.abh --partner i.bi.abh')
    expect(await command('office:partner --office i.pf.abh --partner i.rt.abh')).toEqual([
      'i.rt.abh confirms what i.pf.abh proposes.',
    ])
    expect(await command('office:partners')).toEqual(['i.pf.abh  i.rt.abh'])
    await command('office:unpartner --office i.pf.abh')
    expect(await command('office:partners')).toEqual(['No office has a partner.'])
  })

  it.each([
    ['office:partner --office i.pf.abh', '--partner is missing.'],
    ['office:partner --office i.pf.abh --partner i.xx.abh', 'has no such office'],
    ['office:partner --office i.pf.abh --partner abh', 'not kinds of authority'],
    ['office:partner --office i.pf.abh --partner i.pf.abh', 'No office confirms its own'],
    ['office:unpartner --office i.bi.abh', 'has no partner'],
    ['office:partners --all', 'cannot be read'],
  ])('is refused %s in one sentence', async (line, sentence) => {
    const error: unknown = await command(line).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartError)
    expect((error as Error).message).toContain(sentence)
  })
})
