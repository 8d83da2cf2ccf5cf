import type { Reference } from '../reference.js'

/** One place that names codes of another list. */
interface Link {
  readonly from: string
  readonly to: keyof typeof LISTS
  readonly codes: readonly (string | null)[]
}

const LISTS = {
  authority: 'authorities',
  field: 'fields',
  purpose: 'purposes',
  'legal basis': 'legalBases',
  rule: 'rules',
} as const

/** References that lead nowhere. */
export function brokenLinks(reference: Reference): string[] {
  const known = Object.fromEntries(
    Object.entries(LISTS).map(([name, list]) => [
      name,
      new Set(reference[list].map(({ code }) => code)),
    ]),
  )
  return linksOf(reference).flatMap(({ from, to, codes }) =>
    codes
      .filter((code) => code !== null && known[to]?.has(code) !== true)
      .map((code) => `${from}: the ${to} ${code} does not exist`),
  )
}

function linksOf(reference: Reference): Link[] {
  return [
    ...reference.offices.map(({ code, authorityTypeCode }) =>
      link(`office ${code}`, 'authority', authorityTypeCode),
    ),
    ...fieldLinks(reference),
    ...flowLinks(reference),
    ...consentLinks(reference),
    ...reference.rules.flatMap(({ code, authorityCodes, fieldCodes }) => [
      link(`rule ${code}`, 'authority', ...authorityCodes),
      link(`rule ${code}`, 'field', ...fieldCodes),
    ]),
    ...reference.classes.map(({ code, retentionRuleCode }) =>
      link(`class ${code}`, 'rule', retentionRuleCode),
    ),
    ...reference.delays.flatMap(({ ruleCode, purposes, fields }) => [
      link(`delay ${ruleCode}`, 'rule', ruleCode),
      link(`delay ${ruleCode}`, 'purpose', ...purposes.map(({ code }) => code)),
      link(`delay ${ruleCode}`, 'field', ...fields.map(({ code }) => code)),
    ]),
  ]
}

function fieldLinks({ fields, fieldGroups }: Reference): Link[] {
  return [
    ...fields.flatMap(({ code, legalBasisCode, correctionAuthorities, retentionRuleCode }) => [
      link(`field ${code}`, 'legal basis', legalBasisCode),
      link(`field ${code}`, 'authority', ...correctionAuthorities),
      link(`field ${code}`, 'rule', retentionRuleCode),
    ]),
    ...fieldGroups.map(({ code, fieldCodes }) =>
      link(`field group ${code}`, 'field', ...fieldCodes),
    ),
  ]
}

function flowLinks({ flows }: Reference): Link[] {
  return flows.flatMap((flow) => {
    const from = `flow ${flow.code}`
    return [
      link(from, 'authority', flow.sourceAuthority, flow.recipientAuthority, flow.actingAuthority),
      link(from, 'field', ...flow.fieldCodes),
      link(from, 'purpose', flow.purposeCode),
      link(from, 'legal basis', flow.legalBasisCode),
      link(from, 'rule', flow.disclosureRuleCode),
    ]
  })
}

function consentLinks({ consents }: Reference): Link[] {
  return consents.flatMap((consent) => {
    const from = `consent ${consent.code}`
    return [
      link(from, 'authority', consent.controllerAuthority, ...consent.recipientAuthorities),
      link(from, 'field', ...consent.fieldCodes),
      link(from, 'purpose', consent.purposeCode),
      link(from, 'legal basis', consent.legalBasisCode),
    ]
  })
}

function link(from: string, to: Link['to'], ...codes: (string | null)[]): Link {
  return { from, to, codes }
}
