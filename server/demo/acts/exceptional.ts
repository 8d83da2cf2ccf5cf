import type { Acts } from './act.js'

/** What the person does not see: AZRG § 34 (2), (3), BMG § 11 (1), SGB X § 83 (5). */
export const NOT_SHOWN = {
  'police.residents': [
    'query meldebehoerde>landespolizei prosecution bmg_34',
    'mr.identity mr.address',
  ],
  'customs.residents': [
    'query meldebehoerde>zoll illegal_employment bmg_34',
    'mr.identity mr.address',
  ],
  'prosecutor.residents': [
    'query meldebehoerde>staatsanwaltschaft prosecution bmg_34',
    'mr.identity mr.address mr.landlord',
  ],
  'police.register': [
    'query bva>landespolizei prosecution azrg_15_1_4',
    'number family_name given_names birth_date address_current residence_title',
  ],
  'border.register': [
    'query bva>bundespolizei border azrg_15_1_2',
    'number family_name given_names birth_date identity_document',
  ],
  'court.register': [
    'query bva>gericht justice azrg_16',
    'family_name given_names address_current',
  ],
  'police.social': [
    'transmit jobcenter>landespolizei danger sgb10_68',
    'mr.identity mr.address soc.employer',
  ],
  'customs.alert': ['query bva>zoll illegal_employment azrg_18_2', 'wanted_alert'],
  'abh.interview': ['store abh>bva register_keeping azrg_6', 'security_interview'],
  'airport.reliability': [
    'query bva>luftsicherheit reliability azrg_15_1_3',
    'family_name given_names birth_date residence_title',
  ],
} as const satisfies Acts

/** What must not happen, for which the catalogue has no flow: a school reports (AufenthG § 87 (1)). */
export const FORBIDDEN = {
  'school.reports': ['transmit schule>abh foreigners_law aufenthg_87_2', 'schooling'],
} as const satisfies Acts
