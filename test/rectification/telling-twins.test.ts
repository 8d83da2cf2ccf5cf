import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { endpointsOf } from '../../server/compose/requests.js'
import { runJob } from '../../server/platform/jobs.js'
import { createLog } from '../../server/platform/log.js'
import { answering } from '../registers/connected.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { decide, recipientsIn, waitingRequest } from './decided.js'

let app: TestApp
let receiver: Awaited<ReturnType<typeof answering>>
let lines: string[] = []
/** Answers that a withheld office holds back. */
let held: ServerResponse[] = []
const log = createLog('info', { write: (line) => void lines.push(line) })

beforeAll(async () => {
  app = await startTestApp({ log })
  const { secret } = recipientsIn(app)
  receiver = await answering((request, response) => {
    request.resume()
    if (request.url?.includes(secret) === true) held.push(response)
    else response.writeHead(500).end()
  })
})

afterAll(async () => {
  for (const response of held) response.destroy()
  receiver?.close()
  await app?.close()
})

/** One turn of the job for a person whose field was received, with all that anybody may see of it. */
async function turn(twin: 'with' | 'without') {
  const { shown, secret } = recipientsIn(app)
  const endpoints = endpointsOf(app.installation)
  for (const office of [shown, secret]) {
    const url = `${receiver.origin}/${office}/corrections`
    expect((await endpoints.connect({ office, url })).ok).toBe(true)
  }
  const { portal } = app
  const request = await waitingRequest(app, { shown, secret })
  await decide(app, request, 'corrected')
  if (twin === 'without') {
    await app.installation.admin.deleteFrom('rectification.sealed_notice').execute()
  }
  lines = []
  held = []
  const job = portal.jobs.find(({ name }) => name === 'rectification.tell')
  const begun = performance.now()
  if (job !== undefined) await runJob(job, log)
  const took = performance.now() - begun
  const { recipients } = await portal.rectification.request(
    request.somebody.actor,
    request.reference,
  )
  // What follows behind the turn is sent by now; the withheld office refuses in the end, and may leave no line.
  await pause(500)
  const asked = held.length
  for (const response of held) response.writeHead(500).end()
  await pause(500)
  const logged = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .map(({ message, msg, event, job: name, count, office, code }) =>
      JSON.stringify({ message, msg, event, name, count, office, code }),
    )
  return {
    took,
    asked,
    seen: { states: recipients.map(({ state }) => state), logged },
  }
}

test('a person whose field was received in secret sees the same, as soon, and so does whoever reads the log', async () => {
  const without = await turn('without')
  const hidden = await turn('with')
  expect([without.asked, hidden.asked]).toEqual([0, 1])
  expect(hidden.seen).toEqual(without.seen)
  expect(hidden.seen.logged.join()).toContain('"count":1')
  expect(hidden.seen.logged.join()).toContain('status_500')
  // The withheld office has not answered yet: its three seconds are nobody's.
  expect(hidden.took).toBeLessThan(1_500)
}, 60_000)
