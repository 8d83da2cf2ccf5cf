import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { StaffActor } from '../../server/identity/index.js'
import { startTestApp } from '../support/app.js'
import { csrfIn, visitor, type Page, type Visitor } from '../support/visitor.js'
import { roomOf, type Person, type Room } from './room.js'

const CHILD = fileURLToPath(new URL('./web-child.ts', import.meta.url))
const NAME = 'resident-ar'
/** Where in the statements of a request the process is killed; the last is the one that commits. */
const MOMENTS = [0.7, 1] as const

let room: Room
let person: Person
let clerk: StaffActor
let template: string
const running: ChildProcess[] = []

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  person = await room.resident(NAME)
  clerk = await room.staff('clerk')
  const colleague = await room.staff('colleague')
  template = await room.published([clerk, colleague], room.content('c.newsletter'))
  // From here on every yes takes the place of another, so that each takes as many statements as the first.
  await room.answered(person, await room.asked(clerk, person, template), ['all'])
})

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await room?.close()
})

/** A web process of its own, and a browser that is signed in there. */
interface Web {
  readonly browser: Visitor
  /** How many statements it has sent; with a number, it is killed behind as many more. */
  told(more: number | null): Promise<number>
  readonly ended: Promise<unknown>
}

async function startWeb(): Promise<Web> {
  const child = fork(CHILD, [room.app.adminUrl], { execArgv: ['--import', 'tsx'] })
  running.push(child)
  const ended = once(child, 'exit')
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  const browser = visitor({ url })
  await browser.signIn(NAME)
  return {
    browser,
    ended,
    told: async (more) => {
      const answer = once(child, 'message')
      child.send(more as never)
      const [{ sent }] = (await answer) as [{ sent: number }]
      return sent
    },
  }
}

/** Everything that the room holds of answers, as an insider sees it. */
async function standing(): Promise<string> {
  const { rows } = await room.superuser.query<{ all: unknown }>(`select json_build_object(
    'asks', (select json_agg(json_build_array(ask, state, step) order by ask) from consent.ask),
    'consents', (select json_agg(json_build_array(ask, state, step) order by ask) from consent.consent),
    'entries', (select count(*) from consent.entry),
    'notices', (select count(*) from consent.notice),
    'size', (select size from ledger.head)) as all`)
  return JSON.stringify(rows[0]?.all)
}

/** Something that a person does on one page: the page, the form, and what stands there once it is done. */
interface Act {
  readonly path: string
  readonly post: string
  readonly form: Readonly<Record<string, string>>
  readonly entries: () => Promise<readonly string[]>
}

const BASE = '/de/me/permissions'

async function giving(): Promise<Act> {
  const asked = await room.asked(clerk, person, template)
  const path = `${BASE}/asked/${asked}`
  const entries = async () => {
    const { answers } = await room.app.portal.consents.ask(person.actor, asked)
    const [first, ...more] = answers
    expect(more).toEqual([])
    return first === undefined ? [] : room.entries(first.consent.reference)
  }
  return { path, post: path, form: { answer: 'yes', helper: 'none' }, entries }
}

async function withdrawing(): Promise<Act> {
  const asked = await room.asked(clerk, person, template)
  const [reference = ''] = await room.answered(person, asked, ['all'])
  const entries = () => room.entries(reference)
  return { path: BASE, post: `${BASE}/${reference}/stop`, form: {}, entries }
}

/** Opens the page and sends its form. */
async function send(browser: Visitor, act: Act, before: () => Promise<unknown>): Promise<Page> {
  const { body } = await browser.get(act.path)
  const step = /name="step" value="(\d+)"/.exec(body)?.[1]
  const form = { ...act.form, csrf: csrfIn(body), ...(step === undefined ? {} : { step }) }
  await before()
  return browser.post(act.post, form)
}

/** How many statements the request takes that does it. */
async function statementsOf({ browser, told }: Web, make: () => Promise<Act>): Promise<number> {
  let before = 0
  const { status } = await send(browser, await make(), async () => {
    before = await told(null)
  })
  expect(status).toBe(303)
  return (await told(null)) - before
}

describe.each<[string, () => Promise<Act>, readonly string[]]>([
  ['giving', giving, ['given by resident']],
  ['withdrawing', withdrawing, ['given by resident', 'withdrawn by resident']],
])('a web process that is killed while %s', (_what, make, done) => {
  it('leaves all of it or nothing, and the next click does it once', async () => {
    // Starting one takes seconds: the process that counts is the first to be killed.
    const first = await startWeb()
    const count = await statementsOf(first, make)
    expect(count).toBeGreaterThan(8)
    const own = visitor(room.app)
    await own.signIn(NAME)
    for (const [at, share] of MOMENTS.entries()) {
      const act = await make()
      const { browser, ended, told } = at === 0 ? first : await startWeb()
      let before = ''
      const answer = send(browser, act, async () => {
        before = await standing()
        await told(Math.round(count * share))
      })
      await expect(answer).rejects.toThrow()
      expect(await ended).toEqual([null, 'SIGKILL'])
      const isDone = (await act.entries()).length === done.length
      if (!isDone) expect(await standing()).toBe(before)
      expect(isDone || share < 1).toBe(true)
      await send(own, act, () => Promise.resolve()).catch(() => undefined)
      expect(await act.entries()).toEqual(done)
    }
    expect(await room.faults()).toEqual([])
  }, 240_000)
})
