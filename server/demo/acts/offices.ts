import type { Acts } from './act.js'

/** The residents' register (BMG §§ 3, 34; AufenthV § 72; SGB II § 52a). */
export const RESIDENTS_REGISTER = {
  'melde.person': [
    'store meldebehoerde>meldebehoerde registration bmg_3',
    'mr.identity mr.address mr.family',
  ],
  'melde.details': [
    'store meldebehoerde>meldebehoerde registration bmg_3',
    'mr.tax_id mr.landlord',
  ],
  'melde.to-abh': [
    'transmit meldebehoerde>abh foreigners_law aufenthv_72',
    'mr.identity mr.address',
  ],
  'melde.jobcenter': ['query meldebehoerde>jobcenter jobseekers bmg_34', 'mr.identity mr.address'],
  'melde.asylblg': ['query meldebehoerde>asylblg social_asylblg bmg_34', 'mr.identity mr.address'],
  'melde.youth': ['query meldebehoerde>jugendamt youth bmg_34', 'mr.identity mr.address'],
  'melde.nationality': [
    'query meldebehoerde>staatsangehoerigkeit citizenship bmg_34',
    'mr.identity mr.address',
  ],
  'melde.family': [
    'query meldebehoerde>familienkasse child_benefit bmg_34',
    'mr.identity mr.address',
  ],
  'melde.abh': ['query meldebehoerde>abh foreigners_law bmg_34', 'mr.identity mr.address'],
  'melde.health': [
    'query meldebehoerde>gesundheitsamt infection_protection bmg_34',
    'mr.identity mr.address',
  ],
  'jobcenter.address-match': ['query jobcenter>meldebehoerde benefit_check sgb2_52a', 'mr.address'],
} as const satisfies Acts

/** Files of the immigration office, the asylum authority and those who work with them. */
export const RESIDENCE_FILES = {
  'abh.file': ['store abh>abh foreigners_law aufenthv_62_65', 'abh.file'],
  'abh.card': ['store abh>abh residence_document aufenthg_78', 'abh.eat_chip'],
  'abh.to-melde': [
    'transmit abh>meldebehoerde registration aufenthg_90a',
    'family_name given_names birth_date nationality address_current entry_departure',
  ],
  'abh.to-asylblg': [
    'transmit abh>asylblg social_asylblg aufenthg_90_3',
    'residence_title work_conditions',
  ],
  'abh.to-ba': ['transmit abh>ba fast_track aufenthg_81a', 'family_name given_names soc.employer'],
  'abh.to-chamber': ['transmit abh>kammer fast_track aufenthg_81a', 'recog.certificates'],
  'abh.to-nationality': ['transmit abh>staatsangehoerigkeit citizenship stag_32', 'abh.file'],
  'ba.to-abh': ['transmit ba>abh employment_admission aufenthg_39', 'ba_consent'],
  'bamf.file': ['store bamf>bamf asylum asylg_7', 'asylum_request entry_country'],
  'bamf.to-abh': [
    'transmit bamf>abh foreigners_law asylg_8_3',
    'asylum_decision protection_status',
  ],
  'bamf.to-asylblg': [
    'transmit bamf>asylblg social_asylblg asylg_8_2a',
    'asylum_decision asylum_permission',
  ],
  'bamf.to-ba': [
    'transmit bamf>ba jobseekers asylg_8_3',
    'asylum_permission occupation language_skills',
  ],
  'mission.file': [
    'store auslandsvertretung>auslandsvertretung visa aufenthv_69',
    'visa.application visa.decision',
  ],
  'chamber.file': ['store kammer>kammer recognition bqfg_5', 'recog.certificates'],
  'nationality.file': [
    'store staatsangehoerigkeit>staatsangehoerigkeit citizenship stag_31',
    'nat.application',
  ],
} as const satisfies Acts

