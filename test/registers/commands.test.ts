import { connectingOf } from '../../server/compose/registers.js'
import type { Installation } from '../../server/compose/installation.js'
import { StartError } from '../../server/platform/kernel/errors.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { registersCommands } from '../../server/registers/commands.js'
import { freshDatabase, type FreshDatabase } from '../support/database.js'
import { openTestInstallation } from '../support/template.js'

let database: FreshDatabase
let installation: Installation
const clock = travellingClock(new Date('2027-05-04T10:00:00Z'))

beforeAll(async () => {
  database = await freshDatabase()
  installation = await openTestInstallation(database.url, { clock })
})

afterAll(async () => {
  await installation?.close()
  await database?.drop()
})

async function command(line: string): Promise<string[]> {
  const [name, ...args] = line.split(' ')
  const lines: string[] = []
  const connecting = connectingOf(installation)
  const commands = registersCommands({ connecting, print: (text) => lines.push(text) })
  await commands.find((one) => one.name === name)?.run(args)
  return lines
}

async function refused(line: string): Promise<string> {
  const error: unknown = await command(line).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StartError)
  return (error as Error).message
}

const CONNECT = 'register:connect --office i.pf.abh'
const URL_OF = '--url https://register.example/values'

describe('the operator', () => {
  it('connects a register, changes and lists it, and ends that again', async () => {
    expect(await command('register:list')).toEqual(['No register is connected.'])
    await command(`${CONNECT} ${URL_OF} --fields azr.family_name`)
    await command(`${CONNECT} ${URL_OF}?v=2 --fields azr.birth_date,azr.family_name,azr.birth_date`)
    expect(await command('register:list')).toEqual([
      'i.pf.abh  https://register.example/values?v=2  azr.birth_date, azr.family_name',
    ])
    await command('register:disconnect --office i.pf.abh')
    expect(await command('register:list')).toEqual(['No register is connected.'])
  })

  it.each([
    [`register:connect --office nobody ${URL_OF} --fields azr.gender`, /no such office/],
    [`register:connect --office abh ${URL_OF} --fields azr.gender`, /has offices/],
    [`${CONNECT} --url http://register.example/ --fields azr.gender`, /must be https/],
    [`${CONNECT} --url https://register.example:22/ --fields azr.gender`, /must be https/],
    [`${CONNECT} --url https://a@register.example/ --fields azr.gender`, /must be https/],
    [`${CONNECT} --url https://register.example/#a --fields azr.gender`, /must be https/],
    [`${CONNECT} ${URL_OF} --fields ,`, /Name the fields/],
    [`${CONNECT} ${URL_OF} --fields azr.gender,azr.nothing`, /every one of these fields/],
    [`${CONNECT} ${URL_OF}`, /--fields is missing/],
    ['register:disconnect --office i.pf.abh', /not connected/],
    ['register:disconnect --office nobody', /no such office/],
    ['register:list --all', /cannot be read/],
  ])('is told what is wrong: %s', async (line, reason) => {
    expect(await refused(line)).toMatch(reason)
  })
})
