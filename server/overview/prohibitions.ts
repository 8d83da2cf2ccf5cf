import type { Field } from '../catalogue/index.js'
import type { AccessKind } from './model.js'

/** A rule that an access breaks; `fields` are those it concerns, empty where it is the whole access. */
export interface Breach {
  readonly rule: string
  readonly fields: readonly Field[]
}

interface Prohibition {
  readonly rule: string
  /** The fields that break it; the whole access where it answers `all`; nothing where it is kept. */
  breach(access: AccessKind): readonly Field[] | 'all' | undefined
}

const from = (access: AccessKind) => access.source.authority
const to = (access: AccessKind) => access.recipient.authority
const moves = ({ operation }: AccessKind) => operation === 'query' || operation === 'transmit'

/** Bodies that see fingerprint data themselves (AZRG § 11 (1a); AsylG § 16; AufenthG §§ 49, 89). */
const FINGERPRINT_BODIES = new Set([
  'abh',
  'aufnahmeeinrichtung',
  'bamf',
  'bundespolizei',
  'landespolizei',
  'bka',
  'auslandsvertretung',
  'bva',
])
const PRIVATE = new Set([
  'arbeitgeber',
  'vermittler',
  'glaeubiger',
  'ehrenamt',
  'dolmetschpool',
  'forschung',
])

const PROHIBITIONS: readonly Prohibition[] = [
  {
    // Schools and day-care centres are exempt from every duty to report (AufenthG § 87 (1), (2)).
    rule: 'rst.school',
    breach: (access) => when(moves(access) && from(access) === 'schule' && to(access) === 'abh'),
  },
  {
    // What a doctor was told reaches the immigration office in narrow cases of danger only (AufenthG § 88 (2)).
    rule: 'rst.doctor',
    breach: (access) =>
      moves(access) && ['arzt', 'gesundheitsamt'].includes(from(access)) && to(access) === 'abh'
        ? concerned(access, ({ category }) => category === 'health')
        : undefined,
  },
  {
    // Counselling centres give BAMF aggregates only (AufenthG § 88a (2)).
    rule: 'rst.mbe',
    breach: (access) => when(moves(access) && from(access) === 'mbe' && to(access) === 'bamf'),
  },
  {
    // Benefits offices and others see reference numbers, never the fingerprints (AZRG § 11 (1a), § 18a).
    rule: 'rst.fingerprints',
    breach: (access) =>
      FINGERPRINT_BODIES.has(to(access))
        ? undefined
        : concerned(access, ({ code }) => code === 'azr.fingerprints'),
  },
  {
    // Data of the visa file never reach private bodies (AZRG § 32 (3)).
    rule: 'rst.no_private_visa',
    breach: (access) =>
      moves(access) && PRIVATE.has(to(access))
        ? concerned(access, ({ register }) => register === 'visa')
        : undefined,
  },
]

/**
 * Which prohibitions of the law an access breaks; it is recorded all the same, so that it is seen.
 * `uncovered` are the fields that no sourced flow allows here: what the law permits breaks nothing.
 */
export function prohibitionsBroken(access: AccessKind, uncovered: readonly Field[]): Breach[] {
  if (uncovered.length === 0) return []
  return PROHIBITIONS.flatMap(({ rule, breach }) => {
    const found = breach(access)
    if (found === undefined) return []
    const fields = found === 'all' ? uncovered : uncovered.filter((field) => found.includes(field))
    return fields.length === 0 ? [] : [{ rule, fields: found === 'all' ? [] : fields }]
  })
}

function when(broken: boolean): 'all' | undefined {
  return broken ? 'all' : undefined
}

function concerned(
  access: AccessKind,
  test: (field: Field) => boolean,
): readonly Field[] | undefined {
  const fields = access.fields.filter(test)
  return fields.length > 0 ? fields : undefined
}
