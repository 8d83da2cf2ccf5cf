import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { startTestApp, type TestApp } from '../support/app.js'
import { csrfIn } from '../support/visitor.js'
import { fileName, walker, type Walker } from './journey.js'

let app: TestApp
let resident: Walker
let clerk: Walker
let second: Walker
let reference: string
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mirat-told-'))
  app = await startTestApp({ demo: true })
  resident = await walker(app, 'resident-ar')
  clerk = await walker(app, 'caseworker')
  second = await walker(app, 'caseworker-2')
  reference = await fileName(resident, { lang: 'ar' })
}, 120_000)

afterAll(async () => {
  await app?.close()
  rmSync(folder, { recursive: true })
})

const desk = () => `/de/work/cases/${reference}`

/** What a reader copies out of a PDF. */
function textOf(bytes: Buffer): string {
  const file = join(folder, 'letter.pdf')
  writeFileSync(file, bytes)
  return execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }).normalize('NFC')
}

async function fetched({ browser }: Walker, path: string, init: RequestInit = {}) {
  const headers = { cookie: browser.cookies(), ...(init.headers as object) }
  const answer = await fetch(`${app.url}${path}`, { redirect: 'manual', ...init, headers })
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: Buffer.from(await answer.arrayBuffer()),
  }
}

const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('the letter before the decision', () => {
  async function preview(fields: readonly (readonly [string, string])[]) {
    const { body } = await clerk.open(desk())
    const form = new URLSearchParams([
      ['csrf', csrfIn(body)],
      ['version', /name="version" value="(\d+)"/.exec(body)?.[1] ?? ''],
      ...fields.map(([name, value]): [string, string] => [name, value]),
    ])
    return fetched(clerk, `${desk()}/preview`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      },
      body: form.toString(),
    })
  }
  const events = async () => {
    const { rows } = await sql<{ kind: string }>`select kind from rectification.request_event
      where reference = ${reference} order by number`.execute(app.installation.admin)
    return rows.map(({ kind }) => kind)
  }

  it('is for whoever works on the case', async () => {
    const sent = await preview([
      ['outcome', 'not_proven'],
      ['reasons', 'evidence_lacking'],
    ])
    expect(sent.status).toBe(409)
  })

  it('stands in German and in the language of the person, says that it is a draft, and stores nothing', async () => {
    await clerk.open(desk())
    await clerk.send(`${desk()}/claim`)
    const before = await events()
    const sent = await preview([
      ['outcome', 'not_proven'],
      ['reasons', 'evidence_lacking'],
      ['words', 'Der Pass lag nicht vor.'],
    ])
    expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const text = textOf(sent.bytes)
    for (const part of [
      'Entwurf',
      'Nicht nachgewiesen',
      'Nachweise fehlen',
      'Der Pass lag nicht vor',
      'مسودة',
    ]) {
      expect(text).toContain(part)
    }
    expect(await events()).toEqual(before)
    expect((await clerk.open(desk())).body).toContain('In Prüfung')
  })

  it('keeps what was typed where something is missing', async () => {
    const sent = await preview([['words', 'Der Pass lag nicht vor.']])
    expect(sent.status).toBe(400)
    const page = sent.bytes.toString()
    expect(page).toContain('Der Pass lag nicht vor.')
    expect(page).toContain('formaction=')
  })
})

describe('the case', () => {
  it('shows the values one below the other, and says in words what goes and what comes', async () => {
    const { body } = await clerk.open(desk())
    expect(body).toContain('<del><span class="kern-sr-only">fällt weg: </span>g</del>')
    expect(body).toContain('<ins><span class="kern-sr-only">kommt hinzu: </span>ğ</ins>')
    expect(body).toContain('YAGMUR')
    expect(body).toContain('Wie viele Stellen es anders schreiben, wissen wir nicht.')
  })
})

