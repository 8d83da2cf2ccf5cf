import { sql } from 'kysely'
import type { Trx } from '../../database.js'
import type { FindingKey } from '../flags/finding.js'
import type {
  OfficeAnswer,
  QuestionRow,
  QuestionState,
  QuestionStepRow,
  QuestionWant,
} from '../flags/questions.js'

const COLUMNS = sql`question, reference, leaf_index as "index", rule, unit, evidence, wants, state,
  asked_at as "askedAt", due_on::text as "dueOn", answer, case_ref as "caseRef", changed_at as "changedAt"`

/** A question that is asked. */
export interface NewQuestion extends FindingKey {
  readonly question: string
  readonly reference: string
  readonly wants: readonly QuestionWant[]
  readonly at: Date
  readonly dueOn: string
}

/** Asks about a finding that has been moved to `asked`: office, unit, evidence and expiry are the finding's. */
export async function insertQuestion(trx: Trx, asked: NewQuestion): Promise<void> {
  const { question, reference, index, rule, wants, at, dueOn } = asked
  await sql`insert into oversight.question (question, reference, leaf_index, rule, office, unit, evidence, wants,
      state, asked_at, due_on, steps, changed_at, expires_on)
    select ${question}, ${reference}, f.leaf_index, f.rule, f.office, coalesce((f.evidence->>'unit')::int, 0),
      f.evidence, ${[...wants]}::text[], 'open', ${at}, least(${dueOn}::date, f.expires_on - 1), 1, ${at},
      f.expires_on
    from oversight.finding f where f.leaf_index = ${index} and f.rule = ${rule}`.execute(trx)
}

/** Where a page of questions begins: behind this one. */
export interface QuestionPlace {
  readonly key: string
  readonly reference: string
}

/** Questions in some states that the member of staff of the scope may see, those due first at the top. */
export async function readQuestions(
  trx: Trx,
  { states, after }: { readonly states: readonly QuestionState[]; readonly after?: QuestionPlace },
  limit: number,
): Promise<readonly QuestionRow[]> {
  const behind =
    after === undefined
      ? sql``
      : sql`and (due_on, reference) > (${after.key}::date, ${after.reference})`
  const { rows } = await sql<QuestionRow>`select ${COLUMNS} from oversight.question
    where state = any(${[...states]}::text[]) ${behind}
    order by due_on, reference limit ${limit}`.execute(trx)
  return rows
}

/** Questions about a finding, the oldest first. */
export async function readQuestionsOf(
  trx: Trx,
  { index, rule }: FindingKey,
): Promise<readonly QuestionRow[]> {
  const { rows } = await sql<QuestionRow>`select ${COLUMNS} from oversight.question
    where leaf_index = ${index} and rule = ${rule} order by asked_at, reference`.execute(trx)
  return rows
}

/** One question by its reference, or nothing: what is another's and what does not exist look alike. */
export async function readQuestion(trx: Trx, reference: string): Promise<QuestionRow | undefined> {
  const { rows } = await sql<QuestionRow>`select ${COLUMNS} from oversight.question
    where reference = ${reference}`.execute(trx)
  return rows[0]
}

/** What happened to a question, in order. */
export async function readQuestionSteps(
  trx: Trx,
  question: string,
): Promise<readonly QuestionStepRow[]> {
  return trx
    .selectFrom('oversight.question_step')
    .select(['number', 'kind', 'made_at as at'])
    .where('question', '=', question)
    .orderBy('number')
    .execute()
}

/** Answers a question that is open; false where it is no longer. */
export async function answerQuestion(
  trx: Trx,
  question: string,
  { answer, caseRef, at }: OfficeAnswer & { readonly at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('oversight.question')
    .set({ state: 'answered', answer, case_ref: caseRef ?? null, changed_at: at })
    .set({ steps: sql<number>`steps + 1` })
    .where('question', '=', question)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whether the office of the scope has anybody who can answer in the portal. */
export async function readHasClerk(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select oversight.somebody_answers() as has`.execute(trx)
  return rows[0]?.has ?? false
}

/** Reminds both sides of questions whose day has passed, once; returns of how many. */
export async function remindOverdue(trx: Trx, at: Date): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select oversight.remind_overdue(${at}) as count`.execute(trx)
  return Number(rows[0]?.count ?? 0)
}

/** What file numbers of the office in the setting match, one for each of its streams; absent for the pattern of all. */
export async function readCaseRefPatterns(trx: Trx): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ pattern: string | null }>`
    select distinct case_ref_pattern as pattern from reporting.delivering`.execute(trx)
  return rows.map(({ pattern }) => pattern)
}
