import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'
import pg from 'pg'
import { endpointsOf } from '../../server/compose/requests.js'
import { noticeCommands } from '../../server/rectification/commands/notices.js'
import { MOST_TRIES } from '../../server/notices/answer.js'
import { answering } from '../registers/connected.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { decide, FIELD, recipientsIn, VALUE, waitingRequest } from './decided.js'

const MINUTE = 60_000

let app: TestApp
let superuser: pg.Client
let receiver: Awaited<ReturnType<typeof answering>>
/** What arrived, in order, and what is answered next; 201 where nothing is said. */
let arrived: JWTPayload[] = []
let answers: (number | 'silence')[] = []
/** Recipients of the history below. */
let shown: string
let secret: string

beforeAll(async () => {
  app = await startTestApp()
  superuser = new pg.Client({ connectionString: app.adminUrl })
  await superuser.connect()
  receiver = await answering((request, response) => void receive(request, response))
  ;({ shown, secret } = recipientsIn(app))
})

afterAll(async () => {
  receiver?.close()
  await superuser?.end()
  await app?.close()
})

beforeEach(async () => {
  arrived = []
  answers = []
  app.clock.moveTo(new Date())
  await superuser.query('delete from rectification.endpoint')
  await superuser.query('delete from rectification.notice')
  await superuser.query('delete from rectification.sealed_notice')
})

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(request, 'end')
  const keys = createRemoteJWKSet(new URL(`${app.url}/.well-known/jwks.json`))
  const { payload } = await jwtVerify(Buffer.concat(chunks).toString(), keys, {
    typ: 'correction+jwt',
    algorithms: ['EdDSA'],
    issuer: app.url,
    audience: receiver.origin,
    currentDate: app.clock.now(),
  })
  arrived.push({ ...payload, type: request.headers['content-type'] })
  const answer = answers.shift() ?? 201
  if (answer === 'silence') return
  response.writeHead(answer, { 'content-type': 'application/json' }).end('{}')
}

async function command(line: string): Promise<string[]> {
  const [name, ...args] = line.split(' ')
  const printed: string[] = []
  const endpoints = endpointsOf(app.installation)
  const commands = noticeCommands({ endpoints, print: (text) => printed.push(text) })
  await commands.find((one) => one.name === name)?.run(args)
  return printed
}

const connect = (office: string) =>
  command(`notice:connect --office ${office} --url ${receiver.origin}/${office}/corrections`)
const send = () =>
  app.portal.jobs.find(({ name }) => name === 'rectification.tell')?.work() ?? Promise.resolve(-1)
const later = (ms: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + ms))

const waiting = () => waitingRequest(app, { shown, secret })

async function decided() {
  const request = await waiting()
  await decide(app, request, 'corrected')
  return request
}

/** What is withheld is told behind the turn of the job: waits until it is. */
async function untilSealed(
  { table }: Pick<Awaited<ReturnType<typeof waiting>>, 'table'>,
  state: string,
): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if ((await table('sealed_notice')).join() === `${secret} ${state}`) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(await table('sealed_notice')).toEqual([`${secret} ${state}`])
}

async function recipients({ somebody, reference }: Awaited<ReturnType<typeof waiting>>) {
  return (await app.portal.rectification.request(somebody.actor, reference)).recipients
}

describe('an office that is connected', () => {
  it('gets what was decided, signed, with the value, and its answer is its confirmation', async () => {
    await connect(shown)
    const request = await decided()
    expect(await request.table('notice')).toEqual([`${shown} waiting`])
    expect(await send()).toBe(1)
    expect(arrived).toEqual([
      expect.objectContaining({
        type: 'application/jose',
        sub: request.subject,
        office: shown,
        field: FIELD,
        value: VALUE,
        outcome: 'corrected',
        reference: request.reference,
      }),
    ])
    expect(await recipients(request)).toEqual([
      expect.objectContaining({ state: 'acknowledged', acknowledgedAt: app.clock.now() }),
    ])
    later(60 * MINUTE)
    expect(await send()).toBe(0)
  })

  it('gets the same message again, later and later, until it answers', async () => {
    await connect(shown)
    const request = await decided()
    answers = [500, 'silence', 202, 200]
    const states = []
    for (const pause of [1, 2, 4, 8]) {
      await send()
      states.push((await recipients(request))[0]?.state)
      later(pause * MINUTE - 1_000)
      expect(await send()).toBe(0)
      later(1_000)
    }
    expect(states).toEqual(['waiting', 'sent', 'sent', 'acknowledged'])
    expect(arrived).toHaveLength(4)
    expect(new Set(arrived.map(({ jti }) => jti)).size).toBe(1)
    expect(await send()).toBe(0)
  })

  it.each([409, 422])('that refuses for good (%i) is left to a person', async (status) => {
    await connect(shown)
    const request = await decided()
    answers = [status]
    await send()
    expect((await recipients(request))[0]?.state).toBe('failed')
    later(24 * 60 * MINUTE)
    expect(await send()).toBe(0)
  })

  it('that never answers well is left to a person after twenty tries', async () => {
    await connect(shown)
    const request = await decided()
    answers = Array.from({ length: 30 }, () => 500)
    let tries = 0
    for (; tries < 30 && (await send()) === 1; tries++) later(6 * 60 * MINUTE)
    expect(tries).toBe(MOST_TRIES)
    expect((await recipients(request))[0]?.state).toBe('failed')
  })

  it('is told again where the portal died before it wrote the answer down', async () => {
    await connect(shown)
    await decided()
    const { rows } = await superuser.query(
      'select notice from rectification.take_notices($1, 8, false)',
      [app.clock.now()],
    )
    expect(rows).toHaveLength(1)
    expect(await send()).toBe(0)
    later(MINUTE)
    expect(await send()).toBe(1)
  })

  it('hears of it as the register of the office that decided, and is shown as no recipient', async () => {
    const request = await waiting()
    const decider = app.installation.catalogue.parties.byId(request.clerk.office ?? 0)?.code ?? ''
    await connect(decider)
    await decide(app, request, 'corrected')
    await send()
    expect(arrived).toEqual([expect.objectContaining({ office: decider, value: VALUE })])
    expect((await recipients(request)).map(({ office }) => office.code)).toEqual([shown])
    const { recipients: seen } = await app.portal.casework.open(request.clerk, request.reference)
    expect(seen.map(({ office, isOwn }) => [office.code, isOwn])).toEqual([
      [decider, true],
      [shown, false],
    ])
  })
})

