import type { CaseStory } from './case.js'
import { ELSEWHERE } from './cases/elsewhere.js'
import { PAPERS_AND_PERMITS } from './cases/papers-and-permits.js'
import { NEWCOMERS_IN_PFORZHEIM } from './cases/newcomers.js'
import { FAMILY_IN_PFORZHEIM } from './cases/pforzheim.js'
import { IN_REUTLINGEN } from './cases/reutlingen.js'

/** Every request of the demonstration. The twins have none: they differ in nothing that is shown. */
export const CASES: readonly CaseStory[] = [
  ...FAMILY_IN_PFORZHEIM,
  ...NEWCOMERS_IN_PFORZHEIM,
  ...PAPERS_AND_PERMITS,
  ...IN_REUTLINGEN,
  ...ELSEWHERE,
]
