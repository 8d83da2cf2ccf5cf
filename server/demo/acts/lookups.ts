import type { Acts } from './act.js'

const PERSON = 'family_name given_names birth_date nationality'

/** What offices look up in the Central Register and its visa file (AZRG §§ 14-21, 32, 34 (6)). */
export const LOOKED_UP = {
  'abh.lookup': ['query bva>abh foreigners_law azrg_15_1_1', `number ${PERSON}`],
  'abh.status': [
    'query bva>abh foreigners_law azrg_15_1_1',
    'residence_title title_application work_conditions',
  ],
  'abh.right': ['query bva>abh foreigners_law azrg_15_1_1', 'family_name eu_residence_right'],
  'abh.addresses': ['query bva>abh foreigners_law azrg_15_1_1', 'address_current address_former'],
  'abh.benefits': [
    'query bva>abh foreigners_law azrg_15_1_1',
    'benefits_period benefits_authority',
  ],
  'abh.integration': [
    'query bva>abh migration_integration azrg_15_1_1',
    'language_skills course_entitlement course_participation',
  ],
  'abh.stored-documents': ['query bva>abh documents azrg_10_6', 'documents'],
  'abh.visa-file': ['query bva>abh foreigners_law azrg_32', 'visa.application visa.decision'],
  'bamf.lookup': ['query bva>bamf asylum azrg_15_1_1', `number ${PERSON}`],
  'bamf.state': ['query bva>bamf asylum azrg_15_1_1', 'asylum_request asylum_permission'],
  'bamf.addresses': ['query bva>bamf asylum azrg_15_1_1', 'address_current address_former'],
  'reception.lookup': ['query bva>aufnahmeeinrichtung asylum azrg_15_1_1', `number ${PERSON}`],
  'jobcenter.lookup': ['query bva>jobcenter jobseekers azrg_18b', `number ${PERSON}`],
  'jobcenter.status': [
    'query bva>jobcenter jobseekers azrg_18b',
    'residence_title work_conditions',
  ],
  'jobcenter.contact': ['query bva>jobcenter jobseekers azrg_18b', 'address_current phone email'],
  'jobcenter.courses': [
    'query bva>jobcenter jobseekers azrg_18b',
    'course_entitlement course_participation',
  ],
  'jobcenter.family': [
    'query bva>jobcenter jobseekers azrg_18b',
    'accompanying_family responsible_bodies',
  ],
  'jobcenter.learned': ['query bva>jobcenter jobseekers azrg_18b', 'schooling occupation'],
  'asylblg.lookup': ['query bva>asylblg social_asylblg azrg_18a', `number ${PERSON}`],
  'asylblg.asylum': [
    'query bva>asylblg social_asylblg azrg_18a',
    'asylum_request asylum_permission',
  ],
  'asylblg.contact': ['query bva>asylblg social_asylblg azrg_18a', 'address_current phone'],
  'health.lookup': ['query bva>gesundheitsamt health_check azrg_18c', `number ${PERSON}`],
  'health.vaccinations': ['query bva>gesundheitsamt health_check azrg_18c', 'vaccinations'],
  'youth.lookup': ['query bva>jugendamt youth azrg_18d_1', `number ${PERSON}`],
  'youth.family': [
    'query bva>jugendamt youth azrg_18d_1',
    'accompanying_family responsible_youth_office',
  ],
  'family.lookup': ['query bva>familienkasse child_benefit azrg_18f_3', `number ${PERSON}`],
  'family.title': ['query bva>familienkasse child_benefit azrg_18f_3', 'residence_title'],
  // A tracing service, in spite of a block (AZRG §§ 4, 25).
  'search.asks': ['query bva>suchdienst family_tracing azrg_25', 'family_name responsible_bodies'],
  'ba.admission': [
    'query bva>ba employment_admission azrg_18_1',
    'family_name given_names residence_title work_conditions ba_consent',
  ],
  'ba.admission-eu': [
    'query bva>ba employment_admission azrg_18_1',
    'family_name given_names nationality eu_residence_right',
  ],
  'customs.site': [
    'query bva>zoll illegal_employment azrg_18_2',
    `${PERSON} residence_title work_conditions`,
  ],
  'nationality.lookup': ['query bva>staatsangehoerigkeit citizenship azrg_19', `number ${PERSON}`],
  'nationality.title': [
    'query bva>staatsangehoerigkeit citizenship azrg_19',
    'residence_title settlement_permit',
  ],
  'nationality.benefits': [
    'query bva>staatsangehoerigkeit citizenship azrg_19',
    'benefits_period benefits_authority',
  ],
  'integration.basic': ['query bva>integrationsmanagement basic_data azrg_14', `number ${PERSON}`],
  'school.basic': ['query bva>schule basic_data azrg_14', `${PERSON} address_current`],
  'civil.basic': ['query bva>standesamt basic_data azrg_14', `${PERSON} birth_place`],
  'mission.visa': ['query bva>auslandsvertretung visa azrg_21', `${PERSON} residence_title`],
  'own.view': [
    'query bva>bva transparency azrg_34_6',
    'number submitting_authority storage_reason',
  ],
  'number.abh': ['query bva>abh base_register idnrg_6', 'mr.identity mr.address mr.tax_id'],
  'number.jobcenter': ['query bva>jobcenter base_register idnrg_6', 'mr.identity mr.tax_id'],
  'number.asylblg': ['query bva>asylblg base_register idnrg_6', 'mr.identity mr.tax_id'],
  'number.family': ['query bva>familienkasse base_register idnrg_6', 'mr.identity mr.tax_id'],
} as const satisfies Acts
