import type { Catalogue } from '../../catalogue/index.js'
import type { Actor, StaffActor } from '../../identity/actor.js'
import type { Answer, Exchange, RouteSpec } from '../../platform/http/route.js'
import { germanDay } from '../../platform/kernel/days.js'
import { DomainError } from '../../platform/kernel/errors.js'
import type { FieldError } from '../../platform/kernel/inputs.js'
import { readFlagAct, readFlagQuery, readRule, readSwitch, readTrial } from '../forms/flags.js'
import { readIndex } from '../forms.js'
import { readAsk } from '../forms/questions.js'
import type { Concerned, OfficeQuestions, Rules, Worklist } from '../index.js'
import { flagRulesPage } from '../pages/flag-rules.js'
import { flagPage, flagsPage, type FlagPen } from '../pages/flags.js'
import { askSection } from '../pages/questions.js'
import { penOf } from './pen.js'

interface Parts {
  readonly worklist: Worklist
  readonly officeQuestions: OfficeQuestions
  readonly flagRules: Rules
  readonly catalogue: Catalogue
  readonly concerned: Concerned
}

/**
 * What the rules found, for the data protection officer: no person, so nothing here is a look. Who wants to know more
 * of an access opens it, and that look is recorded there.
 */
export function flagRoutes(deps: Parts): RouteSpec<Actor>[] {
  const own = { allow: ['dpo'], disclosure: 'no-identity' } as const
  return [
    {
      ...own,
      name: 'oversight.flags',
      method: 'get',
      path: '/:lang/oversight/flags',
      menu: 'oversight:flags.menu',
      menuUnder: 'oversight.accesses',
      handle: (exchange) => showFlags(exchange, deps),
    },
    {
      ...own,
      name: 'oversight.flag-rules',
      method: 'get',
      path: '/:lang/oversight/flags/rules',
      handle: (exchange) => showRules(exchange, deps),
    },
    {
      ...own,
      name: 'oversight.flag-switch',
      method: 'post',
      path: '/:lang/oversight/flags/rules',
      handle: (exchange) => switchRule(exchange, deps),
    },
    {
      ...own,
      name: 'oversight.flag',
      method: 'get',
      path: '/:lang/oversight/flags/:entry/:flagRule',
      handle: (exchange) => showFlag(exchange, deps),
    },
    {
      ...own,
      name: 'oversight.flag-act',
      method: 'post',
      path: '/:lang/oversight/flags/:entry/:flagRule',
      keeps: 'oversight.flag',
      handle: (exchange) => act(exchange, deps),
    },
    {
      ...own,
      name: 'oversight.ask',
      method: 'post',
      path: '/:lang/oversight/flags/:entry/:flagRule/ask',
      keeps: 'oversight.flag',
      handle: (exchange) => ask(exchange, deps),
    },
  ]
}

type Visit = Exchange<Actor>
const officer = ({ actor }: Visit) => actor as StaffActor

function flagPenOf(visit: Visit, catalogue: Catalogue): FlagPen {
  return { ...penOf(visit, catalogue), catalogue }
}

async function showFlags(
  exchange: Visit,
  { worklist, catalogue, concerned }: Parts,
): Promise<Answer> {
  const { shown, ...query } = readFlagQuery(exchange.query)
  const page = await worklist.list(officer(exchange), query)
  const { rule } = query
  const agreement = await concerned.agreement(officer(exchange))
  const view = { page, shown, agreement, ...(rule === undefined ? {} : { rule }) }
  return {
    kind: 'page',
    view: 'oversight/flags',
    model: flagsPage(flagPenOf(exchange, catalogue), view),
  }
}

/** Which finding an address names; what cannot be one is none. */
function keyOf({ params }: Visit) {
  const index = readIndex(params['entry'])
  const rule = readRule(params['flagRule'])
  if (index === undefined || rule === undefined) throw new DomainError('NOT_FOUND')
  return { index, rule }
}

interface Refusal {
  readonly errors?: readonly FieldError[]
  readonly refused?: string
}

async function showFlag(
  exchange: Visit,
  { worklist, officeQuestions, catalogue }: Parts,
  { errors = [], refused = '' }: Refusal = {},
): Promise<Answer> {
  const opened = await worklist.open(officer(exchange), keyOf(exchange))
  const { finding } = opened
  const asked = await officeQuestions.asked(officer(exchange), finding)
  const typed = { form: exchange.form, errors }
  const pen = flagPenOf(exchange, catalogue)
  const today = germanDay(exchange.now)
  const model = {
    ...flagPage(pen, { ...typed, opened, refused }),
    ask: askSection(pen, { ...typed, finding, asked, today }),
  }
  return { kind: 'page', view: 'oversight/flag', model, status: statusOf({ errors, refused }) }
}

function statusOf({ errors = [], refused = '' }: Refusal): number {
  if (errors.length > 0) return 400
  return refused === '' ? 200 : 409
}

async function act(exchange: Visit, parts: Parts): Promise<Answer> {
  const { form, urls, t } = exchange
  const key = keyOf(exchange)
  const read = readFlagAct(form)
  if (!read.ok) return showFlag(exchange, parts, { errors: read.refusal })
  const { act: chosen, version } = read.value
  const refused = await parts.worklist.step(officer(exchange), { ...key, version }, chosen)
  if (refused !== undefined) {
    return showFlag(exchange, parts, { refused: t(`oversight:flags.refused.${refused}`) })
  }
  return {
    kind: 'redirect',
    to: urls.to('oversight.flag', { entry: key.index, flagRule: key.rule }),
  }
}

/** Asks the unit of the finding; the finding becomes `asked` with it. */
async function ask(exchange: Visit, parts: Parts): Promise<Answer> {
  const { form, urls, t } = exchange
  const key = keyOf(exchange)
  const read = readAsk(form, key.rule)
  if (!read.ok) return showFlag(exchange, parts, { errors: read.refusal })
  const { wants, version } = read.value
  const refused = await parts.officeQuestions.ask(officer(exchange), { ...key, version }, wants)
  if (refused !== undefined) {
    const group = refused === 'STALE' ? 'flags.refused' : 'ask.obstacle'
    return showFlag(exchange, parts, { refused: t(`oversight:${group}.${refused}`) })
  }
  return {
    kind: 'redirect',
    to: urls.to('oversight.flag', { entry: key.index, flagRule: key.rule }),
  }
}

async function showRules(
  exchange: Visit,
  { flagRules, catalogue }: Parts,
  { refused = '' }: Refusal = {},
): Promise<Answer> {
  const asked = readTrial(exchange.query)
  const errors = asked === undefined || asked.ok ? [] : asked.refusal
  const trial = asked?.ok ? await flagRules.try(officer(exchange), asked.value) : undefined
  const book = await flagRules.read(officer(exchange))
  const view = { book, query: exchange.query, errors, refused, ...(trial ? { trial } : {}) }
  const model = flagRulesPage(flagPenOf(exchange, catalogue), view)
  return {
    kind: 'page',
    view: 'oversight/flag-rules',
    model,
    status: statusOf({ errors, refused }),
  }
}

async function switchRule(exchange: Visit, parts: Parts): Promise<Answer> {
  const { form, urls, t } = exchange
  const choice = readSwitch(form)
  if (choice === undefined) throw new DomainError('BAD_REQUEST')
  if (!(await parts.flagRules.toggle(officer(exchange), choice))) {
    return showRules(exchange, parts, { refused: t('oversight:flags.refused.STALE') })
  }
  return { kind: 'redirect', to: urls.to('oversight.flag-rules') }
}
