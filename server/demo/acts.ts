import { AGREED } from './acts/agreed.js'
import { FORBIDDEN, NOT_SHOWN } from './acts/exceptional.js'
import { LOOKED_UP } from './acts/lookups.js'
import {
  BENEFIT_FILES,
  COURSES_AND_CARE,
  RESIDENCE_FILES,
  RESIDENTS_REGISTER,
} from './acts/offices.js'
import { SENT_BY_REGISTER, STORED_IN_REGISTER } from './acts/register.js'

/** Everything that offices do in the demonstration. */
export const ACTS = {
  ...STORED_IN_REGISTER,
  ...SENT_BY_REGISTER,
  ...LOOKED_UP,
  ...RESIDENTS_REGISTER,
  ...RESIDENCE_FILES,
  ...BENEFIT_FILES,
  ...COURSES_AND_CARE,
  ...AGREED,
  ...NOT_SHOWN,
  ...FORBIDDEN,
} as const

/** The name of an act. */
export type ActName = keyof typeof ACTS
