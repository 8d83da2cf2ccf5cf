import type { Reference } from '../reference.js'

interface Coded {
  readonly code: string
}

/** Codes that stand twice in one space of names; authorities and offices share theirs. */
export function repeatedCodes(reference: Reference): string[] {
  const { authorities, offices } = reference
  return [
    ...repeats('authorities and offices', [...authorities, ...offices]),
    ...repeats('fields', reference.fields),
    ...repeats('field groups', reference.fieldGroups),
    ...repeats('purposes', reference.purposes),
    ...repeats('legal bases', reference.legalBases),
    ...repeats('flows', reference.flows),
    ...repeats('consents', reference.consents),
    ...repeats('rules', reference.rules),
    ...repeats('units', reference.units),
    ...repeats('classes', reference.classes),
  ]
}

function repeats(where: string, entries: readonly Coded[]): string[] {
  const seen = new Set<string>()
  return entries.flatMap(({ code }) => {
    if (seen.has(code)) return [`${where}: the code ${code} stands twice`]
    seen.add(code)
    return []
  })
}

/** Municipality keys that are not 5 or 8 digits, or disagree with their level. */
export function badMunicipalityKeys({ offices }: Reference): string[] {
  return offices.flatMap(({ code, ags, agsLevel, municipality, state }) => {
    const fits = ags === null ? agsLevel === 'none' : KEY[agsLevel].test(ags)
    const placed = (municipality === null) === (ags === null) && (state === null) === (ags === null)
    return [
      ...(fits ? [] : [`office ${code}: the key ${ags ?? 'null'} is none of a ${agsLevel}`]),
      ...(placed ? [] : [`office ${code}: municipality, state and key belong together`]),
    ]
  })
}

const KEY = { municipality: /^\d{8}$/, district: /^\d{5}$/, none: /^$/ } as const
