/** The five machine-readable zones of ICAO Doc 9303: cards (parts 5, 6), passports (part 4), visas (part 7). */
export type MrzKind = 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'

/** Where a field stands: line and columns count from 1, both columns belong to it. */
export type Place = readonly [line: number, from: number, to: number]

/** Which characters a field may hold; the filler `<` may stand everywhere. */
export type Kind = 'letters' | 'digits' | 'mixed' | 'sex'

/** The fields that every zone has. */
export type FieldName =
  | 'documentCode'
  | 'issuer'
  | 'names'
  | 'number'
  | 'numberCheck'
  | 'nationality'
  | 'birth'
  | 'birthCheck'
  | 'sex'
  | 'expiry'
  | 'expiryCheck'
  | 'optional'

/** The fields of some zones. */
export type ExtraName = 'optionalCheck' | 'moreOptional' | 'composite'

/** One zone: its size, its fields, and what its composite check digit covers. */
export interface Layout {
  readonly kind: MrzKind
  readonly lines: number
  readonly length: number
  readonly fields: Readonly<Record<FieldName, Place>> & Readonly<Partial<Record<ExtraName, Place>>>
  readonly covered: readonly Place[]
}

/** What each field may hold. */
export const FIELD_KINDS: Readonly<Record<FieldName | ExtraName, Kind>> = {
  documentCode: 'mixed',
  issuer: 'letters',
  names: 'letters',
  number: 'mixed',
  numberCheck: 'digits',
  nationality: 'letters',
  birth: 'digits',
  birthCheck: 'digits',
  sex: 'sex',
  expiry: 'digits',
  expiryCheck: 'digits',
  optional: 'mixed',
  optionalCheck: 'digits',
  moreOptional: 'mixed',
  composite: 'digits',
}

const TWO_LINES = {
  documentCode: [1, 1, 2],
  issuer: [1, 3, 5],
  number: [2, 1, 9],
  numberCheck: [2, 10, 10],
  nationality: [2, 11, 13],
  birth: [2, 14, 19],
  birthCheck: [2, 20, 20],
  sex: [2, 21, 21],
  expiry: [2, 22, 27],
  expiryCheck: [2, 28, 28],
} as const

const TD1: Layout = {
  kind: 'TD1',
  lines: 3,
  length: 30,
  fields: {
    documentCode: [1, 1, 2],
    issuer: [1, 3, 5],
    number: [1, 6, 14],
    numberCheck: [1, 15, 15],
    optional: [1, 16, 30],
    birth: [2, 1, 6],
    birthCheck: [2, 7, 7],
    sex: [2, 8, 8],
    expiry: [2, 9, 14],
    expiryCheck: [2, 15, 15],
    nationality: [2, 16, 18],
    moreOptional: [2, 19, 29],
    composite: [2, 30, 30],
    names: [3, 1, 30],
  },
  covered: [
    [1, 6, 30],
    [2, 1, 7],
    [2, 9, 15],
    [2, 19, 29],
  ],
}

const TD2: Layout = {
  kind: 'TD2',
  lines: 2,
  length: 36,
  fields: { ...TWO_LINES, names: [1, 6, 36], optional: [2, 29, 35], composite: [2, 36, 36] },
  covered: [
    [2, 1, 10],
    [2, 14, 20],
    [2, 22, 35],
  ],
}

const TD3: Layout = {
  kind: 'TD3',
  lines: 2,
  length: 44,
  fields: {
    ...TWO_LINES,
    names: [1, 6, 44],
    optional: [2, 29, 42],
    optionalCheck: [2, 43, 43],
    composite: [2, 44, 44],
  },
  covered: [
    [2, 1, 10],
    [2, 14, 20],
    [2, 22, 43],
  ],
}

const MRV_A: Layout = {
  kind: 'MRV-A',
  lines: 2,
  length: 44,
  fields: { ...TWO_LINES, names: [1, 6, 44], optional: [2, 29, 44] },
  covered: [],
}

const MRV_B: Layout = {
  kind: 'MRV-B',
  lines: 2,
  length: 36,
  fields: { ...TWO_LINES, names: [1, 6, 36], optional: [2, 29, 36] },
  covered: [],
}

/** The zone of some lines; two lines that fit neither length are measured by the nearer one. */
export function layoutOf(lines: readonly string[]): Layout | undefined {
  if (lines.length === TD1.lines) return TD1
  if (lines.length !== TD2.lines) return undefined
  const visa = lines[0]?.startsWith('V') === true
  const longest = Math.max(...lines.map(({ length }) => length))
  const nearer = (TD2.length + TD3.length) / 2
  if (longest > nearer) return visa ? MRV_A : TD3
  return visa ? MRV_B : TD2
}
