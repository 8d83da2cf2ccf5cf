import type { Party } from '../../catalogue/index.js'
import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { CaseFacts } from '../casework.js'
import { berlinDay } from '../days.js'
import { OPENING_REASONS, QUESTIONS, REASONS, RETURN_REASONS } from '../decision.js'
import type { StepWord } from '../forms/step.js'
import {
  isOpen,
  needsSecond,
  outcomesFor,
  ownStatementCounts,
  wantsWriting,
  type RequestEvent,
} from '../rules.js'
import { EXTENSION_REASONS } from '../working.js'
import { colleagueOptions } from './cards.js'
import { clockOf } from './clock.js'
import { comparisonsOf } from './comparison.js'
import { dateHelp } from './date-help.js'
import { fieldsName, writtenRows } from './fields.js'
import { statementRows } from './draft.js'
import { namesHelp } from './names.js'
import { partInputs } from './part.js'
import { officeName, type Pen } from './pen.js'
import { decidingEvent } from './request.js'
import { timelineOf } from './timeline.js'
import { tellingOf } from './told.js'
import { optionsOf } from './wanted.js'

/** What a case is shown with. */
export interface CaseView extends Typed {
  readonly facts: CaseFacts
  readonly now: Date
  readonly refused: string
  /** Offices to pass the case on to, the likely ones first. */
  readonly offices: readonly Party[]
  readonly unitCode: (unit: number) => string | undefined
}

/** Asked before a colleague's case opens: the person reads the answer. */
export function reasonPage(
  pen: Pen,
  { reference, ...typed }: Typed & { reference: string },
): object {
  const { t, urls } = pen
  const { radios, problems } = inputsOf(t, typed, (name) => `rectification:work.${name}`)
  return {
    title: t('rectification:work.reasonTitle', { reference }),
    lead: t('rectification:work.reasonLead'),
    back: { href: urls.to('rectification.queue'), text: t('rectification:queue.title') },
    problems,
    action: urls.to('rectification.work', { reference, word: 'open' }),
    controls: [radios('reason', optionsOf(pen, 'openings', OPENING_REASONS))],
    submit: t('rectification:work.reasonSubmit'),
    progress: '',
    field: '',
    version: '',
    free: '',
  }
}

/** A case: what is stated, what helps to judge it, what was said, and what can be done now. */
export function casePage(pen: Pen, view: CaseView): object {
  const { t, urls } = pen
  const { facts, now, refused } = view
  const { request, field, fields, statement, events, clock, own, office } = facts
  const { reference, state, version } = request
  const proposal =
    state === 'proposed' ? events.findLast(({ event }) => event === 'proposed') : undefined
  const decided = decidingEvent(events)
  const shown = proposal ?? decided
  return {
    title: t('rectification:work.title', { reference }),
    back: { href: urls.to('rectification.queue'), text: t('rectification:queue.title') },
    refused,
    problems: inputsOf(t, view, (name) => `rectification:work.${name}`).problems,
    version: String(version),
    reference,
    status: t(`rectification:staffStatus.${state}`),
    field: fieldsName(pen, fields),
    citation: field.register === 'azr' ? 'AZRG-DV § 17' : '',
    office: officeName(pen, office),
    isForeign: own.id !== office.id,
    clock: isOpen(state) ? clockOf(pen, clock, berlinDay(now)) : '',
    isDisputed: request.isRestricted && isOpen(state),
    rows: statement === undefined ? [] : statementRows(pen, field, statement),
    isErased: statement === undefined,
    comparison: statement === undefined ? [] : comparisonsOf(pen, field, statement),
    help: statement === undefined ? [] : namesHelp(pen, fields, statement),
    dates: statement === undefined ? [] : dateHelp(pen, statement, berlinDay(now)),
    ownCounts: ownStatementCounts(field),
    proposal:
      shown?.decision === undefined || request.outcome === undefined
        ? ''
        : {
            heading: t(proposal ? 'rectification:work.proposal' : 'rectification:request.decision'),
            outcome: t(`rectification:outcomes.${request.outcome}.title`),
            reasons: shown.decision.reasons.map((code) => t(`rectification:reasons.${code}`)),
            words: shown.decision.words ?? '',
            value: writtenRows(pen, shown.decision, facts),
            waits: waitingFor(pen, facts),
          },
    telling: tellingOf(pen, facts),
    actions: actionsOf(pen, view),
    timeline: timelineOf(pen, events, 'office'),
  }
}

/** For whom a proposal waits: a colleague, a partner office, or a day. */
function waitingFor(pen: Pen, { request, own }: CaseFacts): string {
  if (request.state !== 'proposed') return ''
  const { secondOffice } = request
  if (secondOffice === undefined) return pen.t('rectification:work.waitsDay')
  return secondOffice === own.id
    ? pen.t('rectification:work.waitsSecond')
    : pen.t('rectification:work.waitsPartner')
}

