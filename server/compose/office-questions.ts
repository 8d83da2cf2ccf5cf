import type { Catalogue } from '../catalogue/index.js'
import type { Database } from '../database.js'
import { compileCaseRef, DEFAULT_CASE_REF } from '../ingestion/index.js'
import { createOfficeQuestions, type OfficeQuestions, type Oversight } from '../oversight/index.js'
import { questionRoutes } from '../oversight/routes/questions.js'
import type { InTransaction } from '../platform/db/transaction.js'
import { newReference } from '../rectification/index.js'
import type { Installation } from './installation.js'

/** Questions of officers to the units of their office. */
export function officeQuestionsOf(
  { clock, random }: Installation,
  {
    inTransaction,
    oversight,
  }: { readonly inTransaction: InTransaction<Database>; readonly oversight: Oversight },
): OfficeQuestions {
  return createOfficeQuestions({
    ...{ inTransaction, clock, random },
    newReference: () => newReference(random),
    accessOf: (actor, index) => oversight.access(actor, index),
  })
}

/** Their pages; a file number of an answer is checked as those of the office's deliveries are. */
export function officeQuestionRoutesOf(
  { officeQuestions }: { readonly officeQuestions: OfficeQuestions },
  catalogue: Catalogue,
) {
  return questionRoutes({ officeQuestions, catalogue, caseRefFits })
}

/** A number of any stream of the office is one; where none delivers, the pattern of all counts. */
function caseRefFits(patterns: readonly (string | null)[], caseRef: string): boolean {
  const all = patterns.length === 0 ? [null] : patterns
  return all.some((one) => {
    const pattern = compileCaseRef(one ?? DEFAULT_CASE_REF)
    return pattern.ok && pattern.value(caseRef)
  })
}
