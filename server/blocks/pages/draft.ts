import { inputsOf, type Typed } from '../../platform/kernel/inputs.js'
import type { DraftFacts } from '../drafting.js'
import { STEPS, type Step } from '../questions.js'
import { GROUNDS } from '../grounds.js'
import { wantsWriting } from '../rules.js'
import { applicationRows, officeName, optionsOf, type Pen, type Tongue } from './pen.js'

/** What a page of a form is shown with. */
export interface DraftView extends Typed {
  readonly facts: DraftFacts
  readonly step: Step
  readonly refused: string
}

/** One page of the form: one thing, with why it is asked. */
export function draftPage(pen: Pen, view: DraftView): object {
  const { t, urls } = pen
  const { facts, step, refused } = view
  const { kind, block } = facts.draft
  const at = { draft: block, step }
  return {
    ...frameOf(pen, facts, step),
    title: t(`blocks:step.${step}.title`),
    lead: t(`blocks:step.${step}.${step === 'grounds' || step === 'office' ? kind : 'lead'}`),
    refused,
    problems: inputsOf(t, view, (name) => `blocks:input.${name}`).problems,
    action: urls.to('blocks.save', at),
    limits: step === 'limits' ? limitsOf(pen) : '',
    working: step === 'office' ? workingOf(pen, facts) : [],
    none: isEmpty(facts, step) ? t(`blocks:step.${step}.none`) : '',
    controls: controlsOf(pen, view),
    submit: t('blocks:step.next'),
  }
}

function frameOf({ t, urls }: Pen, { draft }: DraftFacts, step: Step) {
  const { kind, block } = draft
  const steps: readonly Step[] = STEPS[kind]
  const place = steps.indexOf(step)
  const before = steps[place - 1]
  const back =
    before === undefined
      ? { href: urls.to('blocks.list'), text: t('blocks:list.title') }
      : {
          href: urls.to('blocks.draft', { draft: block, step: before }),
          text: t('blocks:step.back'),
        }
  return {
    back,
    progress: t('blocks:step.progress', {
      kind: t(`blocks:kind.${kind}.name`),
      place: place + 1,
      count: steps.length,
    }),
    drop: urls.to('blocks.drop', { draft: block }),
  }
}

/** What the block protects against, and plainly what not (AZRG § 4 (1), (2)). */
function limitsOf({ t }: Pen): object {
  const items = (group: string, names: readonly string[]) =>
    names.map((name) => t(`blocks:limits.${group}.${name}`))
  return {
    yes: items('yes', ['private', 'foreign', 'international']),
    no: items('no', ['authorities', 'police', 'past']),
  }
}

/** How the proposed office was found. */
function workingOf(pen: Pen, { route }: DraftFacts): readonly string[] {
  return route.working.map(({ step, office }) =>
    office === undefined
      ? pen.t(`blocks:route.${step}.no`)
      : pen.t(`blocks:route.${step}.yes`, { office: officeName(pen, office) }),
  )
}

function isEmpty({ route, fieldsHeld }: DraftFacts, step: Step): boolean {
  return (
    (step === 'office' && route.offices.length === 0) ||
    (step === 'field' && fieldsHeld.length === 0)
  )
}

function controlsOf(pen: Pen, view: DraftView): readonly object[] {
  const { t, texts } = pen
  const { facts, step, errors } = view
  const typed = { errors, form: typedOf(view) }
  const { radios, boxes, area, choice } = inputsOf(t, typed, (name) => `blocks:input.${name}`)
  switch (step) {
    case 'grounds':
      return [
        boxes('grounds', optionsOf(pen, 'ground', GROUNDS[facts.draft.kind])),
        area('words', { hint: t('blocks:input.wordsHint'), optional: true }),
      ]
    case 'office':
      return [
        choice('office', [
          { value: '', text: t('blocks:input.pick') },
          ...facts.route.offices.map((office) => ({
            value: office.code,
            text: officeName(pen, office),
          })),
        ]),
      ]
    case 'field':
      return [
        radios(
          'field',
          facts.fieldsHeld.map(({ code }) => ({ value: code, text: texts.field(code).label })),
        ),
      ]
    default:
      return []
  }
}

/** What was typed just now, else what was saved, else what is proposed. */
function typedOf({ facts, step, form }: DraftView): URLSearchParams {
  if ([...form.keys()].some((name) => ['grounds', 'words', 'office', 'field'].includes(name))) {
    return form
  }
  const { draft, words, office, field, route } = facts
  const saved = new URLSearchParams()
  if (step === 'grounds') {
    for (const ground of draft.grounds) saved.append('grounds', ground)
    if (words !== undefined) saved.set('words', words)
  }
  if (step === 'office') saved.set('office', (office ?? route.proposal)?.code ?? '')
  if (step === 'field' && field !== undefined) saved.set('field', field.code)
  return saved
}

/** What is about to be sent, beside the German that is filed. */
export function checkPage(
  pen: Pen,
  { facts, refused, isSigned }: { facts: DraftFacts; refused: string; isSigned: boolean },
): object {
  const { t, urls } = pen
  const { draft, office, field, words } = facts
  const { kind, block } = draft
  const steps: readonly Step[] = STEPS[kind]
  const half = (tongue: Tongue) => ({
    tag: tongue.language.tag,
    direction: tongue.language.direction,
    heading: tongue.t('blocks:check.heading'),
    rows: applicationRows(tongue, { block: draft, field, office, words }),
  })
  const isGerman = pen.language.tag === pen.german.language.tag
  return {
    ...frameOf(pen, facts, 'check'),
    title: t('blocks:check.title'),
    lead: t('blocks:check.lead'),
    refused,
    halves: isGerman ? [half(pen.german)] : [half(pen), half(pen.german)],
    changes: steps
      .filter((step) => step !== 'check' && step !== 'limits')
      .map((step) => ({
        href: urls.to('blocks.draft', { draft: block, step }),
        text: t(`blocks:step.${step}.title`),
      })),
    office: office === undefined ? '' : officeName(pen, office),
    writing: wantsWriting(kind) && !isSigned,
    action: urls.to('blocks.file', { draft: block }),
    submit: t('blocks:check.submit'),
  }
}
