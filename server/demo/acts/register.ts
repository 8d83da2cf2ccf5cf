import type { Acts } from './act.js'

const PERSON = 'family_name given_names birth_date nationality'

/** What offices store in the Central Register of Foreign Nationals (AZRG §§ 4, 6; AZRG-DV Anlage). */
export const STORED_IN_REGISTER = {
  'abh.identity': ['store abh>bva register_keeping azrg_6', `${PERSON} birth_place gender`],
  'abh.papers': [
    'store abh>bva register_keeping azrg_6',
    'name_variants identity_document marital_status',
  ],
  'abh.photo': ['store abh>bva register_keeping azrg_6', 'photo'],
  'abh.address': ['store abh>bva register_keeping azrg_6', 'address_current address_former'],
  'abh.entry': ['store abh>bva register_keeping azrg_6', 'entry_departure'],
  'abh.title': [
    'store abh>bva register_keeping azrg_6',
    'residence_title title_application work_conditions',
  ],
  'abh.application': ['store abh>bva register_keeping azrg_6', 'title_application'],
  'abh.settlement': ['store abh>bva register_keeping azrg_6', 'settlement_permit'],
  'abh.free-movement': ['store abh>bva register_keeping azrg_6', 'eu_residence_right'],
  'abh.fingerprints': [
    'store abh>bva register_keeping azrg_6',
    'fingerprints fingerprint_reference',
  ],
  'abh.skills': ['store abh>bva register_keeping azrg_6', 'schooling occupation language_skills'],
  'abh.course': ['store abh>bva register_keeping azrg_6', 'course_entitlement'],
  'abh.national-visa': ['store abh>bva register_keeping azrg_6', 'national_visa'],
  'abh.preapproval': ['store abh>bva fast_track azrg_6', 'fast_track_preapproval'],
  'abh.documents': ['store abh>bva register_keeping azrg_6_5', 'documents'],
  'reception.identity': [
    'store aufnahmeeinrichtung>bva register_keeping azrg_6',
    `${PERSON} birth_place gender`,
  ],
  'reception.photo': ['store aufnahmeeinrichtung>bva register_keeping azrg_6', 'photo'],
  'reception.fingerprints': [
    'store aufnahmeeinrichtung>bva register_keeping azrg_6',
    'fingerprints fingerprint_reference height_eyes',
  ],
  'reception.arrival': [
    'store aufnahmeeinrichtung>bva register_keeping azrg_6',
    'arrival_certificate',
  ],
  'reception.distribution': [
    'store aufnahmeeinrichtung>bva register_keeping azrg_6',
    'accompanying_family entry_country distribution phone responsible_bodies',
  ],
  'reception.address': ['store aufnahmeeinrichtung>bva register_keeping azrg_6', 'address_current'],
  'reception.request': ['store aufnahmeeinrichtung>bva register_keeping azrg_6', 'asylum_request'],
  'health.exam': [
    'store gesundheitsamt>bva register_keeping azrg_6',
    'health_exam no_medical_objection vaccinations',
  ],
  'bamf.request': ['store bamf>bva register_keeping azrg_6', 'asylum_request asylum_permission'],
  'bamf.decision': ['store bamf>bva register_keeping azrg_6', 'asylum_decision protection_status'],
  'bamf.course': [
    'store bamf>bva register_keeping azrg_6',
    'course_entitlement course_participation',
  ],
  'bamf.documents': ['store bamf>bva register_keeping azrg_6_5', 'documents'],
  'jobcenter.period': [
    'store jobcenter>bva register_keeping azrg_6',
    'benefits_period benefits_authority',
  ],
  'jobcenter.skills': [
    'store jobcenter>bva register_keeping azrg_6',
    'schooling occupation language_skills',
  ],
  'asylblg.period': [
    'store asylblg>bva register_keeping azrg_6',
    'benefits_period benefits_authority',
  ],
  'youth.responsible': ['store jugendamt>bva register_keeping azrg_6', 'responsible_youth_office'],
  'melde.register-address': [
    'store meldebehoerde>bva register_keeping azrg_6',
    `number ${PERSON} address_current address_former`,
  ],
  'ba.before-title': ['store ba>bva register_keeping azrg_6', 'ba_decision_before_title'],
} as const satisfies Acts

/** What the register sends by itself (AZRG §§ 8a, 15a, 18e, 23, 23a). */
export const SENT_BY_REGISTER = {
  'match.jobcenter': [
    'transmit bva>jobcenter benefit_check azrg_15a',
    `number ${PERSON} entry_departure`,
  ],
  'match.asylblg': [
    'transmit bva>asylblg benefit_check azrg_15a',
    `number ${PERSON} entry_departure`,
  ],
  'match.abh': ['transmit bva>abh foreigners_law azrg_15a', `number ${PERSON} benefits_period`],
  'care.abh': ['transmit bva>abh data_care azrg_8a', `${PERSON} submitting_authority`],
  'care.melde': ['transmit bva>meldebehoerde data_care azrg_8a', `${PERSON} submitting_authority`],
  'register.melde': [
    'transmit bva>meldebehoerde registration azrg_18e',
    `number ${PERSON} address_current`,
  ],
  'register.mission': [
    'transmit bva>auslandsvertretung fast_track azrg_21_8',
    `number ${PERSON} fast_track_preapproval`,
  ],
  'statistics.federal': [
    'transmit bva>destatis statistics azrg_23',
    'birth_date gender nationality marital_status residence_title',
  ],
  'statistics.work': [
    'transmit bva>ba statistics azrg_23a',
    `number ${PERSON} residence_title address_current`,
  ],
} as const satisfies Acts