/** Files of benefits offices (SGB II, III, X; AsylbLG; EStG § 68). */
export const BENEFIT_FILES = {
  'jobcenter.file': [
    'store jobcenter>jobcenter jobseekers sgb10_67a',
    'soc.income_assets soc.benefit_amount soc.customer_number',
  ],
  'jobcenter.plan': ['store jobcenter>jobcenter jobseekers sgb2_15', 'soc.potential_analysis'],
  'jobcenter.to-ba': [
    'transmit jobcenter>ba jobseekers sgb2_51a',
    'soc.customer_number soc.benefit_amount',
  ],
  'jobcenter.pension-match': [
    'query jobcenter>rentenversicherung benefit_check sgb2_52',
    'soc.employer',
  ],
  'jobcenter.to-abh': [
    'transmit jobcenter>abh foreigners_law sgb10_71_2',
    'soc.benefit_amount soc.employer',
  ],
  'jobcenter.to-family': [
    'transmit jobcenter>familienkasse child_benefit estg_68',
    'soc.benefit_amount',
  ],
  'jobcenter.to-nationality': [
    'transmit jobcenter>staatsangehoerigkeit citizenship stag_32',
    'soc.benefit_amount',
  ],
  'family.to-jobcenter': [
    'transmit familienkasse>jobcenter jobseekers estg_68',
    'soc.child_benefit',
  ],
  'asylblg.file': [
    'store asylblg>asylblg social_asylblg asylblg_7_8a',
    'soc.income_assets soc.benefit_amount',
  ],
  'asylblg.health-cover': [
    'transmit asylblg>krankenkasse health_insurance sgb5_264',
    'soc.health_care_notice',
  ],
  'asylblg.to-abh': [
    'transmit asylblg>abh benefit_check asylblg_11_3',
    'family_name given_names birth_date nationality address_current',
  ],
  'ba.file': ['store ba>ba jobseekers sgb3_394', 'soc.customer_number soc.potential_analysis'],
} as const satisfies Acts

/** Integration courses, health, youth, civil status (IntV, IfSG, SGB VIII, PStG). */
export const COURSES_AND_CARE = {
  'course.jobcenter': ['transmit jobcenter>bamf integration_course intv_8', 'course_entitlement'],
  'course.abh': [
    'transmit abh>bamf integration_course intv_8',
    'course_entitlement residence_title nationality',
  ],
  'course.asylblg': ['transmit asylblg>bamf integration_course intv_8', 'course_entitlement'],
  'course.enrolled': [
    'store sprachkurstraeger>sprachkurstraeger integration_course intv_7',
    'course.registration course.placement_test',
  ],
  'course.attended': [
    'store sprachkurstraeger>sprachkurstraeger integration_course intv_7',
    'course.attendance',
  ],
  'course.to-bamf': [
    'transmit sprachkurstraeger>bamf integration_course intv_8',
    'course.registration course.attendance',
  ],
  'course.test': [
    'transmit sprachkurstraeger>bamf integration_course intv_8',
    'course.placement_test',
  ],
  'course.absent': [
    'transmit sprachkurstraeger>jobcenter integration_course intv_8',
    'course.attendance',
  ],
  'course.bamf-to-jobcenter': [
    'transmit bamf>jobcenter integration_course aufenthg_88a_1',
    'course.attendance course.certificate',
  ],
  'course.bamf-to-abh': [
    'transmit bamf>abh integration_course aufenthg_88a_1',
    'course.attendance course.certificate',
  ],
  'course.bamf-to-nationality': [
    'transmit bamf>staatsangehoerigkeit citizenship aufenthg_88a_1',
    'course.certificate',
  ],
  'course.work': [
    'transmit sprachkurstraeger>jobcenter vocational_german deufoev_26',
    'course.attendance course.certificate',
  ],
  'health.shelter': [
    'transmit gesundheitsamt>unterkunft infection_protection asylg_62',
    'health.exam_result',
  ],
  'youth.file': ['store jugendamt>jugendamt youth sgb8_64', 'youth.case_file'],
  'civil.record': ['store standesamt>standesamt civil_status pstg_9', 'reg.birth_record'],
  'civil.to-melde': ['transmit standesamt>meldebehoerde civil_status pstg_9', 'reg.birth_record'],
} as const satisfies Acts
