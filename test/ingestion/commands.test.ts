import { generateKeyPair, exportJWK, calculateJwkThumbprint } from 'jose'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Installation } from '../../server/compose/installation.js'
import { ingestionCommands } from '../../server/ingestion/commands.js'
import { createRegistration } from '../../server/ingestion/index.js'
import { StartError } from '../../server/platform/kernel/errors.js'
import { travellingClock } from '../../server/platform/kernel/clock.js'
import { freshDatabase, type FreshDatabase } from '../support/database.js'
import { openTestInstallation } from '../support/template.js'

let database: FreshDatabase
let installation: Installation
let folder: string
const clock = travellingClock(new Date('2027-05-04T10:00:00Z'))

beforeAll(async () => {
  database = await freshDatabase()
  installation = await openTestInstallation(database.url, { clock })
  folder = mkdtempSync(join(tmpdir(), 'mirat-commands-'))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await installation?.close()
  await database?.drop()
})

/** Runs a command as the operator types it; gives the lines that it printed. */
async function command(line: string): Promise<string[]> {
  const [name, ...args] = line.split(' ')
  const lines: string[] = []
  const { admin: db, catalogue } = installation
  const registration = createRegistration({ db, catalogue, clock })
  const commands = ingestionCommands({ registration, print: (text) => lines.push(text) })
  await commands.find((one) => one.name === name)?.run(args)
  return lines
}

async function refused(line: string): Promise<string> {
  const error: unknown = await command(line).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StartError)
  return (error as Error).message
}

async function keyFile(
  name: string,
  options: { crv?: string; secret?: boolean } = {},
): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair(
    options.crv === 'P-256' ? 'ES256' : 'EdDSA',
    {
      extractable: true,
    },
  )
  const jwk = await exportJWK(options.secret ? privateKey : publicKey)
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(jwk))
  return path
}

describe('the commands for streams', () => {
  it('register a stream with keys, end a key, and list what there is', async () => {
    expect(await command('stream:list')).toEqual(['No stream is registered.'])
    expect(await command('stream:register --name bva-azr --authority i.de.bva')).toEqual([
      'Stream bva-azr of i.de.bva is registered.',
    ])
    const first = await keyFile('first.jwk')
    const second = await keyFile('second.jwk', { crv: 'P-256' })
    await command(`stream:key --stream bva-azr --kid first --jwk ${first}`)
    const until = '--until 2027-12-31T23:59:59+01:00'
    await command(
      `stream:key --stream bva-azr --kid second --jwk ${second} --from 2027-06-01T00:00:00Z ${until}`,
    )
    clock.moveTo(new Date('2027-05-05T10:00:00Z'))
    expect(await command('stream:key-end --kid first')).toEqual(['Key first no longer counts.'])
    expect(await command('stream:list')).toEqual([
      'bva-azr  i.de.bva  last number 0',
      '  key first from 2027-05-04T10:00:00.000Z until 2027-05-05T10:00:00.000Z',
      '  key second from 2027-06-01T00:00:00.000Z until 2027-12-31T22:59:59.000Z',
    ])
  })

  it('leave an end alone that was set earlier', async () => {
    clock.moveTo(new Date('2027-05-06T10:00:00Z'))
    await command('stream:key-end --kid first')
    expect(await command('stream:list')).toContain(
      '  key first from 2027-05-04T10:00:00.000Z until 2027-05-05T10:00:00.000Z',
    )
  })

  it('give a key the thumbprint of itself as its id', async () => {
    const file = await keyFile('third.jwk')
    const [line] = await command(`stream:key --stream bva-azr --jwk ${file}`)
    const kid = await calculateJwkThumbprint(JSON.parse(readFileSync(file, 'utf8')) as object)
    expect(line).toBe(`Key ${kid} may sign for stream bva-azr.`)
  })

  it('keep the public members of a key and nothing else', async () => {
    const file = join(folder, 'more.jwk')
    const { publicKey } = await generateKeyPair('EdDSA')
    const jwk = await exportJWK(publicKey)
    writeFileSync(file, JSON.stringify({ ...jwk, name: 'Erika Mustermann', use: 'sig' }))
    await command(`stream:key --stream bva-azr --kid lean --jwk ${file}`)
    const { public_key: kept } = await installation.admin
      .selectFrom('ingestion.stream_key')
      .select('public_key')
      .where('kid', '=', 'lean')
      .executeTakeFirstOrThrow()
    expect(kept).toEqual({ kty: 'OKP', crv: 'Ed25519', x: jwk.x })
  })
})

