import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { startTestApp } from '../support/app.js'
import { holderOf, livesOf, type Holder, type Lives, type SignedRecord } from './receipt-holder.js'
import { roomOf, type Person, type Room } from './room.js'

let room: Room
let person: Person
let holder: Holder
let stranger: Holder
let lives: Lives
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mirat-receipts-'))
  room = await roomOf(await startTestApp())
  person = await room.resident('amina')
  await room.resident('dilan')
  const staff = { clerk: await room.staff('clerk'), colleague: await room.staff('colleague') }
  lives = await livesOf(room, { person, ...staff })
  holder = await holderOf(room.app, 'amina')
  stranger = await holderOf(room.app, 'dilan')
})

afterAll(async () => {
  await room?.close()
  rmSync(folder, { recursive: true })
})

const GERMAN = {
  given: 'Sie haben die Einwilligung gegeben.',
  refused: 'Sie haben die Einwilligung nicht gegeben.',
  withdrawn: 'Sie haben die Einwilligung widerrufen.',
  superseded: 'Eine neuere Einwilligung hat diese ersetzt.',
  expired: 'Die Zeit der Einwilligung ist um.',
} as const
const EVENTS = ['given', 'refused', 'withdrawn', 'superseded', 'expired'] as const

/** The keys that the portal shows everybody, and nothing else. */
async function published(): Promise<ReturnType<typeof createLocalJWKSet>> {
  const answer = await fetch(`${room.app.url}/.well-known/jwks.json`)
  expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
  return createLocalJWKSet((await answer.json()) as JSONWebKeySet)
}

describe('the receipt of an entry', () => {
  it.each(EVENTS)('that says %s is a page, a paper and a record', async (event) => {
    const base = `/ar/me/permissions/${lives[event]}/receipt`
    const page = await holder.open(base)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain('<html lang="ar" dir="rtl"')
    expect(html).toContain(lives[event])
    // The German text counts, so it stands beside the other.
    expect(html).toContain(GERMAN[event])
    const paper = await holder.open(`${base}.pdf`)
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    expect(paper.headers.get('content-disposition')).toMatch(/^attachment; filename="mirat-/)
    const record = await holder.open(`${base}.json`)
    expect(record.headers.get('content-type')).toMatch(/^application\/ld\+json/)
  })

  it('is there for each entry, and each says what held then', async () => {
    const states = async (entry?: number) => {
      const record = await holder.record(lives.withdrawn, entry)
      const events = record['dpv:hasConsentStatus'] as readonly { '@type': string[] }[]
      return events.map(({ '@type': [state] }) => state)
    }
    expect(await states(1)).toEqual(['dpv:ConsentGiven'])
    expect(await states(2)).toEqual(['dpv:ConsentGiven', 'dpv:ConsentWithdrawn'])
    expect(await states()).toEqual(await states(2))
    const html = await (await holder.open(`/de/me/permissions/${lives.withdrawn}/receipt`)).text()
    expect(html).toContain('Sie haben die Einwilligung widerrufen.')
    expect(html).toContain(`/de/me/permissions/${lives.withdrawn}/receipt?entry&#x3D;1`)
  })

  it.each(['0', '3', '01', '-1', 'x', '99999', ''])('is not there for entry %p', async (entry) => {
    for (const end of ['receipt', 'receipt.pdf', 'receipt.json']) {
      const path = `/de/me/permissions/${lives.withdrawn}/${end}?entry=${entry}`
      expect((await holder.open(path)).status).toBe(404)
    }
  })

  it('is not there for another person, nor for a reference of nobody', async () => {
    for (const end of ['receipt', 'receipt.pdf', 'receipt.json']) {
      const foreign = await stranger.open(`/de/me/permissions/${lives.refused}/${end}`)
      const nowhere = await stranger.open(`/de/me/permissions/ABCD2345/${end}`)
      expect([foreign.status, nowhere.status]).toEqual([404, 404])
    }
  })
})

describe('the paper', () => {
  async function copied(reference: string): Promise<string> {
    const answer = await holder.open(`/ar/me/permissions/${reference}/receipt.pdf`)
    const file = join(folder, 'receipt.pdf')
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    // Marks of direction, which pdftotext puts between words, are no part of what is said.
    const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })
    return text.replaceAll(/[\u200e\u200f\u202a-\u202e]/g, '').normalize('NFC')
  }

  it('says it in German and in the language of the reader, and gives the wording as it was read', async () => {
    const text = await copied(lives.withdrawn)
    expect(text).toContain('Sie haben die Einwilligung widerrufen.')
    expect(text).toContain('سحبتَ الموافقة'.normalize('NFC'))
    expect(text).toContain(lives.withdrawn)
    expect(text).toContain('Sie selbst')
    expect(text).toContain('أنت بنفسك'.normalize('NFC'))
    const { content } = await room.app.portal.consents.consent(person.actor, lives.withdrawn)
    expect(text.replace(/\s+/g, ' ')).toContain(content.wordings['de']?.title)
  })

  it('is tagged, and has the same bytes each time', async () => {
    const bytes = async () => {
      const answer = await holder.open(`/ar/me/permissions/${lives.given}/receipt.pdf`)
      return Buffer.from(await answer.arrayBuffer())
    }
    const [one, other] = [await bytes(), await bytes()]
    expect(one.equals(other)).toBe(true)
    expect(one.toString('latin1')).toContain('/StructTreeRoot')
  })
})

