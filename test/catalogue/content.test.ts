import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NAMES, NEEDED, SORTS, type Book } from '../../server/catalogue/book.js'
import { contentOf } from '../../server/catalogue/content.js'
import { readFiles } from '../../server/catalogue/store/files.js'
import { gaps, ownBook, strangers } from '../../server/catalogue/wording.js'
import { StartError } from '../../server/platform/kernel/errors.js'
import { copiedSource, entryIn, SOURCE, type CopiedSource, type Raw } from './files.js'

const content = contentOf(readFiles(SOURCE))
const german = ownBook(content.reference, 'De')
const bookIn = (tag: string): Book => {
  const book = content.books.get(tag)
  if (book === undefined) throw new Error(`no book in ${tag}`)
  return book
}
const textsIn = (tag: string) =>
  SORTS.flatMap((sort) =>
    [...bookIn(tag)[sort]].flatMap(([code, words]) =>
      Object.entries(words).map(([name, text]) => ({ at: `${sort} ${code} ${name}`, text })),
    ),
  )

describe('the texts of the catalogue', () => {
  it.each(SOURCE.languages)('are whole in %s, and name no code that does not exist', (tag) => {
    expect(gaps(tag, { book: bookIn(tag), german })).toEqual([])
    expect(strangers(tag, bookIn(tag), german)).toEqual([])
  })

  it.each(SOURCE.paperLanguages)('are names alone in %s, all of them', (tag) => {
    const book = bookIn(tag)
    expect(gaps(tag, { book, german, needed: NAMES })).toEqual([])
    expect(strangers(tag, book, german)).toEqual([])
    for (const sort of SORTS) {
      expect([...book[sort].values()].flatMap((words) => Object.keys(words))).toEqual(
        [...german[sort]].map(() => NAMES[sort][0]),
      )
      expect(NEEDED[sort][0]).toBe(NAMES[sort][0])
    }
  })

  it.each(['ar', 'fa'])('hold no Latin letter in %s', (tag) => {
    const mixed = textsIn(tag).filter(({ text }) => /\p{Script=Latin}/u.test(text))
    expect(mixed).toEqual([])
  })

  it('have the letters of their own language where its neighbours write others', () => {
    expect(textsIn('fa').filter(({ text }) => /[\u064a\u0643\u0649\u0629]/u.test(text))).toEqual([])
    expect(textsIn('ar').filter(({ text }) => /[\u06cc\u06a9\u06af\u067e]/u.test(text))).toEqual([])
  })

  it.each(['ar', 'fa'])('hold Latin digits, no bidi control and no stray space in %s', (tag) => {
    const odd = /[\u0660-\u0669\u06f0-\u06f9\u200e\u200f\u202a-\u202e\u2066-\u2069]|^\s|\s$| {2}/u
    expect(textsIn(tag).filter(({ text }) => odd.test(text))).toEqual([])
  })

  it.each(['en', 'ar'])('are not the German ones in %s', (tag) => {
    const names = new Set(['office', 'authority'])
    const same = SORTS.filter((sort) => !names.has(sort)).flatMap((sort) =>
      [...bookIn(tag)[sort]].filter(([code, words]) => {
        const { explain, summary, rule } = german[sort].get(code) ?? {}
        return [explain, summary, rule].some(
          (text) => text !== undefined && Object.values(words).includes(text),
        )
      }),
    )
    expect(same).toEqual([])
  })
})

describe('spoilt files', () => {
  let copy: CopiedSource

  beforeEach(() => {
    copy = copiedSource()
  })
  afterEach(() => copy.remove())

  const refusal = (): string => {
    try {
      contentOf(readFiles(copy))
    } catch (error) {
      if (error instanceof StartError) return error.message
      throw error
    }
    return 'accepted'
  }

  it('are not a copy of the project', () => {
    expect(refusal()).toBe('accepted')
  })

  it('are all named at once, in the data and in every language', () => {
    copy.edit('data/units', (units) => {
      entryIn(units, 'records').labelEn = ''
    })
    copy.edit('data/classes', (classes) => {
      entryIn(classes, 'azr').period = 'P5Y'
    })
    copy.edit<Raw>('ar/units', (units) => {
      delete units.front_desk
    })
    copy.edit<Raw>('en/legal-bases', (bases) => {
      bases.gdpr_15 = { title: ' ' }
    })
    const message = refusal()
    expect(message).toContain('unit records: labelEn is missing')
    expect(message).toContain('class azr: its period P5Y')
    expect(message).toContain('ar: unit label is missing: front_desk')
    expect(message).toContain('en: legal_basis title is missing: gdpr_15')
    expect(message).toContain('en: unit label is missing: records')
  })

  it('are refused where a language of papers lacks a name, and no more is wanted of it', () => {
    copy.edit<Record<string, Raw>>('fa/units', (units) => {
      delete units.records
    })
    expect(refusal().split('\n').slice(1)).toEqual(['- fa: unit label is missing: records'])
  })

  it('miss the withdrawal of a purpose only where the German has one', () => {
    copy.edit<Record<string, Raw>>('ar/purposes', (purposes) => {
      purposes.v_mentoring!.withdrawal = ''
      purposes.asylum!.withdrawal = ''
    })
    expect(refusal()).toContain('ar: purpose withdrawal is missing: v_mentoring')
    expect(refusal()).not.toContain('asylum')
  })

  it('are refused where a translation is no text', () => {
    copy.edit<Raw>('ar/portal', (portal) => {
      portal.fields = { 'portal.flags': { label: 7 } }
      portal.garden = {}
    })
    expect(refusal()).toContain('locales/ar/catalogue/portal.json: fields.portal.flags.label: ')
    expect(refusal()).toContain('"garden"')
  })

  it('are refused where a file is missing or no JSON', () => {
    rmSync(join(copy.dataDir, 'units.json'))
    writeFileSync(join(copy.dataDir, 'rules.json'), '[{')
    rmSync(join(copy.localesDir, 'ar'), { recursive: true })
    const message = refusal()
    expect(message).toContain('units.json is missing')
    expect(message).toMatch(/rules.json: .*JSON/)
  })

  it('are refused where a whole language is missing', () => {
    rmSync(join(copy.localesDir, 'ar'), { recursive: true })
    expect(refusal()).toMatch(/ar: field label is missing: azr.number, /)
  })

  it('have another hash after any change, in the data as in a translation', () => {
    const hashes = [readFiles(copy).sha256]
    copy.edit('data/delays', (delays) => {
      delays[0]!.grounded = false
    })
    hashes.push(readFiles(copy).sha256)
    copy.edit<Record<string, Raw>>('ar/units', (units) => {
      units.records!.label = 'الملفات'
    })
    hashes.push(readFiles(copy).sha256)
    expect(hashes[0]).toBe(content.sha256)
    expect(new Set(hashes).size).toBe(3)
  })

  it('leave no data file unread', () => {
    const json = readdirSync(SOURCE.dataDir).filter((name) => name.endsWith('.json'))
    const read = Object.keys(readFiles(SOURCE).data).map((name) => `${name}.json`)
    expect(read.sort()).toEqual(json.sort())
  })
})
