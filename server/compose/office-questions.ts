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

/** Their pages; a file number of an answer is checked as those of deliveries are. */
export function officeQuestionRoutesOf(
  { officeQuestions }: { readonly officeQuestions: OfficeQuestions },
  catalogue: Catalogue,
) {
  const pattern = compileCaseRef(DEFAULT_CASE_REF)
  const caseRefFits = (caseRef: string) => pattern.ok && pattern.value(caseRef)
  return questionRoutes({ officeQuestions, catalogue, caseRefFits })
}
