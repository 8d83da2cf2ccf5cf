import fc from 'fast-check'
import { startTestApp } from '../support/app.js'
import { legal } from './machine.js'
import { commandsOf } from './model-commands.js'
import { beginning, type Model, type World } from './model.js'
import { roomOf, type Room } from './room.js'

let room: Room
let world: World

beforeAll(async () => {
  room = await roomOf(await startTestApp({ env: { OPEN_REQUESTS: '10000' } }))
  world = {
    room,
    residents: [await room.resident('amina'), await room.resident('bilal')],
    clerks: [
      await room.clerk('first'),
      await room.clerk('second'),
      await room.clerk('third', room.other),
      await room.clerk('fourth', room.other),
    ],
  }
})

afterAll(() => room?.close())

/** Where the events of every request lead, with gaps in their numbers as faults. */
async function replayed(): Promise<Map<string, string>> {
  const { rows } = await room.superuser.query<{ reference: string; kind: string; number: number }>(
    'select reference, kind, number from rectification.request_event order by reference, number',
  )
  const states = new Map<string, { state: string; number: number }>()
  for (const { reference, kind, number } of rows) {
    const { state, number: last } = states.get(reference) ?? { state: 'draft', number: 0 }
    const to = number === last + 1 ? legal.get(`${state} ${kind}`)?.to : undefined
    states.set(reference, { state: to ?? `${kind} after ${state}`, number })
  }
  return new Map([...states].map(([reference, { state }]) => [reference, state]))
}

async function rows(): Promise<Map<string, string>> {
  const { rows: all } = await room.superuser.query<{ reference: string; state: string }>(
    "select reference, state from rectification.request where state <> 'draft'",
  )
  return new Map(all.map(({ reference, state }) => [reference, state]))
}

async function checkDrafts(model: Model): Promise<void> {
  const { rectification } = room.app.portal
  for (const [owner, resident] of world.residents.entries()) {
    const stored = await rectification.drafts(resident)
    const expected = model.drafts.filter((draft) => draft.owner === owner)
    expect(new Map(stored.map(({ id, statement }) => [id, statement]))).toEqual(
      new Map(expected.map(({ id, statement }) => [id, statement])),
    )
  }
}

describe('requests under many hands', () => {
  it('stand where an independent model says, whatever people try in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(commandsOf(world), async (commands) => {
        const model = beginning()
        await fc.asyncModelRun(() => ({ model, real: world }), commands)
        await checkDrafts(model)
        for (const { id, owner } of model.drafts) {
          await room.app.portal.rectification.drop(world.residents[owner] ?? fail(), id)
        }
      }),
      { numRuns: 25, endOnFailure: true, interruptAfterTimeLimit: 45_000 },
    )
    const stored = await rows()
    expect(stored.size).toBeGreaterThan(40)
    expect(await replayed()).toEqual(stored)
    expect(await room.faults()).toEqual([])
  })
})

function fail(): never {
  throw new Error('the model has an owner that there is not')
}