describe('the signed record', () => {
  it.each(EVENTS)('that says %s holds under the published key alone', async (event) => {
    const { 'sec:jws': jws, ...record } = await holder.record(lives[event])
    const { payload, protectedHeader } = await compactVerify(jws, await published(), {
      algorithms: ['EdDSA'],
    })
    expect(protectedHeader.typ).toBe('consent-record+jwt')
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(record)
  })

  it('is signed with another key than what offices are sent', async () => {
    const answer = await fetch(`${room.app.url}/.well-known/jwks.json`)
    const { keys } = (await answer.json()) as JSONWebKeySet
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(2)
    const [head = ''] = (await holder.record(lives.given))['sec:jws'].split('.')
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string }
    expect(keys.findIndex((key) => key.kid === kid)).toBe(1)
  })

  it('does not hold once a word of it is changed', async () => {
    const { 'sec:jws': jws } = await holder.record(lives.refused)
    const [head, body = '', signature] = jws.split('.')
    const forged = Buffer.from(body, 'base64url')
      .toString()
      .replace('dpv:ConsentRefused', 'dpv:ConsentGiven')
    const parts = [head, Buffer.from(forged).toString('base64url'), signature]
    await expect(compactVerify(parts.join('.'), await published())).rejects.toThrow()
  })

  it('carries the words that were read, whose hash stands in the log', async () => {
    const record = await holder.record(lives.given)
    const { entries } = await room.app.portal.consents.consent(person.actor, lives.given)
    const { 'rdf:value': seen, 'spdx:checksum': checksum } = noticeOf(record)
    const digest = createHash('sha256').update(seen).digest('hex')
    expect(checksum['spdx:checksumValue']).toBe(digest)
    expect(entries[0]?.wording.toString('hex')).toBe(digest)
    expect(JSON.parse(seen)).toMatchObject({
      language: 'de',
      purpose: expect.any(String) as string,
    })
  })

  it('names the person by the consent alone', async () => {
    const people = new Set<unknown>()
    for (const event of EVENTS) {
      const record = await holder.record(lives[event])
      const text = JSON.stringify(record)
      expect(text).not.toContain(person.subject)
      expect(text).not.toContain(person.number)
      people.add(JSON.stringify(record['dpv:hasDataSubject']))
    }
    expect(people.size).toBe(5)
  })
})

interface Notice {
  readonly 'rdf:value': string
  readonly 'spdx:checksum': { readonly 'spdx:checksumValue': string }
}

function noticeOf(record: SignedRecord): Notice {
  return record['dpv:hasNotice'] as Notice
}
