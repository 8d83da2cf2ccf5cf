import type {
  ConsentKind,
  EventClass,
  DisplayDelay,
  Field,
  Flow,
  LegalBasis,
  Party,
  Purpose,
  Rule,
  Terms,
  Unit,
} from './model.js'
import type * as Entry from './reference.js'

/** A kind of authority as a party. */
export function kindParty(id: number, entry: Entry.AuthorityEntry, hasOffices: boolean): Party {
  const { code, nameDe, level, core, securityBody } = entry
  const own = { id, code, authority: code, nameDe, level, core, securityBody, hasOffices }
  return { ...own, kind: 'authority', demo: false }
}

/** An office as a party; what it is, its kind says. */
export function officeParty(
  id: number,
  entry: Entry.OfficeEntry,
  kind: Entry.AuthorityEntry,
): Party {
  const { code, nameDe, municipality, state, demo } = entry
  const { level, core, securityBody } = kind
  const own = { id, code, authority: kind.code, nameDe, level, core, securityBody, demo }
  const placed = {
    ...(municipality === null ? {} : { municipality }),
    ...(state === null ? {} : { land: state }),
  }
  return { ...own, ...placed, kind: 'office', hasOffices: false }
}

/** A field; numbers follow the order of the data and stay, so they are the order. */
export function fieldTerm(id: number, entry: Entry.FieldEntry): Field {
  const { code, register, category, labelDe, art9, retentionRuleCode } = entry
  const { correctionAuthorities, residentVisibility, storedForEuCitizens } = entry
  const { valueType, voluntaryEntry } = entry
  return {
    ...{ id, code, register, category, labelDe, art9, order: id },
    ...(retentionRuleCode === null ? {} : { retentionRule: retentionRuleCode }),
    ...{ correctionAuthorities, residentVisibility, storedForEuCitizens },
    ...{ valueType, voluntaryEntry },
  }
}

export function purposeTerm(id: number, entry: Entry.PurposeEntry): Purpose {
  const { code, kind, sensitive } = entry
  return { id, code, kind, sensitive }
}

export function legalBasisTerm(id: number, entry: Entry.LegalBasisEntry): LegalBasis {
  const { code, citation, shortTitle, summaryDe, gdprArt6 } = entry
  return { id, code, citation, titleDe: shortTitle, summaryDe, gdprArt6 }
}

export function ruleTerm(id: number, entry: Entry.RuleEntry): Rule {
  const { code, type, citation, register, authorityCodes, fieldCodes, period } = entry
  return {
    id,
    code,
    type,
    citation,
    register,
    authorities: authorityCodes,
    fields: fieldCodes,
    period,
  }
}

export function unitTerm(id: number, { code }: Entry.UnitEntry): Unit {
  return { id, code }
}

/** A flow; where the data name no shorter list, EU citizens with free movement have all or none of it. */
export function flowOf(entry: Entry.FlowEntry): Flow {
  const reachesEu = entry.appliesTo.includes('eu_free_movement')
  return {
    code: entry.code,
    register: entry.register,
    source: entry.sourceAuthority,
    recipient: entry.recipientAuthority,
    operation: entry.access,
    fields: entry.fieldCodes,
    fieldsForEuCitizens: entry.fieldCodesForEuCitizens ?? (reachesEu ? entry.fieldCodes : []),
    purpose: entry.purposeCode,
    legalBasis: entry.legalBasisCode,
    disclosure: entry.disclosure,
    disclosureRule: entry.disclosureRuleCode,
    voluntary: entry.voluntary,
    appliesTo: entry.appliesTo,
    mode: entry.mode,
  }
}

/** The retention classes, each with the citation of its rule. */
export function classesOf({ classes, rules }: Entry.Reference): EventClass[] {
  return classes.map(({ number, code, registers, period, width, retentionRuleCode }) => ({
    ...{ number, code, registers, width, citation: citationOf(rules, retentionRuleCode) },
    ...(period === null ? {} : { period }),
  }))
}

/** The display delays, each with the citation of its rule. */
export function delaysOf({ delays, rules }: Entry.Reference): DisplayDelay[] {
  return delays.map(({ ruleCode, period, purposes, fields }) => ({
    purposes: purposes.map(({ code }) => code),
    fields: fields.map(({ code }) => code),
    period,
    citation: citationOf(rules, ruleCode),
    rule: ruleCode,
  }))
}

function citationOf(rules: readonly Entry.RuleEntry[], code: string): string {
  const rule = rules.find((one) => one.code === code)
  if (rule === undefined) throw new Error(`no rule ${code}`)
  return rule.citation
}

/** Lookups; retired terms are found by number alone, because only old entries may still name them. */
export function termsOf<Term extends { readonly id: number; readonly code: string }>(
  current: readonly Term[],
  retired: readonly Term[],
): Terms<Term> {
  const byCode = new Map(current.map((term) => [term.code, term]))
  const byId = new Map([...retired, ...current].map((term) => [term.id, term]))
  return {
    all: current,
    byCode: (code) => byCode.get(code),
    byId: (id) => byId.get(id),
  }
}

/** A consent that controllers may ask for. */
export function consentOf(entry: Entry.ConsentEntry): ConsentKind {
  return {
    code: entry.code,
    purpose: entry.purposeCode,
    controller: entry.controllerAuthority,
    recipients: entry.recipientAuthorities,
    fields: entry.fieldCodes,
    legalBasis: entry.legalBasisCode,
    statutory: entry.statutoryConsent,
    explicit: entry.explicitArt9,
    duration: entry.defaultDuration,
    minAge: entry.minAge,
    granular: entry.granular,
    wordings: {
      de: {
        title: entry.titleDe,
        text: entry.shortTextDe,
        refusal: entry.consequenceRefusalDe,
        withdrawal: entry.withdrawalEffectDe,
      },
      en: {
        title: entry.titleEn,
        text: entry.shortTextEn,
        refusal: entry.consequenceRefusalEn,
        withdrawal: entry.withdrawalEffectEn,
      },
    },
  }
}
