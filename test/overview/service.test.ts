import { createHash } from 'node:crypto'
import { verifyInclusion } from '../../server/ledger/merkle.js'
import { verifierOf } from '../../server/ledger/note-keys.js'
import { openCheckpoint } from '../../server/ledger/checkpoint.js'
import { parseProof } from '../../server/ledger/proof.js'
import type { SubjectId } from '../../server/identity/index.js'
import { uuidBytes } from '../../server/platform/kernel/ids.js'
import {
  access,
  flowLike,
  NOON,
  officeOf,
  openWorld,
  QUERY,
  resident,
  STORE,
  subject,
  WITHHELD,
  type Told,
  type World,
} from './world.js'

let world: World
let anna: SubjectId
let boris: SubjectId

beforeAll(async () => {
  world = await openWorld()
}, 60_000)
afterAll(() => world.close())
beforeEach(() => {
  world.clock.moveTo(NOON)
  anna = subject()
  boris = subject()
})

const tellOne = async (told: Partial<Told> = {}) => {
  const [index] = await world.record([access(world.catalogue, { subject: anna, ...told })])
  return index ?? -1
}
const flow = (wanted: Parameters<typeof flowLike>[1]) => flowLike(world.catalogue, wanted)
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error: Error & { code?: string }) => ({
      name: error.name,
      message: error.message,
      code: error.code,
    }),
  )

describe('what is another’s and what does not exist', () => {
  it('are refused in the very same way, as an access, as a proof and as an office', async () => {
    const foreign = await tellOne({ subject: boris, flow: flow(STORE) })
    const sealed = await tellOne({ flow: flow(WITHHELD) })
    await world.ledger.tick()
    const { access: one, proof, office } = world.overview
    const actor = resident([anna])
    const nothing = await refusal(one(actor, 999_999))
    expect(nothing).toMatchObject({ code: 'NOT_FOUND' })
    for (const index of [foreign, sealed]) {
      expect(await refusal(one(actor, index))).toEqual(nothing)
      expect(await refusal(proof(actor, index))).toEqual(nothing)
    }
    const holder = officeOf(world.catalogue, 'bva')
    expect(await refusal(office(actor, holder.code))).toEqual(nothing)
    expect(await refusal(office(actor, 'i.xx.abh'))).toEqual(nothing)
    expect(await refusal(world.overview.field(actor, 'azr.none'))).toEqual(nothing)
    expect((await office(resident([boris]), holder.code)).party).toEqual(holder)
  })
})

/** Checks the downloaded file by itself: nothing but SHA-256 and the log's public key. */
function leafOf(opening: { body: string; salt: string; class: number; subject: string }): Buffer {
  const sha256 = (...parts: (Buffer | string)[]) =>
    createHash('sha256')
      .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
      .digest()
  const salt = Buffer.from(opening.salt, 'base64')
  const number = Buffer.from([opening.class >> 8, opening.class & 255])
  const link = sha256('mirat/link/v1\0', salt.subarray(16), uuidBytes(opening.subject), number)
  const commitment = sha256('mirat/entry/v1\0', salt.subarray(0, 16), sha256(opening.body), link)
  return sha256(Buffer.from([0, 1]), commitment)
}

