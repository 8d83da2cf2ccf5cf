import jsonld from 'jsonld'
import { startTestApp } from '../support/app.js'
import { holderOf, livesOf, type Holder, type Lives, type SignedRecord } from './receipt-holder.js'
import { roomOf, type Room } from './room.js'

const DPV = 'https://w3id.org/dpv#'
const DCT = 'http://purl.org/dc/terms/'
const GDPR = 'https://w3id.org/dpv/legal/eu/gdpr#'
const SPDX = 'http://spdx.org/rdf/terms#'

let room: Room
let holder: Holder
let lives: Lives

beforeAll(async () => {
  room = await roomOf(await startTestApp())
  const person = await room.resident('amina')
  const staff = { clerk: await room.staff('clerk'), colleague: await room.staff('colleague') }
  lives = await livesOf(room, { person, ...staff })
  holder = await holderOf(room.app, 'amina')
})

afterAll(() => room?.close())

/** A processor of others, without a network: whatever it would load from elsewhere is a fault. */
const offline = {
  documentLoader: (url: string): Promise<never> =>
    Promise.reject(new Error(`nothing is loaded, not even ${url}`)),
}

type Node = Readonly<Record<string, readonly Node[]>> & {
  readonly '@id'?: string
  readonly '@type'?: string | readonly string[]
  readonly '@value'?: string
}

async function expanded(record: SignedRecord): Promise<Node> {
  const [node] = await jsonld.expand(record, offline)
  return node as unknown as Node
}

const EVENTS = ['given', 'refused', 'withdrawn', 'superseded', 'expired'] as const
const STATES = {
  given: 'RenewedConsentGiven',
  refused: 'ConsentRefused',
  withdrawn: 'ConsentWithdrawn',
  superseded: 'ConsentStatusInvalidForProcessing',
  expired: 'ConsentExpired',
} as const

/** What ISO/IEC TS 27560 makes mandatory, where the profile puts it: record, process, parties, events. */
const MANDATORY = {
  record: [
    ...[`${DCT}conformsTo`, `${DCT}identifier`, `${DCT}language`, `${DPV}hasDataSubject`],
    ...[`${DPV}hasNotice`, `${DPV}hasProcess`, `${DPV}hasEntity`, `${DPV}hasConsentStatus`],
  ],
  process: [
    ...[`${DPV}hasPurpose`, `${DPV}hasPersonalData`, `${DPV}hasDataController`],
    ...[`${DPV}hasStorageCondition`, `${DPV}hasRecipient`, `${DPV}hasConsentControl`],
    // What the GDPR profile adds to it.
    ...[`${DPV}hasJurisdiction`, `${DPV}hasLegalBasis`, `${DPV}hasRight`, `${DPV}hasNecessity`],
  ],
  party: [
    ...[`${DPV}hasName`, `${DPV}hasIdentifier`, `${DPV}hasAddress`, `${DPV}hasContact`],
    `${DCT}identifier`,
  ],
  event: [
    ...[`${DPV}isIndicatedAtTime`, `${DPV}isIndicatedBy`, `${DPV}hasDuration`],
    `${DPV}hasIndicationMethod`,
  ],
}