describe('the commands refuse, with one clear sentence,', () => {
  it.each([
    ['stream:register --name x', '--authority is missing.'],
    [
      'stream:register --name x --authority nobody',
      'The catalogue has no such office or authority.',
    ],
    [
      'stream:register --name x --authority abh',
      'This kind of authority has offices: name the office that delivers.',
    ],
    [
      'stream:register --name X_1 --authority i.de.bva',
      'The name of a stream is lower-case letters, digits and hyphens, at most 64.',
    ],
    [
      'stream:register --name bva-azr --authority i.de.bva',
      'A stream of this name is registered already.',
    ],
    [
      'stream:register --name x --authority i.de.bva --case-ref-pattern ^[0-9]+$',
      'The pattern of file numbers must limit repetition: write {1,20} in place of + or *.',
    ],
    [
      'stream:register --name x --authority i.de.bva --case-ref-pattern ^(a|b)$',
      'The pattern of file numbers may use characters, [classes], ?, {n} and {n,m} alone: no groups, no alternatives.',
    ],
    [
      'stream:register --name x --authority i.de.bva --case-ref-pattern abc',
      'The pattern of file numbers must begin with ^ and end with $.',
    ],
    [
      'stream:key --stream bva-azr --jwk FOLDER/none.jwk',
      'The key file FOLDER/none.jwk cannot be read as JSON.',
    ],
    [
      'stream:key --stream bva-azr --jwk FOLDER/secret.jwk',
      'The file holds a private key: keep it at the authority and register the public one.',
    ],
    [
      'stream:key --stream bva-azr --jwk FOLDER/odd.jwk',
      'The file holds no public JWK of Ed25519 or P-256.',
    ],
    [
      'stream:key --stream bva-azr --jwk FOLDER/off.jwk',
      'The file holds no public JWK of Ed25519 or P-256.',
    ],
    ['stream:key --stream nowhere --jwk FOLDER/good.jwk', 'No stream of this name is registered.'],
    [
      'stream:key --stream bva-azr --kid first --jwk FOLDER/good.jwk',
      'A key with this id is registered already.',
    ],
    [
      'stream:key --stream bva-azr --kid a/b --jwk FOLDER/good.jwk',
      'A key id is letters, digits and . _ : - alone, at most 128.',
    ],
    [
      'stream:key --stream bva-azr --jwk FOLDER/good.jwk --from tomorrow',
      '--from must be a time with offset, such as 2027-01-31T09:00:00+01:00.',
    ],
    [
      'stream:key --stream bva-azr --jwk FOLDER/good.jwk --until 2027-01-01T00:00:00Z',
      'The key would end before it begins.',
    ],
    ['stream:key-end --kid nobody', 'No key with this id is registered.'],
  ])('%s', async (line, sentence) => {
    await keyFile('good.jwk')
    await keyFile('secret.jwk', { secret: true })
    writeFileSync(join(folder, 'odd.jwk'), '{"kty":"RSA","n":"AQAB","e":"AQAB"}')
    const coordinate = Buffer.alloc(32, 1).toString('base64url')
    const off = { kty: 'EC', crv: 'P-256', x: coordinate, y: coordinate }
    writeFileSync(join(folder, 'off.jwk'), JSON.stringify(off))
    const named = (text: string) => text.replaceAll('FOLDER', folder)
    expect(await refused(named(line))).toBe(named(sentence))
  })

  it('arguments that nobody knows', async () => {
    expect(await refused('stream:list --all')).toMatch(/^These arguments cannot be read: /)
  })
})
