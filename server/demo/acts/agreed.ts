import type { Acts } from './act.js'

/** What rests on consent: voluntary flows, each of which cites one (GDPR Article 6 (1) (a)). */
export const AGREED = {
  'integration.cv': [
    'transmit integrationsmanagement>arbeitgeber v_job_placement gdpr_6_1_a',
    'vol.cv',
  ],
  'integration.chamber': [
    'transmit integrationsmanagement>kammer v_job_placement gdpr_6_1_a',
    'vol.cv recog.certificates',
  ],
  'integration.mentor': [
    'transmit integrationsmanagement>ehrenamt v_mentoring gdpr_6_1_a',
    'vol.interests vol.contact',
  ],
  'integration.interpreter': [
    'transmit integrationsmanagement>dolmetschpool v_interpreter gdpr_6_1_a',
    'vol.language_preference',
  ],
  'jobcenter.course-contact': [
    'transmit jobcenter>sprachkurstraeger v_course_contact deufoev_6',
    'vol.contact',
  ],
  'nationality.advice': [
    'query bva>staatsangehoerigkeit naturalisation_advice azrg_19_3',
    'residence_title protection_status',
  ],
} as const satisfies Acts
