import type { PublishedRow } from './anonymity.js'

/** A file of statistics, and what stands in it. */
export interface OpenData {
  readonly name: 'accesses' | 'requests'
  readonly whats: readonly string[]
  /** How often it grows (EU vocabulary). */
  readonly pace: 'MONTHLY' | 'QUARTERLY'
}

/** The files, by their names. */
export const OPEN_DATA: readonly OpenData[] = [
  { name: 'accesses', whats: ['accesses', 'operation', 'kind'], pace: 'MONTHLY' },
  { name: 'requests', whats: ['decisions', 'corrected', 'days'], pace: 'QUARTERLY' },
]

/** The numbers as a table (RFC 4180) in codes; an empty amount is one of too few people. */
export function openCsv(rows: readonly PublishedRow[], { whats }: OpenData): string {
  const lines = rows
    .filter(({ what }) => whats.includes(what))
    .map(({ period, what, key, amount }) => [period, what, `"${key}"`, amount ?? ''].join(','))
  return ['period,what,key,amount', ...lines, ''].join('\r\n')
}

const EU = 'http://publications.europa.eu/resource/authority'

/** What the description is made of: texts are in the language that it names. */
export interface CatalogParts {
  readonly origin: string
  readonly publisher: string
  readonly language: string
  readonly t: (key: string) => string
}

/** The files as DCAT-AP.de describes them (JSON-LD 1.1), so that open data portals find them. */
export function openCatalog({ origin, publisher, language, t }: CatalogParts): object {
  const text = (key: string) => ({
    '@value': t(`oversight:statistics.${key}`),
    '@language': language,
  })
  const agent = { '@type': 'foaf:Organization', 'foaf:name': publisher }
  const at = `${origin}/statistics`
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
    },
    '@id': `${at}/catalog.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': text('title'),
    'dct:description': text('lead'),
    'dct:publisher': agent,
    'dcat:dataset': OPEN_DATA.map(({ name, pace }) => ({
      '@id': `${at}/${name}`,
      '@type': 'dcat:Dataset',
      'dct:title': text(`${name}Title`),
      'dct:description': text(`${name}Text`),
      'dct:publisher': agent,
      'dcat:theme': { '@id': `${EU}/data-theme/GOVE` },
      'dct:accrualPeriodicity': { '@id': `${EU}/frequency/${pace}` },
      'dcat:distribution': {
        '@id': `${at}/${name}.csv`,
        '@type': 'dcat:Distribution',
        'dct:title': text(`${name}File`),
        'dcat:accessURL': { '@id': `${at}/${name}.csv` },
        'dcat:downloadURL': { '@id': `${at}/${name}.csv` },
        'dct:format': { '@id': `${EU}/file-type/CSV` },
        'dcat:mediaType': { '@id': 'http://www.iana.org/assignments/media-types/text/csv' },
        'dct:license': { '@id': 'http://dcat-ap.de/def/licenses/dl-zero-de/2.0' },
      },
    })),
  }
}
