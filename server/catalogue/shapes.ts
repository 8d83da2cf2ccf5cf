import { z } from 'zod'
import { DISCLOSURES, OPERATIONS } from './model.js'

const code = z.string().regex(/^[a-z0-9][a-z0-9_.-]*$/, 'is no code')
const codes = z.array(code)
const text = z.string()
const textOrNull = z.string().nullable()
const flag = z.boolean()

/** Kinds of authority (`authorities.json`); absent properties and unknown ones are faults. */
export const authorityShape = z.strictObject({
  code,
  nameDe: text,
  nameEn: text,
  level: z.enum(['federal', 'state', 'municipal', 'non-state', 'foreign']),
  core: flag,
  securityBody: flag,
  supervisory: flag,
  descriptionDe: text,
  descriptionEn: text,
  source: text,
  grounded: flag,
})

/** Offices of real municipalities (`instances.json`); the official municipality key stays text. */
export const officeShape = z.strictObject({
  code,
  authorityTypeCode: code,
  nameDe: text,
  nameEn: text,
  municipality: textOrNull,
  ags: textOrNull,
  agsLevel: z.enum(['municipality', 'district', 'none']),
  state: textOrNull,
  grounded: flag,
  agsSource: text,
  nameGrounded: flag,
  competenceGrounded: flag,
  demo: flag,
  note: text,
})

/** Data fields (`fields.json`). */
export const fieldShape = z.strictObject({
  code,
  register: code,
  labelDe: text,
  labelEn: text,
  category: text,
  art9: flag,
  art10: flag,
  voluntaryEntry: flag,
  highRisk: flag,
  law: text,
  legalBasisCode: code,
  annex: textOrNull,
  valueType: z.enum(['text', 'code', 'date', 'number', 'photo']),
  residentVisibility: z.enum([
    'show',
    'case_review',
    'case_review_if_police',
    'show_without_third_party',
  ]),
  correctionAuthorities: codes,
  retentionRuleCode: code.nullable(),
  explainDe: text,
  explainEn: text,
  grounded: flag,
  note: text,
  storedForEuCitizens: flag.nullable(),
})

/** Named groups of fields (`field-groups.json`). */
export const fieldGroupShape = z.strictObject({ code, fieldCodes: codes.min(1) })

/** Purposes (`purposes.json`). */
export const purposeShape = z.strictObject({
  code,
  azrTaskNumbers: z.array(text),
  nameDe: text,
  nameEn: text,
  kind: z.enum(['mandatory', 'voluntary']),
  explainDe: text,
  explainEn: text,
  refusalDe: text,
  refusalEn: text,
  withdrawalDe: text,
  withdrawalEn: text,
  citation: text.min(1),
  grounded: flag,
  sensitive: flag,
})

/** Legal bases (`legal-bases.json`); their English titles stand among the locales. */
export const legalBasisShape = z.strictObject({
  code,
  citation: text.min(1),
  shortTitle: text,
  gdprArt6: z.enum(['a', 'c', 'e']),
  gdprArt9: textOrNull,
  summaryDe: text,
  summaryEn: text,
  lawFile: text,
  grounded: flag,
  art6Assignment: text,
  statutoryConsent: flag,
})

const flowParts = {
  register: code,
  sourceAuthority: code,
  access: z.enum(OPERATIONS).exclude(['erase']),
  mode: z.enum([
    'on_request',
    'direct_entry',
    'automatic',
    'case_by_case',
    'by_consent',
    'by_resident',
  ]),
  fieldCodes: codes.min(1),
  fieldCategories: z.array(text),
  containsArt9: flag,
  containsArt10: flag,
  purposeCode: code,
  legalBasisCode: code,
  gdprArt6: z.enum(['a', 'c', 'e']),
  appliesTo: z.array(z.enum(['third_country', 'eu_lost_free_movement', 'eu_free_movement'])).min(1),
  conditionDe: text,
  conditionEn: text,
  voluntary: flag,
  disclosure: z.enum(DISCLOSURES),
  disclosureRuleCode: code,
  summaryDe: text,
  summaryEn: text,
  evidence: text,
  grounded: flag,
  grounding: z.enum(['explicit', 'general_clause', 'none']),
  fieldCodesForEuCitizens: codes.nullable(),
}

/** Flows (`flows.json`): who processes which fields, for what and on which basis. */
export const flowShape = z.strictObject({
  code,
  recipientAuthority: code,
  actingAuthority: code,
  ...flowParts,
})

/** One flow to several recipients, each of whom acts; `{recipient}` in the pattern becomes its code. */
export const sharedFlowShape = z.strictObject({
  codePattern: z.string().regex(/^[a-z0-9_.-]*\{recipient\}[a-z0-9_.-]*$/, 'names no {recipient}'),
  recipientAuthorities: codes.min(1),
  ...flowParts,
})

/** Voluntary consents (`consents.json`). */
export const consentShape = z.strictObject({
  code,
  titleDe: text,
  titleEn: text,
  purposeCode: code,
  controllerAuthority: code,
  recipientAuthorities: codes.min(1),
  fieldCodes: codes.min(1),
  legalBasisCode: code,
  statutoryConsent: flag,
  explicitArt9: flag,
  form: z.enum(['electronic', 'written or electronic']),
  defaultDuration: text,
  durationRule: text,
  shortTextDe: text,
  shortTextEn: text,
  consequenceRefusalDe: text,
  consequenceRefusalEn: text,
  withdrawalEffectDe: text,
  withdrawalEffectEn: text,
  minAge: z.int().min(0).nullable(),
  granular: z.array(text),
  grounded: flag,
  practiceSource: text,
})

/** Rules of the law (`rules.json`). */
export const ruleShape = z.strictObject({
  code,
  type: z.enum([
    'disclosure',
    'log_content',
    'retention',
    'deadline',
    'rectification',
    'block',
    'consent',
    'restriction',
  ]),
  titleDe: text,
  titleEn: text,
  ruleDe: text,
  ruleEn: text,
  citation: text.min(1),
  register: code.nullable(),
  authorityCodes: codes,
  fieldCodes: codes,
  period: textOrNull,
  periodStart: textOrNull,
  systemAction: text,
  grounded: flag,
})

/** Kinds of unit inside an office (`units.json`). */
export const unitShape = z.strictObject({
  code,
  labelDe: text,
  labelEn: text,
  source: text,
  grounded: flag,
})

/** Retention classes (`classes.json`); `period` repeats the rule's and is checked against it. */
export const classShape = z.strictObject({
  number: z.int().min(1).max(99),
  code,
  registers: codes.min(1),
  retentionRuleCode: code,
  period: textOrNull,
  width: z.enum(['month', 'quarter']),
})

const delayed = z.array(z.strictObject({ code, reasonDe: text, reasonEn: text }))

/** Display delays (`delays.json`), each item with the reason why its entry would give something away. */
export const delayShape = z.strictObject({
  ruleCode: code,
  period: text,
  source: text,
  grounded: flag,
  purposes: delayed,
  fields: delayed,
})

/** What the portal itself adds to the vocabulary (`portal.json`), in the shapes of the other files. */
export const portalShape = z.strictObject({
  authorities: z.array(authorityShape),
  fields: z.array(fieldShape),
  purposes: z.array(purposeShape),
  legalBases: z.array(legalBasisShape),
  flows: z.array(sharedFlowShape),
  rules: z.array(ruleShape),
})
