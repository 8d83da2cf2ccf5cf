import type { Field, LegalBasis, Party, Purpose } from '../../server/catalogue/index.js'
import type { SubjectId } from '../../server/identity/index.js'
import type { AccessEntry } from '../../server/overview/index.js'

/** Terms and entries for rules that need no database; numbers tell them apart. */
export const SUBJECT = '00000000-0000-0000-0000-000000000001' as SubjectId

export function party(id: number, more: Partial<Party> = {}): Party {
  return {
    id,
    code: `party.${id}`,
    kind: 'office',
    authority: `authority.${id}`,
    nameDe: `Amt ${id}`,
    level: 'municipal',
    core: true,
    securityBody: false,
    demo: false,
    hasOffices: false,
    ...more,
  }
}

export function field(id: number, more: Partial<Field> = {}): Field {
  return {
    id,
    code: `field.${id}`,
    register: 'azr',
    category: 'identity',
    labelDe: `Feld ${id}`,
    art9: false,
    correctionAuthorities: [],
    residentVisibility: 'show',
    valueType: 'text',
    voluntaryEntry: false,
    storedForEuCitizens: true,
    order: id,
    ...more,
  }
}

export function purpose(id: number, kind: Purpose['kind'] = 'mandatory'): Purpose {
  return { id, code: `purpose.${id}`, kind, sensitive: false }
}

export function legalBasis(id: number): LegalBasis {
  return {
    id,
    code: `basis.${id}`,
    citation: `§ ${id}`,
    titleDe: '',
    summaryDe: '',
    gdprArt6: null,
  }
}

const EVEN_NOON = Date.UTC(2027, 2, 1, 12)
const HOUR = 3_600_000

/** An instant some hours after a fixed noon. */
export function hour(count: number): Date {
  return new Date(EVEN_NOON + count * HOUR)
}

/** A store of one field by office 1 in register 2, changed as a test needs it. */
export function entry(index: number, more: Partial<AccessEntry> = {}): AccessEntry {
  return {
    index,
    subject: SUBJECT,
    recordedAt: hour(index),
    occurredAt: hour(index),
    expiresOn: '2027-09-01',
    operation: 'store',
    channel: 'automated',
    source: party(1),
    recipient: party(2),
    purpose: purpose(1),
    legalBasis: legalBasis(1),
    fields: [field(1)],
    ...more,
  }
}
