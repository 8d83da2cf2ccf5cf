import type { Database, Trx } from '../../database.js'
import { reportingScope, staffScope, type StaffActor } from '../../identity/index.js'
import type { InTransaction, Scope } from '../../platform/db/transaction.js'
import type { Look } from '../../platform/http/route.js'
import type { Clock } from '../../platform/kernel/clock.js'
import { DomainError } from '../../platform/kernel/errors.js'
import { uuidOf } from '../../platform/kernel/ids.js'
import { pageOf, type Page } from '../../platform/kernel/paging.js'
import type { Random } from '../../platform/kernel/random.js'
import { lookAt } from '../looking.js'
import type { OpenedAccess } from '../service.js'
import { moveFinding, readFinding } from '../store/findings.js'
import {
  answerQuestion,
  insertQuestion,
  readCaseRefPatterns,
  readHasClerk,
  readQuestion,
  readQuestions,
  readQuestionsOf,
  readQuestionSteps,
  remindOverdue,
  type QuestionPlace,
} from '../store/questions.js'
import type { FindingKey, FindingRow } from './finding.js'
import {
  answerDue,
  isAboutAccess,
  obstacleOf,
  type AskObstacle,
  type OfficeAnswer,
  type QuestionRow,
  type QuestionState,
  type QuestionStepRow,
  type QuestionWant,
} from './questions.js'

/** What asking the office is made of. */
export interface OfficeQuestionParts {
  readonly inTransaction: InTransaction<Database>
  readonly clock: Clock
  readonly random: Random
  readonly newReference: () => string
  /** One access as the member of staff may read it; NOT_FOUND for what is withheld from their role. */
  readonly accessOf: (actor: StaffActor, index: number) => Promise<OpenedAccess>
}

/** What was asked about a finding, and whether more can be asked. */
export interface Asked {
  readonly questions: readonly QuestionRow[]
  readonly obstacle?: AskObstacle
}

/** A question with what happened to it, and the access that it is about. */
export interface OpenedQuestion {
  readonly question: QuestionRow
  readonly steps: readonly QuestionStepRow[]
  /** Absent where it is about a day or a week of a unit. */
  readonly access?: OpenedAccess
}

/** Why the office was not asked. */
export type AskRefusal = 'STALE' | AskObstacle

/** Which questions a list shows. */
export interface QuestionQuery {
  readonly states: readonly QuestionState[]
  readonly after?: QuestionPlace
}

/**
 * Questions of the data protection officer to the unit of a finding (GDPR Articles 38 (2), 39 (1) (b)). Who sees which
 * question the database decides: officers those of their office, caseworkers those of their unit.
 */
export interface OfficeQuestions {
  /** What was asked about a finding; for its officer. */
  asked(actor: StaffActor, finding: FindingRow): Promise<Asked>
  /** Asks about a finding as it was read at a version, which makes it `asked`; nothing where it was done. */
  ask(
    actor: StaffActor,
    read: FindingKey & { readonly version: number },
    wants: readonly QuestionWant[],
  ): Promise<AskRefusal | undefined>
  /** No name, no number, no stable pseudonym of a person, and never who looked. */
  list(actor: StaffActor, query: QuestionQuery): Promise<Page<QuestionRow>>
  /** The look that opening a question is: at the access that it is about. */
  looks(actor: StaffActor, reference: string): Promise<readonly Look[]>
  open(actor: StaffActor, reference: string): Promise<OpenedQuestion>
  /** What file numbers of the actor's office match, one for each of its streams; absent for the pattern of all. */
  caseRefPatterns(actor: StaffActor): Promise<readonly (string | null)[]>
  /** Answers as the unit; false where the question is no longer open. */
  answer(actor: StaffActor, question: QuestionRow, answer: OfficeAnswer): Promise<boolean>
  /** Reminds of what is overdue, once each; returns of how many. */
  remind(): Promise<number>
}

const PAGE_SIZE = 30
const WORKER: Scope = { login: 'worker', role: 'worker' }

/** Makes asking the office. */
export function createOfficeQuestions(parts: OfficeQuestionParts): OfficeQuestions {
  const { inTransaction, clock } = parts
  const within = <Value>(actor: StaffActor, work: (trx: Trx) => Promise<Value>) =>
    inTransaction(staffScope(actor), work)
  return {
    asked: (actor, finding) => within(actor, (trx) => standing(trx, finding)),
    ask: (actor, read, wants) => within(actor, (trx) => ask(parts, trx, { read, wants })),
    list: (actor, query) =>
      within(actor, async (trx) => {
        const rows = await readQuestions(trx, query, PAGE_SIZE + 1)
        return pageOf(rows, PAGE_SIZE, ({ dueOn, reference }) => `${dueOn}.${reference}`)
      }),
    looks: async (actor, reference) => {
      const { access } = await withAccess(parts, actor, reference)
      return access === undefined ? [] : [lookAt(access)]
    },
    open: async (actor, reference) => {
      const opened = await withAccess(parts, actor, reference)
      const { question } = opened.question
      const steps = await within(actor, (trx) => readQuestionSteps(trx, question))
      return { ...opened, steps }
    },
    caseRefPatterns: (actor) => inTransaction(reportingScope(actor), readCaseRefPatterns),
    answer: (actor, { question }, answer) =>
      within(actor, (trx) => answerQuestion(trx, question, { ...answer, at: clock.now() })),
    remind: async () => {
      for (let reminded = 0; ;) {
        const count = await inTransaction(WORKER, (trx) => remindOverdue(trx, clock.now()))
        if (count === 0) return reminded
        reminded += count
      }
    },
  }
}

async function standing(trx: Trx, finding: FindingRow): Promise<Asked> {
  const questions = await readQuestionsOf(trx, finding)
  const hasOpen = questions.some(({ state }) => state === 'open')
  const obstacle = obstacleOf(finding, { hasOpen, hasClerk: await readHasClerk(trx) })
  return { questions, ...(obstacle === undefined ? {} : { obstacle }) }
}

interface Asking {
  readonly read: FindingKey & { readonly version: number }
  readonly wants: readonly QuestionWant[]
}

/** The finding moves first: whoever comes second finds another version of it. */
async function ask(
  { clock, random, newReference }: OfficeQuestionParts,
  trx: Trx,
  { read, wants }: Asking,
): Promise<AskRefusal | undefined> {
  const finding = await readFinding(trx, read)
  if (finding === undefined) throw new DomainError('NOT_FOUND')
  if (finding.version !== read.version) return 'STALE'
  const { obstacle } = await standing(trx, finding)
  if (obstacle !== undefined) return obstacle
  const at = clock.now()
  if (!(await moveFinding(trx, finding, { step: 'asked', reason: 'portal', at }))) return 'STALE'
  await insertQuestion(trx, {
    ...{ question: uuidOf(random.bytes(16)), reference: newReference(), wants, at },
    ...{ index: finding.index, rule: finding.rule, dueOn: answerDue(at) },
  })
  return undefined
}

/** A question and its access, each with the rights of who asks for it. */
async function withAccess(
  { inTransaction, accessOf }: OfficeQuestionParts,
  actor: StaffActor,
  reference: string,
): Promise<Omit<OpenedQuestion, 'steps'>> {
  const question = await inTransaction(staffScope(actor), (trx) => readQuestion(trx, reference))
  if (question === undefined) throw new DomainError('NOT_FOUND')
  if (!isAboutAccess(question.rule)) return { question }
  return { question, access: await accessOf(actor, question.index) }
}