describe('a withheld recipient', () => {
  it('is told like any other, and stands on no page', async () => {
    await connect(secret)
    const request = await decided()
    expect(await request.table('sealed_notice')).toEqual([`${secret} waiting`])
    await send()
    await untilSealed(request, 'acknowledged')
    expect(arrived).toEqual([expect.objectContaining({ office: secret, value: VALUE })])
    expect((await recipients(request)).map(({ office }) => office.code)).toEqual([shown])
  })
})

describe('an office that is not connected', () => {
  it('is for a person to tell, who says so', async () => {
    const request = await decided()
    expect(await send()).toBe(0)
    expect((await recipients(request))[0]?.state).toBe('to_print')
    const office = app.installation.catalogue.parties.byCode(shown)?.id ?? 0
    const letter = { reference: request.reference, office }
    await app.portal.casework.printed(request.clerk, letter)
    expect((await recipients(request))[0]?.state).toBe('printed')
    await expect(app.portal.casework.printed(request.clerk, letter)).rejects.toThrow()
  })

  it('is sent what waits for it once it is connected', async () => {
    const request = await decided()
    expect(await command('notice:list')).toEqual(
      expect.arrayContaining([
        `${shown}  not connected, decisions wait`,
        `${secret}  not connected, decisions wait`,
      ]),
    )
    await connect(shown)
    await connect(secret)
    // The figure counts what people may know of.
    expect(await send()).toBe(1)
    await untilSealed(request, 'acknowledged')
    expect(await command('notice:list')).toHaveLength(2)
  })

  it('any more is for a person as well', async () => {
    await connect(shown)
    const request = await decided()
    await command(`notice:disconnect --office ${shown}`)
    await send()
    expect(arrived).toEqual([])
    expect((await recipients(request))[0]?.state).toBe('to_print')
  })
})

describe('a private or foreign body', () => {
  const parties = () =>
    app.installation.catalogue.parties.all.filter(
      ({ level, hasOffices }) => (level === 'non-state' || level === 'foreign') && !hasOffices,
    )

  it('is never connected', async () => {
    expect(parties().length).toBeGreaterThan(0)
    for (const { code } of parties()) await expect(connect(code)).rejects.toThrow(/by a person/)
  })

  it('is never sent anything, even where an address is written past the command', async () => {
    const request = await decided()
    const [body] = parties()
    await superuser.query('insert into rectification.endpoint values ($1, $2, now())', [
      body?.id,
      `${receiver.origin}/x/corrections`,
    ])
    await superuser.query(
      `update rectification.notice set recipient = $1, state = 'waiting', next_at = made_at`,
      [body?.id],
    )
    await send()
    expect(arrived).toEqual([])
    expect(await request.table('notice')).toEqual([`${body?.code} to_print`])
  })
})

describe('the commands', () => {
  it.each([
    ['notice:connect --office nobody --url https://a.example/c', /no such office/],
    ['notice:connect --office abh --url https://a.example/c', /has offices/],
    ['notice:connect --office i.pf.abh --url http://a.example/c', /must be https/],
    ['notice:connect --office i.pf.abh', /--url is missing/],
    ['notice:disconnect --office i.pf.abh', /not connected/],
    ['notice:list --all', /cannot be read/],
  ])('refuse %s', async (line, reason) => {
    await expect(command(line)).rejects.toThrow(reason)
  })
})