interface Action {
  readonly event: RequestEvent
  readonly word: StepWord
  readonly controls: (pen: Pen, view: CaseView) => readonly object[]
  /** Whether the button is only wanted in some cases. */
  readonly when?: (view: CaseView) => boolean
}

const ACTIONS: readonly Action[] = [
  { event: 'claimed', word: 'claim', controls: () => [] },
  {
    event: 'form_met',
    word: 'form',
    controls: (pen, view) => [
      inputs(pen, view).input('on', { hint: pen.t('rectification:work.onHint'), code: true }),
    ],
    when: ({ facts }) => wantsWriting(facts.field) && facts.request.formMetOn === undefined,
  },
  {
    event: 'asked',
    word: 'ask',
    controls: (pen, view) => [
      inputs(pen, view).boxes('questions', optionsOf(pen, 'questions', QUESTIONS)),
    ],
  },
  {
    event: 'decided',
    word: 'decide',
    controls: (pen, view) => {
      const { radios, boxes, area } = inputs(pen, view)
      const { field, request } = view.facts
      const outcomes = outcomesFor({ ...field, kind: request.kind }).map((value) => ({
        value,
        text: pen.t(`rectification:outcomes.${value}.title`),
        hint: needsSecond(field, value) ? pen.t('rectification:work.fourEyes') : '',
      }))
      return [
        radios('outcome', outcomes),
        boxes('reasons', optionsOf(pen, 'reasons', REASONS)),
        area('words', { hint: pen.t('rectification:work.wordsHint'), optional: true, lang: 'de' }),
      ]
    },
  },
  { event: 'confirmed', word: 'confirm', controls: () => [] },
  {
    event: 'sent_back',
    word: 'return',
    controls: (pen, view) => [
      inputs(pen, view).radios('back', optionsOf(pen, 'returns', RETURN_REASONS)),
    ],
  },
  {
    event: 'extended',
    word: 'extend',
    controls: (pen, view) => [
      inputs(pen, view).choice('months', optionsOf(pen, 'work.monthsOf', ['1', '2'])),
      inputs(pen, view).radios('why', optionsOf(pen, 'work.whys', EXTENSION_REASONS)),
    ],
    when: ({ facts }) => facts.clock.state === 'running' && !facts.request.wasExtended,
  },
  {
    event: 'passed_on',
    word: 'pass',
    controls: (pen, view) => [
      inputs(pen, view).choice(
        'office',
        view.offices.map((party) => ({ value: party.code, text: nameToPassOn(pen, view, party) })),
        pen.t('rectification:paper.hint'),
      ),
    ],
  },
  {
    event: 'assigned',
    word: 'assign',
    controls: (pen, view) => [
      inputs(pen, view).choice('to', colleagueOptions(pen, view.facts.colleagues, view.unitCode)),
    ],
  },
  { event: 'released', word: 'release', controls: () => [] },
  { event: 'closed', word: 'close', controls: () => [] },
]

/** Offices that have nobody here are marked: what is passed on to them goes on paper. */
function nameToPassOn(pen: Pen, { facts }: CaseView, party: Party): string {
  const office = officeName(pen, party)
  return facts.officesHere.has(party.id) ? office : pen.t('rectification:paper.marked', { office })
}

function inputs(pen: Pen, view: CaseView) {
  return inputsOf(pen.t, view, (name) => `rectification:work.${name}`)
}

/** What can be done now; what the table of states does not have is not offered. */
function actionsOf(pen: Pen, view: CaseView): readonly object[] {
  const { facts } = view
  const { reference } = facts.request
  return ACTIONS.filter(
    ({ event, when }) => facts.mayDo.includes(event) && (when === undefined || when(view)),
  ).map(({ word, controls }) => ({
    heading: pen.t(`rectification:work.do.${word}`),
    action: pen.urls.to('rectification.work', { reference, word }),
    controls: controls(pen, view),
    submit: pen.t(`rectification:work.button.${word}`),
    part: (word === 'decide' && partInputs(pen, view)) || '',
    preview: word === 'decide' ? pen.urls.to('rectification.preview', { reference }) : '',
    isOpen: view.errors.some(({ field }) =>
      inputsIn(pen, view, { word, controls }).includes(field),
    ),
  }))
}

/** Names of the inputs of a form: the form of what could not be used stands open. */
function inputsIn(
  pen: Pen,
  view: CaseView,
  { word, controls }: Pick<Action, 'word' | 'controls'>,
): readonly string[] {
  const part = word === 'decide' ? partInputs(pen, view) : undefined
  const inPart = part?.groups.flatMap((group) => group.controls) ?? []
  return [...controls(pen, view), ...inPart].flatMap((control) =>
    'name' in control ? [String(control.name)] : [],
  )
}
