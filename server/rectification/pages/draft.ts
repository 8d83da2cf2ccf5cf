import type { Field } from '../../catalogue/index.js'
import { inputsOf, type FieldError, type Typed } from '../../platform/kernel/inputs.js'
import type { Draft } from '../service.js'
import {
  asksForRight,
  EVIDENCE,
  formOf,
  kindsFor,
  stepsOf,
  type Statement,
  type StepName,
} from '../statement.js'
import { isDelicate, wantsWriting } from '../rules.js'
import { officeName, type Pen, type Row, type Tongue } from './pen.js'
import { optionsOf, wantedControls, wantedRows } from './wanted.js'

const label = (name: string) => `rectification:input.${name}`

/** The first of the six pages: which data. Fields may come from an access entry. */
export function newPage(
  { t, texts, urls }: Pen,
  { fields, ...typed }: Typed & { readonly fields: readonly Field[] },
): object {
  const { radios, choice, problems } = inputsOf(t, typed, label)
  const options = fields.map(({ code }) => ({ value: code, text: texts.field(code).label }))
  const isShort = options.length <= 12
  return {
    title: t('rectification:new.title'),
    lead: t('rectification:new.lead'),
    back: { href: urls.to('rectification.requests'), text: t('rectification:requests.title') },
    free: t('rectification:new.free'),
    problems,
    action: urls.to('rectification.begin'),
    controls: [isShort ? radios('field', options) : choice('field', options)],
    submit: t('rectification:next'),
  }
}

/** Between the pages, before identity data: changing them can matter elsewhere. */
export function beforePage({ t, texts, urls }: Pen, draft: Draft): object {
  return {
    title: t('rectification:before.title'),
    field: texts.field(draft.field.code).label,
    onward: { href: stepHref(urls, draft, 'kind'), text: t('rectification:before.onward') },
    counsel: { href: urls.to('information.help'), text: t('rectification:before.counsel') },
    later: { href: urls.to('rectification.requests'), text: t('rectification:before.later') },
  }
}

function stepHref(urls: Pen['urls'], { id }: Pick<Draft, 'id'>, step: string): string {
  return urls.to('rectification.step', { draft: id, step })
}

/** A page of a draft that asks one thing; what was saved is there, what was typed wins. */
export function stepPage(
  pen: Pen,
  {
    draft,
    step,
    ...typed
  }: Typed & { readonly draft: Draft; readonly step: Exclude<StepName, 'check'> },
): object {
  const { t, texts, urls } = pen
  const steps = stepsOf(draft.statement)
  const place = steps.indexOf(step)
  const before = place <= 0 ? undefined : steps[place - 1]
  const inputs = inputsOf(t, typed, label)
  return {
    title: t(`rectification:step.${step}.title`),
    lead: t(`rectification:step.${step}.lead`),
    back: backOf(pen, draft, before),
    progress: t('rectification:progress', { step: place + 2, steps: steps.length + 1 }),
    field: texts.field(draft.field.code).label,
    problems: inputs.problems,
    action: urls.to('rectification.save', { draft: draft.id, step }),
    version: String(draft.version),
    before: isDelicate(draft.field)
      ? {
          href: urls.to('rectification.before', { draft: draft.id }),
          text: t('rectification:before.title'),
        }
      : '',
    controls: CONTROLS[step](pen, inputs, draft),
    submit: t('rectification:saveAndGo'),
  }
}

/** The step before; of the first one the page that comes before identity data, or else the list. */
function backOf({ t, urls }: Pen, draft: Draft, before: StepName | undefined): object {
  const text = t('rectification:back')
  if (before !== undefined) return { href: stepHref(urls, draft, before), text }
  return isDelicate(draft.field)
    ? { href: urls.to('rectification.before', { draft: draft.id }), text }
    : { href: urls.to('rectification.requests'), text: t('rectification:requests.title') }
}

type Inputs = ReturnType<typeof inputsOf>

const CONTROLS: Readonly<
  Record<Exclude<StepName, 'check'>, (pen: Pen, inputs: Inputs, draft: Draft) => readonly object[]>
> = {
  kind: (pen, { radios, area }, { field }) => [
    radios('kind', optionsOf(pen, 'kinds', kindsFor(field))),
    area('stored', { hint: pen.t('rectification:hint.stored'), optional: true }),
  ],
  right: (pen, inputs, { field }) => [
    ...wantedControls(pen, inputs, field),
    ...(formOf(field) === 'text'
      ? []
      : [inputs.area('words', { hint: pen.t('rectification:hint.words'), optional: true })]),
  ],
  proof: (pen, { boxes }) => [
    boxes('evidence', optionsOf(pen, 'evidence', EVIDENCE), pen.t('rectification:hint.evidence')),
  ],
  tell: (pen, { radios, box }) => [
    radios(
      'restrict',
      optionsOf(pen, 'restrict', ['yes', 'no']),
      pen.t('rectification:hint.restrict'),
    ),
    box('recipients', pen.t('rectification:hint.recipients')),
  ],
}