describe('a foreign processor', () => {
  it.each(EVENTS)('finds each mandatory field of a record that says %s', async (event) => {
    const record = await expanded(await holder.record(lives[event]))
    expect(record['@type']).toEqual([`${DPV}ConsentRecord`])
    const [profile] = record[`${DCT}conformsTo`] ?? []
    expect(profile?.['@id']).toBe('https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr')
    const missing = (node: Node | undefined, names: readonly string[]) =>
      names.filter((name) => (node?.[name] ?? []).length === 0)
    const [process] = record[`${DPV}hasProcess`] ?? []
    const parties = record[`${DPV}hasEntity`] ?? []
    const events = record[`${DPV}hasConsentStatus`] ?? []
    expect(missing(record, MANDATORY.record)).toEqual([])
    expect(missing(process, MANDATORY.process)).toEqual([])
    expect(parties.length).toBeGreaterThan(0)
    expect(parties.flatMap((party) => missing(party, MANDATORY.party))).toEqual([])
    expect(events.flatMap((one) => missing(one, MANDATORY.event))).toEqual([])
    expect(events.at(-1)?.['@type']).toContain(DPV + STATES[event])
  })

  it('finds purpose, data, legal basis, controller and recipients as IRIs', async () => {
    const record = await expanded(await holder.record(lives.given))
    const [process] = record[`${DPV}hasProcess`] ?? []
    const ids = (name: string) => (process?.[`${DPV}${name}`] ?? []).map((node) => node['@id'])
    expect(ids('hasLegalBasis')).toEqual([`${GDPR}A6-1-a`])
    expect(ids('hasDataController')).toEqual([`urn:mirat:party:${room.office.code}`])
    const { fields, recipients, purpose } = room.content('c.newsletter')
    expect(ids('hasPersonalData')).toEqual(fields.map((code) => `urn:mirat:field:${code}`))
    expect(ids('hasRecipient')).toEqual(recipients.map((code) => `urn:mirat:party:${code}`))
    expect(ids('hasPurpose')).toEqual([`urn:mirat:purpose:${purpose}`])
    const [control] = process?.[`${DPV}hasConsentControl`] ?? []
    expect(control?.['@type']).toEqual([`${DPV}WithdrawConsent`])
    const [place] = control?.[`${DPV}isExercisedAt`] ?? []
    expect(place?.['@id']).toBe(`${room.app.url}/ar/me/permissions/${lives.given}`)
  })

  it('finds the hash and the language of the notice, and what time is a time', async () => {
    const record = await expanded(await holder.record(lives.withdrawn))
    const [notice] = record[`${DPV}hasNotice`] ?? []
    const [checksum] = notice?.[`${SPDX}checksum`] ?? []
    expect(checksum?.[`${SPDX}algorithm`]?.[0]?.['@id']).toBe(`${SPDX}checksumAlgorithm_sha256`)
    expect(checksum?.[`${SPDX}checksumValue`]?.[0]?.['@value']).toMatch(/^[0-9a-f]{64}$/)
    expect(notice?.[`${DCT}language`]?.[0]?.['@value']).toBe('de')
    const [event] = record[`${DPV}hasConsentStatus`] ?? []
    const [time] = event?.[`${DPV}isIndicatedAtTime`] ?? []
    expect(time?.['@type']).toBe('http://www.w3.org/2001/XMLSchema#dateTime')
  })

  it('follows a newer consent to the one that it replaces, and back', async () => {
    const newer = await expanded(await holder.record(lives.given))
    const older = await expanded(await holder.record(lives.superseded))
    const linked = (node: Node, name: string) => node[`${DCT}${name}`]?.[0]?.['@id']
    expect(linked(newer, 'replaces')).toBe(linked(older, 'isVersionOf'))
    expect(linked(older, 'isReplacedBy')).toBe(linked(newer, 'isVersionOf'))
    expect(linked(await expanded(await holder.record(lives.expired)), 'replaces')).toBeUndefined()
  })

  it('drops no member of it: each is an IRI of a vocabulary', async () => {
    const quads = await jsonld.toRDF(await holder.record(lives.refused), {
      ...offline,
      format: 'application/n-quads',
    })
    expect(quads).toContain(`<${DPV}ConsentRefused>`)
    const names = JSON.stringify(await holder.record(lives.refused)).match(/"[a-z-]+:[A-Za-z]+":/g)
    const prefixes = new Set((names ?? []).map((name) => name.slice(1).split(':')[0]))
    expect([...prefixes].sort()).toEqual(['dct', 'dpv', 'rdf', 'sec', 'skos', 'spdx'])
  })
})
