import { tonguesOf } from '../../server/compose/reports.js'
import { languageOf } from '../../server/platform/http/languages.js'
import { drawSummary, type Digest } from '../../server/reports/index.js'
import { visitorAs } from '../journeys/stations.js'
import {
  canRead,
  copied,
  faultsOf,
  nodesOf,
  objectsOf,
  treeOf,
  untaggedTexts,
} from '../platform/pdf/reader.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { testPages } from '../support/pages.js'
import { fileAs } from './paper.js'

let app: TestApp

beforeAll(async () => {
  app = await startTestApp({ demo: true })
}, 300_000)

afterAll(() => app?.close())

/** The number of pages, by the file itself. */
const pagesIn = (file: Buffer) => [...file.toString('latin1').matchAll(/\/Type \/Page\b/g)].length

/** No page is in a language of papers alone. */
const addressIn = (tag: string) =>
  languageOf(tag) ? `/${tag}/me/documents/summary.pdf` : `/de/me/documents/${tag}/summary.pdf`

describe('the one page', () => {
  it.each(['de', 'en', 'ar', 'fa'])(
    'is one in %s for each person of the demonstration',
    async (tag) => {
      for (const person of ['resident-ar', 'resident-uk', 'resident-plain']) {
        const browser = await visitorAs(app, person)
        const { status, bytes } = await fileAs(app, browser, addressIn(tag))
        expect([person, status, pagesIn(bytes)]).toEqual([person, 200, 1])
        if (!canRead) continue
        expect(faultsOf(bytes)).toEqual([])
        expect(untaggedTexts(bytes)).toBe(0)
        expect(copied(bytes)).toContain('Das Wichtigste auf einer Seite')
      }
    },
    60_000,
  )

  it.each(['de', 'en', 'ar', 'fa'])(
    'is one in %s for a person with very many offices',
    async (tag) => {
      const { parties, purposes } = app.installation.catalogue
      const longest = [...parties.all].sort((one, other) => other.nameDe.length - one.nameDe.length)
      const office = longest[0]?.code ?? ''
      const purpose = purposes.all[0]?.code ?? ''
      const at = new Date('2026-11-30T12:00:00Z')
      const kinds = ['identity', 'family', 'documents', 'address', 'photo/biometrics', 'health']
      const many = <Item>(item: Item) => Array.from({ length: 60 }, () => item)
      const digest: Digest = {
        offices: many({ office, kinds }),
        accesses: many({ at, office, purpose }),
        requests: many({ reference: 'X7K2M4NP', field: 'azr.family_name', dueOn: '2026-12-31' }),
        consents: many({ office, purpose, until: at }),
      }
      const tongueOf = tonguesOf(app.installation, testPages().texts)
      const pen = {
        german: tongueOf('de'),
        standard: 'PDF/A-2a' as const,
        ...(tag === 'de' ? {} : { reader: tongueOf(tag) }),
        checkAddress: `https://mirat.example/${tag}/check`,
      }
      const basis = {
        kind: 'summary',
        ...{ language: tag, log: { size: 1, at }, catalogue: 1, software: '1' },
        ...{ reference: 'X7K2M4NP', digest: 'a'.repeat(64), part: 1, parts: 1 },
      } as const
      const { pages, bytes } = await drawSummary(pen, basis, digest)
      expect(pages).toBe(1)
      if (!canRead) return
      const text = copied(Buffer.concat([...bytes]))
      expect(text).toContain('Wer Daten über Sie hat (60)')
      expect(text).toContain('Was hier keinen Platz hat')
      expect(text).toContain('Migrationsberatung')
      const lists = nodesOf(treeOf(objectsOf(Buffer.concat([...bytes])))).filter(
        ({ type }) => type === 'L',
      )
      // Each list of one language, however long the names: one line would tell nobody anything.
      expect(lists).toHaveLength(tag === 'de' ? 4 : 8)
      for (const { kids } of lists) expect(kids.length).toBeGreaterThan(1)
    },
    60_000,
  )
})