/** A form as it was saved, to be shown again. */
export function savedForm({ statement }: Pick<Draft, 'statement'>): URLSearchParams {
  const form = new URLSearchParams()
  const { kind, stored, words, wanted, evidence, restrict, recipients } = statement
  const put = (name: string, value: string | number | undefined) => {
    if (value !== undefined) form.append(name, String(value))
  }
  put('kind', kind)
  put('stored', stored)
  put('words', words)
  for (const one of evidence ?? []) put('evidence', one)
  put('restrict', restrict === undefined ? undefined : restrict ? 'yes' : 'no')
  put('recipients', recipients ? 'yes' : undefined)
  if (wanted !== undefined) putWanted(wanted, put)
  return form
}

function putWanted(
  wanted: NonNullable<Statement['wanted']>,
  put: (name: string, value: string | number | undefined) => void,
): void {
  const { form, ...parts } = wanted
  if (wanted.form === 'nationality') {
    wanted.codes.forEach((code, place) => put(`nationality${place + 1}`, code))
  } else if (wanted.form === 'marital' || wanted.form === 'gender') {
    put(form, wanted.code)
  } else {
    for (const [name, value] of Object.entries(parts)) {
      put(name, value === true ? 'yes' : value === false ? undefined : (value as string | number))
    }
    if (wanted.form === 'date' && wanted.year === undefined) put('unknown', 'yes')
  }
}

/** The last page before sending: the reader's language beside the German that will be filed. */
export function checkPage(
  pen: Pen,
  { draft, errors }: { readonly draft: Draft; readonly errors: readonly FieldError[] },
): object {
  const { t, urls, german } = pen
  const { office, field } = draft
  const isGerman = pen.language.tag === german.language.tag
  return {
    title: t('rectification:check.title'),
    lead: t(isGerman ? 'rectification:check.leadGerman' : 'rectification:check.lead'),
    back: { href: stepHref(urls, draft, 'tell'), text: t('rectification:back') },
    progress: t('rectification:progress', {
      step: stepsOf(draft.statement).length + 1,
      steps: stepsOf(draft.statement).length + 1,
    }),
    problems: errors.map(({ field: at, key }) => ({ field: at, text: t(key) })),
    halves: (isGerman ? [pen] : [pen, german]).map((tongue) => half(tongue, draft)),
    changes: stepsOf(draft.statement)
      .filter((step) => step !== 'check')
      .map((step) => ({
        href: stepHref(urls, draft, step),
        text: t(`rectification:step.${step}.title`),
      })),
    office: office === undefined ? '' : officeName(pen, office),
    writing: wantsWriting(field),
    delicate: isDelicate(field),
    counsel: { href: urls.to('information.help'), text: t('rectification:before.counsel') },
    action: urls.to('rectification.file', { draft: draft.id }),
    drop: urls.to('rectification.drop', { draft: draft.id }),
    submit: t('rectification:check.submit'),
  }
}

function half(tongue: Tongue, { field, statement }: Draft): object {
  const { language } = tongue
  return {
    tag: language.tag,
    direction: language.direction,
    heading: tongue.t('rectification:check.heading'),
    rows: statementRows(tongue, field, statement),
  }
}

/** What a person states, line by line, in one language; own words stay as they were written. */
export function statementRows(tongue: Tongue, field: Field, statement: Statement): readonly Row[] {
  const { t, texts } = tongue
  const { kind, stored, wanted, words, evidence, restrict, recipients } = statement
  const term = (name: string) => t(`rectification:line.${name}`)
  return [
    { term: term('field'), text: texts.field(field.code).label },
    ...(kind === undefined ? [] : [{ term: term('kind'), text: t(`rectification:kinds.${kind}`) }]),
    ...(stored === undefined ? [] : [{ term: term('stored'), words: stored }]),
    ...(wanted === undefined || (kind !== undefined && !asksForRight(kind))
      ? []
      : wantedRows(tongue, wanted)),
    ...(words === undefined ? [] : [{ term: term('words'), words }]),
    ...(evidence === undefined
      ? []
      : [
          {
            term: term('evidence'),
            items: evidence.map((one) => t(`rectification:evidence.${one}`)),
          },
        ]),
    ...(restrict === undefined
      ? []
      : [{ term: term('restrict'), text: t(restrict ? 'rectification:yes' : 'rectification:no') }]),
    ...(recipients === true ? [{ term: term('recipients'), text: t('rectification:yes') }] : []),
  ]
}
