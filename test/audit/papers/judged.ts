import type { Standard } from '../../../server/platform/kernel/letter.js'
import { directionOf } from '../../../server/platform/pdf/blocks.js'
import {
  faultsOf,
  nodesOf,
  objectsOf,
  treeOf,
  untaggedTexts,
  type Node,
  type Objects,
} from '../../platform/pdf/reader.js'

type Dictionary = Readonly<Record<string, unknown>>

const CLAIMS: Readonly<Record<Standard, { version: string; part: string; conformance: string }>> = {
  'PDF/A-2a': { version: '1.7', part: '2', conformance: 'A' },
  'PDF/A-1b': { version: '1.4', part: '1', conformance: 'B' },
}

/** Everything that is wrong with a paper, in words; nothing where it is what it claims to be. */
export function wrongWith(file: Buffer, standard: Standard): string[] {
  const objects = objectsOf(file)
  const nodes = nodesOf(treeOf(objects))
  return [
    ...faultsOf(file),
    ...said(untaggedTexts(file) === 0, 'text stands outside of the structure'),
    ...propertiesOf(objects),
    ...claimsOf(file, objects, standard),
    ...fontsOf(objects),
    ...headingsOf(nodes),
    ...tablesOf(nodes),
    ...languagesOf(nodes),
  ]
}

const said = (holds: boolean, words: string) => (holds ? [] : [words])

function titleOf(objects: Objects): string {
  const title = objects.at('/Info /Title')
  return typeof title === 'string' ? title.replace(/^u:/, '') : ''
}

function propertiesOf(objects: Objects): string[] {
  const bookmarks = objects.at('/Root /Outlines') as Dictionary | undefined
  return [
    ...said(objects.at('/Root /Lang') === 'u:de', 'its language is not German'),
    ...said(objects.at('/Root /MarkInfo /Marked') === true, 'it does not say that it is tagged'),
    ...said(
      objects.at('/Root /ViewerPreferences /DisplayDocTitle') === true,
      'its title is not shown',
    ),
    ...said(titleOf(objects).length >= 8, 'it has no title'),
    ...said(Number(bookmarks?.['/Count']) > 0, 'it has no bookmarks'),
  ]
}

/** What the metadata say must be so, and the same as elsewhere in the file. */
function claimsOf(file: Buffer, objects: Objects, standard: Standard): string[] {
  const { version, part, conformance } = CLAIMS[standard]
  const xml = file.toString('utf8')
  const title = titleOf(objects)
  const intent = (objects.at('/Root /OutputIntents 0') ?? {}) as Dictionary
  const all = objects.all() as (Dictionary | undefined)[]
  const seesThrough = all.some(
    (item) => item?.['/SMask'] !== undefined || item?.['/ca'] !== undefined,
  )
  return [
    ...said(xml.startsWith(`%PDF-${version}`), `it is no PDF ${version}`),
    ...said(xml.includes(`<pdfaid:part>${part}</pdfaid:part>`), `it claims no part ${part}`),
    ...said(
      xml.includes(`<pdfaid:conformance>${conformance}</pdfaid:conformance>`),
      `it claims no level ${conformance}`,
    ),
    ...said(xml.includes('<pdfuaid:part>1</pdfuaid:part>'), 'it claims no PDF/UA-1'),
    ...said(xml.includes(title), 'its metadata have another title'),
    ...said(intent['/S'] === '/GTS_PDFA1', 'it has no intent of colours'),
    ...said(!seesThrough, 'something in it can be seen through'),
  ]
}

function fontsOf(objects: Objects): string[] {
  const all = objects.all() as (Dictionary | null)[]
  const descriptors = all.filter((item) => item?.['/Type'] === '/FontDescriptor')
  const fonts = all.filter((item) => item?.['/Type'] === '/Font')
  const kinds = new Set(fonts.map((font) => font?.['/Subtype']))
  const whole = fonts.filter((font) => font?.['/Subtype'] === '/Type0')
  return [
    ...said(descriptors.length > 0, 'it has no fonts'),
    ...said(
      [...kinds].every((kind) => kind === '/Type0' || kind === '/CIDFontType2'),
      'it has a font of another kind',
    ),
    ...said(
      descriptors.every((one) => one?.['/FontFile2'] !== undefined),
      'a font is not embedded',
    ),
    ...said(
      whole.every((font) => font?.['/ToUnicode'] !== undefined),
      'a font does not say what its glyphs mean',
    ),
  ]
}

function headingsOf(nodes: readonly Node[]): string[] {
  const depths = nodes.flatMap(({ type }) => (/^H\d$/.test(type) ? [Number(type[1])] : []))
  const skips = depths.some((depth, at) => depth > (depths[at - 1] ?? 0) + 1)
  return [
    ...said(depths.filter((depth) => depth === 1).length === 1, 'it has not one heading of all'),
    ...said(!skips, 'its headings leave out a level'),
  ]
}

function tablesOf(nodes: readonly Node[]): string[] {
  return nodes
    .filter(({ type }) => type === 'Table')
    .flatMap((table) => {
      const heads = nodesOf(table).filter(({ type }) => type === 'TH')
      const rows = table.kids.every(({ type }) => type === 'TR')
      const scoped = heads.every(({ scope }) => scope === 'Row' || scope === 'Column')
      return said(heads.length > 0 && rows && scoped, 'a table has no heads')
    })
}

/** Letters of the alphabets in which Persian, Ukrainian and Russian differ from their neighbours. */
const TELLS: readonly (readonly [RegExp, RegExp, string])[] = [
  [/\p{Script=Arabic}/u, /^(ar|fa|ps|ur|ckb|und-Arab)$/, 'Arabic letters'],
  [/[پچژگ]/u, /^fa$/, 'Persian letters'],
]

/** Each text says its language, and its letters can be those of that language. */
function languagesOf(nodes: readonly Node[]): string[] {
  const wrong = nodes.flatMap(({ type, lang, actual, marks }) => {
    if (lang === undefined) return []
    if (Intl.getCanonicalLocales(lang)[0] !== lang) return [`${lang} is no language`]
    if (actual === undefined || marks === 0) return []
    return TELLS.filter(
      ([letters, languages]) => letters.test(actual) && !languages.test(lang),
    ).map(([, , words]) => `${words} in a ${type} of ${lang}`)
  })
  const without = nodes.filter(
    ({ type, lang, marks }) => marks > 0 && lang === undefined && type !== 'Figure',
  )
  return [
    ...new Set(wrong),
    ...said(without.length === 0, `${without.length} texts say no language`),
    ...said(
      nodes.every(({ lang = 'de' }) => ['ltr', 'rtl'].includes(directionOf(lang))),
      'a language has no direction',
    ),
  ]
}
