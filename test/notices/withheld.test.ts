import type { StoredMessage } from '../../server/notices/service.js'
import {
  accessOf,
  decide,
  file,
  flowsOfField,
  person,
  record,
  recipientsIn,
} from '../rectification/decided.js'
import { officeOf } from '../overview/world.js'
import { startTestApp, type TestApp } from '../support/app.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp()
})

afterAll(() => app?.close())

/** What a person is told whose field one office received openly, and another one in secret where it is said so. */
async function toldTo({ inSecret }: { readonly inSecret: boolean }) {
  const somebody = await person(app, 1)
  const [subject] = somebody.subjects
  if (subject === undefined) throw new Error('a person has a number')
  const { open, withheld } = flowsOfField(app)
  const { shown, secret } = recipientsIn(app)
  const at = new Date(app.clock.now().getTime() - 86_400_000)
  const access = (flows: typeof open, code: string) => {
    const flow = flows.find(
      ({ recipient }) => officeOf(app.installation.catalogue, recipient).code === code,
    )
    if (flow === undefined) throw new Error(`no flow to ${code}`)
    return accessOf(app, { flow, subject, at })
  }
  await record(app, [access(open, shown), ...(inSecret ? [access(withheld, secret)] : [])])
  const filed = await file(app, somebody)
  await decide(app, filed, 'corrected')
  for (const { work } of app.portal.jobs) await work()
  const messages: StoredMessage[] = []
  for await (const message of app.portal.inbox.all(somebody.actor)) messages.push(message)
  return messages.map(({ code, params: { reference, ...params } }) => ({
    ...{ code, params },
    isOwn: reference === filed.reference,
  }))
}

it('a person with withheld entries is told the same as one without', async () => {
  const [secret, plain] = [await toldTo({ inSecret: true }), await toldTo({ inSecret: false })]
  expect(plain).toEqual([
    expect.objectContaining({ code: 'request_decided', isOwn: true }) as unknown,
  ])
  expect(secret).toEqual(plain)
})
