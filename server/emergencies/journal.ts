/** The name of such acts in committed bodies. */
export const ACT_TYPE = 'emergency'

const SHARED = {
  retention: 'P5Y',
  citation: 'DSGVO Art. 5 Abs. 1 Buchst. c, e; wie der Zugriff',
  width: 'year',
} as const

/** The retention class of entries: the longest that an access may live; each goes with its access. */
export const EMERGENCY_CLASS = {
  ...{ class: 61, code: 'emergencies', ownerTable: 'emergencies.declaration', sealed: false },
  ...SHARED,
} as const

/** Its twin for accesses that are withheld. */
export const SEALED_EMERGENCY_CLASS = {
  ...{ class: 161, code: 'emergencies_sealed' },
  ...{ ownerTable: 'emergencies.sealed_declaration', sealed: true },
  ...SHARED,
} as const
