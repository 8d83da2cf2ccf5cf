import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { germanDay } from '../../platform/kernel/days.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { answerOf } from '../flags/questions.js'
import { readAnswer, readQuestionQuery } from '../forms/questions.js'
import type { OfficeQuestions } from '../index.js'
import { questionPage, questionsPage, type Side } from '../pages/questions.js'
import { penOf } from './pen.js'

/** What the pages of questions are made of. */
export interface QuestionPages {
  readonly officeQuestions: OfficeQuestions
  readonly catalogue: Catalogue
  /** Whether a text can be a file number of an office whose streams have these patterns. */
  readonly caseRefFits: (patterns: readonly (string | null)[], caseRef: string) => boolean
}

type Visit = Exchange<Actor>
const staffOf = ({ actor }: Visit) => actor as StaffActor
const referenceOf = ({ params }: Visit) => params['question'] ?? ''

/** Questions of officers to units: lists are no look; opening one is a look at its access, which the person sees. */
export function questionRoutes(pages: QuestionPages): RouteSpec<Actor>[] {
  const looks = (visit: Visit) => pages.officeQuestions.looks(staffOf(visit), referenceOf(visit))
  const officer = { method: 'get', allow: ['dpo'] } as const
  const unit = { allow: ['caseworker'] } as const
  return [
    {
      ...officer,
      name: 'oversight.asked',
      path: '/:lang/oversight/flags/questions',
      disclosure: 'no-identity',
      handle: (visit) => showList(visit, pages, 'officer'),
    },
    {
      ...officer,
      name: 'oversight.answer',
      path: '/:lang/oversight/flags/questions/:question/answer',
      disclosure: looks,
      handle: (visit) => showOne(visit, pages, { side: 'officer' }),
    },
    {
      ...unit,
      name: 'oversight.questions',
      method: 'get',
      path: '/:lang/work/questions',
      disclosure: 'no-identity',
      menu: 'oversight:ask.list.unit.menu',
      handle: (visit) => showList(visit, pages, 'unit'),
    },
    {
      ...unit,
      name: 'oversight.question',
      method: 'get',
      path: '/:lang/work/questions/:question',
      disclosure: looks,
      handle: (visit) => showOne(visit, pages, { side: 'unit' }),
    },
    {
      ...unit,
      name: 'oversight.reply',
      method: 'post',
      path: '/:lang/work/questions/:question',
      keeps: 'oversight.question',
      disclosure: looks,
      handle: (visit) => reply(visit, pages),
    },
  ]
}

async function showList(
  visit: Visit,
  { officeQuestions, catalogue }: QuestionPages,
  side: Side,
): Promise<Answer> {
  const { isOpen, ...query } = readQuestionQuery(visit.query)
  const page = await officeQuestions.list(staffOf(visit), query)
  const view = { page, isOpen, today: germanDay(visit.now) }
  const model = questionsPage({ ...penOf(visit, catalogue), catalogue }, side, view)
  return { kind: 'page', view: 'oversight/questions', model }
}

async function showOne(
  visit: Visit,
  { officeQuestions, catalogue }: QuestionPages,
  how: { readonly side: Side; readonly errors?: readonly FieldError[]; readonly refused?: string },
): Promise<Answer> {
  const { side, errors = [], refused = '' } = how
  const opened = await officeQuestions.open(staffOf(visit), referenceOf(visit))
  const view = { opened, form: visit.form, errors, refused, today: germanDay(visit.now) }
  const model = questionPage({ ...penOf(visit, catalogue), catalogue }, side, view)
  const said = errors.length > 0 ? 400 : 200
  const status = refused === '' ? said : 409
  return { kind: 'page', view: 'oversight/question', model, status }
}

async function reply(visit: Visit, pages: QuestionPages): Promise<Answer> {
  const { form, urls, t } = visit
  const { officeQuestions, caseRefFits } = pages
  const { question } = await officeQuestions.open(staffOf(visit), referenceOf(visit))
  const patterns = await officeQuestions.caseRefPatterns(staffOf(visit))
  const fits = (caseRef: string) => caseRefFits(patterns, caseRef)
  const read = answerOf(readAnswer(form), question.rule, fits)
  if (!read.ok) return showOne(visit, pages, { side: 'unit', errors: read.refusal })
  if (!(await officeQuestions.answer(staffOf(visit), question, read.value))) {
    return showOne(visit, pages, { side: 'unit', refused: t('oversight:flags.refused.NOT_NOW') })
  }
  return {
    kind: 'redirect',
    to: urls.to('oversight.question', { question: question.reference }),
  }
}