describe('letters to recipients', () => {
  it('are there once the decision has taken effect, and each says what its reader needs', async () => {
    await clerk.open(desk())
    await clerk.send(`${desk()}/decide`, { outcome: 'corrected', reasons: ['evidence_shows'] })
    await second.open(desk())
    await second.send(`${desk()}/confirm`)
    const { body } = await clerk.open(desk())
    const letters = [...body.matchAll(/href="([^"]+\/letter\.pdf)"/g)].map(([, href]) => href ?? '')
    expect(letters.length).toBeGreaterThan(0)
    for (const href of letters) {
      const { status, bytes } = await fetched(clerk, href)
      expect(status).toBe(200)
      const text = flat(textOf(bytes))
      for (const part of [
        reference,
        'Familienname',
        'Berichtigt',
        'Yağmur',
        'Artikel 19 DSGVO und § 38 AZRG',
        'Ihr Aktenzeichen',
      ]) {
        expect(text).toContain(part)
      }
    }
  })

  it('say of a block what is known where the recipient is private or foreign, and only there', async () => {
    const { parties } = app.installation.catalogue
    const foreign = parties.all.find(({ level }) => level === 'foreign' || level === 'non-state')
    if (foreign === undefined) throw new Error('the catalogue has no foreign party')
    await sql`insert into rectification.notice (notice, request, subject, recipient, field, outcome,
        first_at, last_at, made_at, state, expires_on, is_own)
      select gen_random_uuid(), request, subject, ${foreign.id}, field, outcome, now(), now(), now(),
        'to_print', expires_on, false from rectification.request where reference = ${reference}`.execute(
      app.installation.admin,
    )
    const { body } = await clerk.open(desk())
    expect(body.match(/kennt das Portal keine Übermittlungssperre/g)).toHaveLength(1)
    const at = (code: string) => `${desk()}/told/${code}/letter.pdf`
    const text = flat(textOf((await fetched(clerk, at(foreign.code))).bytes))
    expect(text).toContain('Vor dem Absenden prüfen')
    const other = /told\/(i\.[^/]+)\/letter/.exec(body)?.[1] ?? ''
    expect(flat(textOf((await fetched(clerk, at(other))).bytes))).not.toContain(
      'Übermittlungssperre',
    )
    await sql`insert into blocks.block (block, reference, subject, kind, state, office, grounds, from_at, version,
        saved_at, expires_on)
      select gen_random_uuid(), 'BLOCKED2', subject, 'transmission', 'in_force', office, '{life}',
        now() - interval '1 day', 1, now(), current_date + 30
      from rectification.request where reference = ${reference}`.execute(app.installation.admin)
    const blocked = (await clerk.open(desk())).body
    expect(blocked).toContain('Es gilt eine Übermittlungssperre')
    expect(blocked).not.toContain(`told/${foreign.code}/letter`)
    expect((await clerk.open(at(foreign.code))).status).toBe(404)
    expect((await fetched(clerk, at(other))).bytes.length).toBeGreaterThan(1000)
    await sql`delete from blocks.block where reference = 'BLOCKED2'`.execute(app.installation.admin)
  })

  it('write themselves into the log of the person, name nobody, and end with the printing', async () => {
    const { body } = await clerk.open(desk())
    const [, code = ''] = /told\/(i\.[^/]+)\/letter/.exec(body) ?? []
    const count = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from overview.access_event
        where case_ref = ${reference}`.execute(app.installation.admin)
      return rows[0]?.n ?? 0
    }
    const before = await count()
    expect((await fetched(clerk, `${desk()}/told/${code}/letter.pdf`)).status).toBe(200)
    expect(await count()).toBe(before + 1)
    await clerk.open(desk())
    await clerk.send(`${desk()}/told`, { office: code })
    expect((await fetched(clerk, `${desk()}/told/${code}/letter.pdf`)).status).toBe(404)
    expect((await fetched(clerk, `${desk()}/told/i.de.nobody/letter.pdf`)).status).toBe(404)
    expect((await fetched(resident, `${desk()}/told/${code}/letter.pdf`)).status).toBe(404)
  })
})