describe('the proof of an access', () => {
  it('waits for the next tick, and until then opens the entry alone', async () => {
    await world.ledger.tick()
    const index = await tellOne()
    const actor = resident([anna])
    expect((await world.overview.access(actor, index)).proof).toEqual({ kind: 'waiting' })
    const { proof, opening } = await world.overview.proof(actor, index)
    expect(proof).toBeUndefined()
    expect(JSON.parse(opening)).toMatchObject({ index, subject: anna })
    await world.ledger.tick()
    expect((await world.overview.access(actor, index)).proof).toEqual({ kind: 'covered', at: NOON })
  })

  it('is a tlog-proof whose opening leads to the leaf and whose path leads to the signed root', async () => {
    const index = await tellOne({ caseRef: 'PF-7', unit: 'casework' })
    await world.ledger.tick()
    const { proof = '', opening } = await world.overview.proof(resident([anna]), index)
    const parsed = parseProof(proof)
    expect(Buffer.from(parsed.extra ?? []).toString()).toBe(opening)
    const parts = JSON.parse(opening) as Parameters<typeof leafOf>[0] & {
      vkey: string
      origin: string
    }
    const { root, size } = openCheckpoint(parsed.checkpoint, {
      origin: parts.origin,
      verifiers: [verifierOf(parts.vkey)],
    })
    const claim = { index, size, proof: parsed.hashes, root }
    expect(verifyInclusion({ ...claim, leafHash: leafOf(parts) })).toBe(true)
    const altered = parts.body.replace('PF-7', 'PF-8')
    expect(verifyInclusion({ ...claim, leafHash: leafOf({ ...parts, body: altered }) })).toBe(false)
    expect(verifyInclusion({ ...claim, leafHash: leafOf({ ...parts, subject: boris }) })).toBe(
      false,
    )
  })
})

describe('a letter session', () => {
  const letter = () => resident([anna], 'letter')

  it('sees neither unit, case number, place nor proof of an access', async () => {
    const index = await tellOne({ caseRef: 'PF-7', unit: 'casework' })
    await world.ledger.tick()
    const { entry, proof } = await world.overview.access(letter(), index)
    expect(proof).toEqual({ kind: 'hidden' })
    expect(entry).not.toHaveProperty('unit')
    expect(entry).not.toHaveProperty('caseRef')
    expect(entry.recipient).toEqual(world.catalogue.parties.byCode('abh'))
    expect(JSON.stringify(entry)).not.toContain('Pforzheim')
    expect(await refusal(world.overview.proof(letter(), index))).toMatchObject({
      code: 'ASSURANCE',
    })
  })

  it('reaches an office by its kind, and by its own code no more than one that does not exist', async () => {
    await tellOne()
    const own = officeOf(world.catalogue, 'abh')
    const { party, accesses } = await world.overview.office(letter(), 'abh')
    expect([party.kind, accesses]).toEqual(['authority', 1])
    const nothing = await refusal(world.overview.office(letter(), 'i.xx.abh'))
    expect(await refusal(world.overview.office(letter(), own.code))).toEqual(nothing)
    expect(await refusal(world.overview.office(resident([anna]), 'abh'))).toEqual(nothing)
  })

  it('filters by kinds of offices and is offered no single field', async () => {
    await tellOne()
    await tellOne({ flow: flow({ ...QUERY, recipient: 'jobcenter' }) })
    const abh = world.catalogue.parties.byCode('abh')
    const { months, occurring } = await world.overview.accesses(
      letter(),
      { ...(abh && { office: abh }) },
      {},
    )
    expect(months.flatMap(({ groups }) => groups)).toHaveLength(1)
    expect(occurring.fields).toEqual([])
    expect(occurring.parties.map(({ kind }) => kind)).toEqual(['authority', 'authority'])
  })

  it('is told to sign in more surely before it sees a single field', async () => {
    const look = world.overview.field(letter(), 'azr.address_current')
    expect(await refusal(look)).toMatchObject({ code: 'ASSURANCE' })
  })
})

describe('an access', () => {
  it('carries the rules that it breaks, with the fields that they concern', async () => {
    const index = await tellOne({
      flow: flow({ ...QUERY, recipient: 'jobcenter' }),
      fields: ['azr.family_name', 'azr.fingerprints'],
    })
    const { entry } = await world.overview.access(resident([anna]), index)
    const names = entry.flags.map(({ rule, fields }) => [rule, fields.map(({ code }) => code)])
    expect(names).toEqual([
      ['flow.fields_beyond', ['azr.fingerprints']],
      ['rst.fingerprints', ['azr.fingerprints']],
    ])
  })
})
