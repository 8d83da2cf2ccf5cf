import type { Control } from './control.js'
import { ACTING_CONTROLS } from './controls/acting.js'
import { APPOINTMENT_CONTROLS } from './controls/appointments.js'
import { EMERGENCY_CONTROLS } from './controls/emergencies.js'
import { BLOCKS } from './controls/blocks.js'
import { CAPS } from './controls/caps.js'
import { CASEWORK } from './controls/casework.js'
import { FLAG_CONTROLS } from './controls/flags.js'
import { HELD } from './controls/held.js'
import { OVERSIGHT } from './controls/oversight.js'
import { CONSENT_DESK } from './controls/consent-desk.js'
import { CONSENTS } from './controls/consents.js'
import { CONSENT } from './controls/consent.js'
import { DATABASE } from './controls/database.js'
import { DELIVERIES } from './controls/deliveries.js'
import { FILES_SENT } from './controls/files.js'
import { INPUT } from './controls/input.js'
import { INQUIRIES } from './controls/inquiries.js'
import { JOBS } from './controls/jobs.js'
import { LEDGER } from './controls/ledger.js'
import { NOTICES } from './controls/notices.js'
import { PASSKEYS } from './controls/passkeys.js'
import { RECTIFICATION } from './controls/rectification.js'
import { TELLING } from './controls/telling.js'
import { TIDINGS } from './controls/tidings.js'
import { QUESTION_CONTROLS } from './controls/questions.js'
import { REGISTERS } from './controls/registers.js'
import { REQUESTS } from './controls/requests.js'
import { SEARCH_CONTROLS } from './controls/searches.js'
import { SIGN_IN } from './controls/sign-in.js'
import { STAFFING } from './controls/staff.js'

/** The controls of security and integrity; a test must fail where one of them is missing. */
export const CONTROLS: readonly Control[] = [
  ...REQUESTS,
  ...INPUT,
  ...FILES_SENT,
  ...SIGN_IN,
  ...PASSKEYS,
  ...STAFFING,
  ...DATABASE,
  ...DELIVERIES,
  ...APPOINTMENT_CONTROLS,
  ...EMERGENCY_CONTROLS,
  ...RECTIFICATION,
  ...TELLING,
  ...CASEWORK,
  ...FLAG_CONTROLS,
  ...CAPS,
  ...ACTING_CONTROLS,
  ...TIDINGS,
  ...QUESTION_CONTROLS,
  ...HELD,
  ...OVERSIGHT,
  ...SEARCH_CONTROLS,
  ...INQUIRIES,
  ...CONSENT_DESK,
  ...CONSENTS,
  ...CONSENT,
  ...BLOCKS,
  ...REGISTERS,
  ...NOTICES,
  ...LEDGER,
  ...JOBS,
]
