import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { SIGNING_LABEL } from '../../server/compose/registers.js'
import { signerFrom } from '../../server/platform/kernel/signing.js'
import { runProgram, startProgram, type RunningProgram } from '../start/program.js'
import { visitor } from '../support/visitor.js'
import { OFFICE, PERSON, wordsOf } from './connected.js'

const FIELD = 'azr.family_name'
const dataDir = mkdtempSync(join(tmpdir(), 'mirat-registers-'))
const env = { PORT: '0', DATA_DIR: dataDir }

let program: RunningProgram
let url: string

beforeAll(() => started(), 180_000)

afterAll(async () => {
  program.child.kill('SIGINT')
  await program.ended
  rmSync(dataDir, { recursive: true, force: true })
})

async function started(): Promise<void> {
  program = startProgram(env)
  url = (await program.says(/Mirat is ready: (\S+)/))[1] ?? ''
}

async function page(): Promise<string> {
  const browser = visitor({ url })
  await browser.signIn(PERSON)
  return wordsOf((await browser.get(`/de/me/data/${FIELD}`)).body)
}

/** Where the demonstration's register of the office answers, as the operator sees it. */
async function registerUrl(): Promise<string> {
  const { out } = await runProgram(env, { args: ['register:list'] })
  const line = out.split('\n').find((one) => one.startsWith(`${OFFICE} `))
  return line?.split('  ')[1] ?? ''
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

async function isGone(port: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    if (!(await isListening(port))) return true
    await wait(100)
  }
  return false
}

/** Corrects the name that the office misheard, signed with the installation's own key. */
async function correct(values: string, subject: string): Promise<number> {
  const secrets = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as {
    evidenceKey: string
  }
  const signer = signerFrom(Buffer.from(secrets.evidenceKey, 'base64url'), SIGNING_LABEL)
  const iat = Math.floor(Date.now() / 1000)
  const body = await signer.sign('correction+jwt', {
    iss: 'http://localhost:0',
    aud: new URL(values).origin,
    iat,
    exp: iat + 60,
    jti: randomUUID(),
    sub: subject,
    field: FIELD,
    value: 'Al-Khatib',
    reference: 'K7M2P9QR',
    decidedAt: new Date().toISOString(),
  })
  const headers = { 'content-type': 'application/jose' }
  const answer = await fetch(new URL('corrections', values), { method: 'POST', headers, body })
  return answer.status
}

/** The resident's own copy tells by which numbers offices know them. */
async function subjects(): Promise<readonly string[]> {
  const browser = visitor({ url })
  await browser.signIn(PERSON)
  const { body } = await browser.get('/de/me/documents/export.json')
  return [...new Set(body.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g))]
}

describe('the registers of the demonstration', () => {
  it('answer from the first start on, with mistakes that somebody can see', async () => {
    expect(await page()).toMatch(/Ausländerbehörde Alkatib .*verschieden/)
    const values = await registerUrl()
    const statuses = await Promise.all(
      (await subjects()).map((subject) => correct(values, subject)),
    )
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(await page()).toMatch(/Ausländerbehörde Al-Khatib/)
  }, 120_000)

  it('end with a portal that is killed, and keep what was corrected', async () => {
    const port = Number(new URL(await registerUrl()).port)
    expect(await isListening(port)).toBe(true)
    program.child.kill('SIGKILL')
    await program.ended
    expect(await isGone(port)).toBe(true)
    await started()
    expect(await page()).toMatch(/Ausländerbehörde Al-Khatib/)
  }, 120_000)

  it('end with a portal that is stopped', async () => {
    const port = Number(new URL(await registerUrl()).port)
    program.child.kill('SIGINT')
    const { code, err } = await program.ended
    expect([code, err]).toEqual([0, ''])
    expect(await isGone(port)).toBe(true)
  }, 120_000)
})
