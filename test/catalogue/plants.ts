import { entryIn, type RawData } from './files.js'

/** A fault, how to plant it into the data, and what must be said of it. */
export type Plant = readonly [name: string, spoil: (raw: RawData) => void, found: RegExp]

const FLOW = 'f.azr.store.abh-bva.register_keeping.7368fb'
/** The entries that most faults are planted into. */
export const flow = (raw: RawData) => entryIn(raw.flows, FLOW)
const consent = (raw: RawData) => entryIn(raw.consents, 'c.cv_employer')
export const office = (raw: RawData) => entryIn(raw.instances, 'i.pf.abh')
export const classed = (raw: RawData, code: string) => entryIn(raw.classes, code)
const delay = (raw: RawData) => raw.delays[0] ?? {}

/** At least one fault for everything that is checked. */
export const PLANTS: readonly Plant[] = [
  [
    'a field twice',
    (raw) => raw.fields.push({ ...entryIn(raw.fields, 'azr.number') }),
    /fields: the code azr.number stands twice/,
  ],
  [
    'an office with the code of a kind',
    (raw) => (office(raw).code = 'abh'),
    /authorities and offices: the code abh stands twice/,
  ],
  [
    'a portal code that the law texts have',
    (raw) => (entryIn(raw.portal.purposes ?? [], 'portal_casework').code = 'asylum'),
    /purposes: the code asylum stands twice/,
  ],
  [
    'a key of seven digits',
    (raw) => (office(raw).ags = '0823100'),
    /office i.pf.abh: the key 0823100 is none of a municipality/,
  ],
  [
    'a key of a district at a municipality',
    (raw) => (office(raw).ags = '08231'),
    /the key 08231 is none of a municipality/,
  ],
  [
    'no key at a municipality',
    (raw) => (office(raw).ags = null),
    /the key null is none of a municipality/,
  ],
  [
    'a key without a place',
    (raw) => (office(raw).state = null),
    /municipality, state and key belong together/,
  ],
  [
    'an office of no kind',
    (raw) => (office(raw).authorityTypeCode = 'none'),
    /office i.pf.abh: the authority none does not exist/,
  ],
  [
    'a field with no basis',
    (raw) => (entryIn(raw.fields, 'azr.number').legalBasisCode = 'none'),
    /field azr.number: the legal basis none does not exist/,
  ],
  [
    'a field that nobody corrects',
    (raw) => (entryIn(raw.fields, 'azr.number').correctionAuthorities = ['none']),
    /field azr.number: the authority none does not exist/,
  ],
  [
    'a field kept by no rule',
    (raw) => (entryIn(raw.fields, 'azr.number').retentionRuleCode = 'ret.none'),
    /field azr.number: the rule ret.none does not exist/,
  ],
  [
    'a field kept by a rule of another type',
    (raw) => (entryIn(raw.fields, 'azr.number').retentionRuleCode = 'dis.open'),
    /field azr.number: dis.open does not set a retention/,
  ],
  [
    'a group of no fields',
    (raw) => (entryIn(raw['field-groups'], 'core').fieldCodes = ['azr.none']),
    /field group core: the field azr.none does not exist/,
  ],
  [
    'a flow from nowhere',
    (raw) => (flow(raw).sourceAuthority = 'none'),
    /7368fb: the authority none does not exist/,
  ],
  [
    'a flow of no field',
    (raw) => (flow(raw).fieldCodes = ['azr.none']),
    /7368fb: the field azr.none does not exist/,
  ],
  [
    'a flow for no purpose',
    (raw) => (flow(raw).purposeCode = 'none'),
    /7368fb: the purpose none does not exist/,
  ],
  [
    'a flow on no basis',
    (raw) => (flow(raw).legalBasisCode = 'none'),
    /7368fb: the legal basis none does not exist/,
  ],
  [
    'a flow shown by no rule',
    (raw) => (flow(raw).disclosureRuleCode = 'dis.none'),
    /7368fb: the rule dis.none does not exist/,
  ],
  [
    'a flow shown by a rule of another type',
    (raw) => (flow(raw).disclosureRuleCode = 'ret.visa'),
    /7368fb: its disclosure rule is a rule of disclosure/,
  ],
  [
    'a flow with a third actor',
    (raw) => (flow(raw).actingAuthority = 'bamf'),
    /7368fb: who acts is/,
  ],
  [
    'a voluntary flow by law',
    (raw) => (flow(raw).voluntary = true),
    /7368fb: it is voluntary exactly where its purpose is/,
  ],
  [
    'a flow with a letter of its own',
    (raw) => (flow(raw).gdprArt6 = 'a'),
    /7368fb: its Article 6 letter/,
  ],
  [
    'a flow that hides a special category',
    (raw) => (entryIn(raw.fields, 'azr.gender').art9 = true),
    /7368fb: containsArt9/,
  ],
  [
    'a flow that hides an offence',
    (raw) => (entryIn(raw.fields, 'azr.gender').art10 = true),
    /7368fb: containsArt10/,
  ],
  [
    'a flow in a wrong category',
    (raw) => (flow(raw).fieldCategories = ['health']),
    /7368fb: fieldCategories/,
  ],
  [
    'more fields for EU citizens than for all',
    (raw) => (flow(raw).fieldCodesForEuCitizens = ['azr.photo']),
    /7368fb: fields of EU citizens/,
  ],
  [
    'an office that no data protection officer may look into',
    (raw) => (office(raw).authorityTypeCode = 'kammer'),
    /portal: kammer has offices, but no flow/,
  ],
  [
    'a consent to what the law orders',
    (raw) => (consent(raw).purposeCode = 'asylum'),
    /consent c.cv_employer: the purpose asylum is not voluntary/,
  ],
  [
    'a tacit consent to health data',
    (raw) => (consent(raw).fieldCodes = ['vol.medical_report']),
    /consent c.cv_employer: it has a special category/,
  ],
  [
    'a consent for no time',
    (raw) => (consent(raw).defaultDuration = 'six months'),
    /consent c.cv_employer: six months is no duration/,
  ],
  [
    'a consent to no recipient',
    (raw) => (consent(raw).recipientAuthorities = ['none']),
    /consent c.cv_employer: the authority none does not exist/,
  ],
  [
    'a text without English',
    (raw) => (entryIn(raw.rules, 'dis.open').ruleEn = ' '),
    /rule dis.open: ruleEn is missing/,
  ],
  [
    'a text without German',
    (raw) => (entryIn(raw.units, 'records').labelDe = ''),
    /unit records: labelDe is missing/,
  ],
  [
    'a condition in one language',
    (raw) => (flow(raw).conditionDe = 'Nur auf Antrag'),
    /7368fb: conditionEn is missing/,
  ],
  [
    'a legal basis without a title',
    (raw) => (entryIn(raw['legal-bases'], 'gdpr_15').shortTitle = ''),
    /legal basis gdpr_15: shortTitle is missing/,
  ],
  [
    'a delay without a reason',
    (raw) => ((delay(raw).fields as RawData['fields'])[0]!.reasonEn = ''),
    /delayed field azr.deportation: reasonEn is missing/,
  ],
  [
    'a rule with a period in words',
    (raw) => (entryIn(raw.rules, 'ret.visa').period = '5 years'),
    /rule ret.visa: 5 years is no duration/,
  ],
  [
    'a rule with a period that never begins',
    (raw) => (entryIn(raw.rules, 'ret.visa').periodStart = null),
    /rule ret.visa: a period and its beginning/,
  ],
  [
    'a class with a period of its own',
    (raw) => (classed(raw, 'azr').period = 'P5Y'),
    /class azr: its period P5Y is not that of ret.log.azr/,
  ],
  [
    'a class that outlives its rule',
    (raw) => (classed(raw, 'azr').period = null),
    /class azr: its period null is not that of ret.log.azr/,
  ],
  [
    'a class that cites no rule',
    (raw) => (classed(raw, 'azr').retentionRuleCode = 'ret.none'),
    /class azr: the rule ret.none does not exist/,
  ],
  [
    'a class that cites a rule of another type',
    (raw) => (classed(raw, 'other').retentionRuleCode = 'dis.open'),
    /class other: dis.open does not set a retention/,
  ],
  [
    'a class that cites the rule of another register',
    (raw) => (classed(raw, 'course').retentionRuleCode = 'ret.log.sgb'),
    /class course: ret.log.sgb is about the register social/,
  ],
  [
    'two classes with one number',
    (raw) => (classed(raw, 'course').number = 1),
    /class course: the number 1 is taken/,
  ],
  [
    'a register in two classes',
    (raw) => (classed(raw, 'idnr').registers as string[]).push('visa'),
    /register visa: it is in 2 classes/,
  ],
  [
    'a register in no class',
    (raw) => (classed(raw, 'azr').registers = ['azr']),
    /register visa: it is in 0 classes/,
  ],
  [
    'a register of fields in no class',
    (raw) => (entryIn(raw.fields, 'vol.cv').register = 'cellar'),
    /register cellar: it is in 0 classes/,
  ],
  [
    'a register that nothing has',
    (raw) => (classed(raw, 'idnr').registers as string[]).push('cellar'),
    /register cellar: no flow and no field/,
  ],
  [
    'a delay of no field',
    (raw) => ((delay(raw).fields as RawData['fields'])[0]!.code = 'azr.none'),
    /delay dis.delay: the field azr.none does not exist/,
  ],
  [
    'a delay of no purpose',
    (raw) => ((delay(raw).purposes as RawData['fields'])[0]!.code = 'none'),
    /delay dis.delay: the purpose none does not exist/,
  ],
  [
    'a delay by no rule',
    (raw) => (delay(raw).ruleCode = 'dis.none'),
    /delay dis.none: the rule dis.none does not exist/,
  ],
  [
    'a delay longer than its rule',
    (raw) => (delay(raw).period = 'P3M'),
    /delay dis.delay: its period is not that of its rule/,
  ],
  [
    'a delay by a rule of another type',
    (raw) => (delay(raw).ruleCode = 'ret.log.azr'),
    /delay ret.log.azr: it is no rule of disclosure/,
  ],
  [
    'a delay of nothing',
    (raw) => Object.assign(delay(raw), { fields: [], purposes: [] }),
    /delay dis.delay: it delays nothing/,
  ],
]
