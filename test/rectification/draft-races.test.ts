import type { ResidentActor } from '../../server/identity/index.js'
import type { Evidence } from '../../server/rectification/evidence.js'
import { startTestApp } from '../support/app.js'
import { roomOf, type Room } from './room.js'

let room: Room
let resident: ResidentActor

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  resident = await room.resident('amina')
})

afterAll(() => room?.close())

const PROOF: Evidence = { name: 'proof.png', type: 'image/png', bytes: Buffer.alloc(2_000_000, 1) }

/** Waits until somebody stands before a row. */
async function waitingForALock(): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { rowCount } = await room.superuser.query(
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
    )
    if (rowCount === 1) return
  }
  throw new Error('nobody waits for a lock')
}

/** Adds a file while the draft is being changed by a transaction that has not ended. */
async function addedDuring(draft: string, change: string) {
  await room.superuser.query('begin')
  await room.superuser.query(change, [draft])
  const adding = room.app.portal.evidence
    .add(resident, draft, [PROOF])
    .catch((error: unknown) => (error as { code?: unknown }).code)
  await waitingForALock()
  await room.superuser.query('commit')
  return adding
}

const filesOf = async (draft: string) => {
  const { rowCount } = await room.superuser.query(
    'select from rectification.file where request = $1',
    [draft],
  )
  return rowCount
}

describe('a file on its way to a draft', () => {
  it('is no fault where the draft is dropped meanwhile', async () => {
    const draft = await room.draft(resident)
    const change = 'delete from rectification.request where request = $1'
    expect(await addedDuring(draft, change)).toBe('NOT_FOUND')
    expect(await filesOf(draft)).toBe(0)
  })

  it('is no fault where the draft is filed meanwhile', async () => {
    const { rectification, evidence } = room.app.portal
    for (let turn = 0; turn < 12; turn++) {
      const draft = await room.draft(resident)
      const [filed, added] = await Promise.allSettled([
        rectification.file(resident, draft),
        evidence.add(resident, draft, [PROOF]),
      ])
      expect(filed.status).toBe('fulfilled')
      if (added.status === 'rejected') expect(added.reason).toMatchObject({ code: 'NOT_FOUND' })
      expect(await filesOf(draft)).toBe(added.status === 'fulfilled' ? 1 : 0)
    }
    expect(await room.faults()).toEqual([])
  }, 60_000)
})
