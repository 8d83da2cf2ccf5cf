import type { FlowEntry, Reference } from '../reference.js'

/** What a flow says twice must agree: its basis, its purpose, its fields and who acts. */
export function flowContradictions(reference: Reference): string[] {
  const look = lookups(reference)
  return reference.flows.flatMap((flow) =>
    CONTRADICTIONS.filter(({ found }) => found(flow, look)).map(
      ({ fault }) => `flow ${flow.code}: ${fault}`,
    ),
  )
}

/** Kinds of authority with offices into whose log nobody could lawfully look: the portal lacks a flow. */
export function missingPortalFlows({ offices, flows }: Reference): string[] {
  const watched = new Set(
    flows
      .filter(({ purposeCode }) => purposeCode === 'portal_data_protection')
      .map(({ recipientAuthority }) => recipientAuthority),
  )
  const kinds = new Set(offices.map(({ authorityTypeCode }) => authorityTypeCode))
  return [...kinds]
    .filter((kind) => !watched.has(kind))
    .map((kind) => `portal: ${kind} has offices, but no flow for its data protection officer`)
}

type Lookups = ReturnType<typeof lookups>

function lookups({ fields, purposes, legalBases, rules }: Reference) {
  return {
    fields: new Map(fields.map((field) => [field.code, field])),
    purposes: new Map(purposes.map((purpose) => [purpose.code, purpose])),
    bases: new Map(legalBases.map((basis) => [basis.code, basis])),
    rules: new Map(rules.map((rule) => [rule.code, rule])),
  }
}

interface Contradiction {
  readonly fault: string
  readonly found: (flow: FlowEntry, look: Lookups) => boolean
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    fault: 'who acts is the recipient of a query or transmission, and the source of storing',
    found: (flow) =>
      flow.actingAuthority !==
      (flow.access === 'store' ? flow.sourceAuthority : flow.recipientAuthority),
  },
  {
    fault: 'it is voluntary exactly where its purpose is',
    found: (flow, { purposes }) =>
      flow.voluntary !== (purposes.get(flow.purposeCode)?.kind === 'voluntary'),
  },
  {
    fault: 'its Article 6 letter is that of its legal basis',
    found: (flow, { bases }) => flow.gdprArt6 !== bases.get(flow.legalBasisCode)?.gdprArt6,
  },
  {
    fault: 'its disclosure rule is a rule of disclosure',
    found: (flow, { rules }) => rules.get(flow.disclosureRuleCode)?.type !== 'disclosure',
  },
  {
    fault: 'containsArt9 says whether one of its fields is of a special category',
    found: (flow, { fields }) =>
      flow.containsArt9 !== flow.fieldCodes.some((code) => fields.get(code)?.art9 === true),
  },
  {
    fault: 'containsArt10 says whether one of its fields is about offences',
    found: (flow, { fields }) =>
      flow.containsArt10 !== flow.fieldCodes.some((code) => fields.get(code)?.art10 === true),
  },
  {
    fault: 'fieldCategories are the categories of its fields',
    found: (flow, { fields }) => {
      const real = flow.fieldCodes.map((code) => fields.get(code)?.category ?? '')
      return [...new Set(real)].sort().join() !== [...flow.fieldCategories].sort().join()
    },
  },
  {
    fault: 'fields of EU citizens are among its fields',
    found: (flow) =>
      flow.fieldCodesForEuCitizens?.some((code) => !flow.fieldCodes.includes(code)) === true,
  },
]
