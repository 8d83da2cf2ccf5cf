import type { Field } from '../../catalogue/index.js'
import { inputsOf, type FieldError, type Typed } from '../../platform/kernel/inputs.js'
import type { Draft } from '../service.js'
import {
  asksForOther,
  asksForRight,
  EVIDENCE,
  formOf,
  kindsFor,
  stepsOf,
  type Statement,
  type StepName,
} from '../statement.js'
import { isDelicate, wantsWriting } from '../rules.js'
import { furtherOf } from '../name-fields.js'
import { ZONE, zonePartOf } from '../zone.js'
import { dateRows, type DateWanted } from './dates.js'
import { besideGroups, standing, type WrittenNow } from './fields.js'
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

/** Whom to talk to before a change of identity data: name, what they do, home page. */
export interface Counsellor {
  readonly name: string
  /** Key of the sentence about them. */
  readonly text: string
  readonly href: string
}

/** Between the pages, before identity data: changing them can matter elsewhere. */
export function beforePage(
  { t, texts, urls }: Pen,
  draft: Draft,
  counselling: readonly Counsellor[],
): object {
  return {
    title: t('rectification:before.title'),
    field: texts.field(draft.field.code).label,
    onward: { href: stepHref(urls, draft, 'kind'), text: t('rectification:before.onward') },
    counselling: counselling.map((one) => ({ ...one, host: new URL(one.href).host })),
    counsel: { href: urls.to('information.help'), text: t('rectification:before.counsel') },
    later: { href: urls.to('rectification.requests'), text: t('rectification:before.later') },
  }
}

function stepHref(urls: Pen['urls'], { id }: Pick<Draft, 'id'>, step: string): string {
  return urls.to('rectification.step', { draft: id, step })
}

/** A page of a draft as it is asked for, or as its form has come back. */
export interface AskedStep extends Typed {
  readonly draft: Draft
  readonly step: Exclude<StepName, 'check'>
  /** That of the draft for which the inputs were made. */
  readonly version: number
  /** Texts about lines of a passport that were read into the inputs. */
  readonly notes: readonly string[]
  /** The date that the inputs say so far. */
  readonly date: DateWanted | undefined
  /** What the office has written now of the names that the page asks for. */
  readonly written: WrittenNow
}

/** A page of a draft that asks one thing; what was saved is there, what was typed wins. */
export function stepPage(
  pen: Pen,
  { draft, step, version, notes, date, written, ...typed }: AskedStep,
): object {
  const { t, texts, urls } = pen
  const steps = stepsOf(draft.statement)
  const place = steps.indexOf(step)
  const before = place <= 0 ? undefined : steps[place - 1]
  const inputs = inputsOf(t, typed, (name) => label(nameOf(draft, name)))
  const names = namesAsked(draft, step)
  return {
    title: t(`rectification:step.${textOf(draft, step)}.title`),
    lead: t(`rectification:step.${textOf(draft, step)}.lead`),
    back: backOf(pen, draft, before),
    progress: t('rectification:progress', { step: place + 2, steps: steps.length + 1 }),
    field: texts.field(draft.field.code).label,
    problems: inputs.problems,
    action: urls.to('rectification.save', { draft: draft.id, step }),
    version: String(version),
    notes: notes.map((note) => t(`rectification:zone.note.${note}`)),
    help: step === 'right' ? helpOf(pen, inputs, { draft, date }) : '',
    before: isDelicate(draft.field)
      ? {
          href: urls.to('rectification.before', { draft: draft.id }),
          text: t('rectification:before.title'),
        }
      : '',
    controls: CONTROLS[step](pen, inputs, draft),
    now: names.length > 0 ? standing(written, draft.field) : '',
    beside: names.length > 0 ? besideGroups(pen, typed, { ...draft, written }) : [],
    submit: t('rectification:saveAndGo'),
  }
}

/** The names that a page asks for together, the leading one first; none where it asks for one entry. */
export function namesAsked({ field, beside, statement }: Draft, step: StepName): readonly Field[] {
  const asks = step === 'right' && asksForRight(statement.kind ?? 'wrong') && beside.length > 0
  return asks ? [field, ...beside] : []
}

/** The name of a step's texts: other kinds ask other things on the same page. */
function textOf({ statement: { kind } }: Pick<Draft, 'statement'>, step: StepName): string {
  return step === 'right' && kind !== undefined && asksForOther(kind) ? kind : step
}

/** The name of an input's label, which may depend on the kind. */
function nameOf({ statement: { kind } }: Pick<Draft, 'statement'>, name: string): string {
  return name === 'about' ? `about.${kind ?? ''}` : name
}

/** What helps to say what is right: the lines of a passport, and the date in both calendars. */
function helpOf(
  pen: Pen,
  { area }: Inputs,
  { draft, date }: Pick<AskedStep, 'draft' | 'date'>,
): object {
  const { field, statement } = draft
  const isRight = statement.kind === undefined || asksForRight(statement.kind)
  const hasZone = isRight && zonePartOf(field) !== undefined
  return {
    zone: hasZone ? area(ZONE, { hint: pen.t('rectification:zone.hint'), code: true }) : '',
    hasDate: isRight && formOf(field) === 'date',
    date: isRight && date?.year !== undefined ? dateRows(pen, date) : [],
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
  right: (pen, inputs, { field, statement: { kind } }) =>
    kind !== undefined && asksForOther(kind)
      ? otherControls(pen, inputs, kind)
      : [
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

/** What belongs to somebody else, or where the second record stands: the office has to find it. */
function otherControls({ t }: Pen, { area, input }: Inputs, kind: string): readonly object[] {
  return [
    area('about', { hint: t(`rectification:hint.about.${kind}`) }),
    input('number', { hint: t('rectification:hint.number'), optional: true, code: true }),
  ]
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
    problems: inputsOf(t, { form: new URLSearchParams(), errors }, label).problems,
    halves: (isGerman ? [pen] : [pen, german]).map((tongue) => half(tongue, draft)),
    changes: stepsOf(draft.statement)
      .filter((step) => step !== 'check')
      .map((step) => ({
        href: stepHref(urls, draft, step),
        text: t(`rectification:step.${textOf(draft, step)}.title`),
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
  const { kind, stored, wanted, other, words, evidence, restrict, recipients } = statement
  const term = (name: string) => t(`rectification:line.${name}`)
  return [
    { term: term('field'), text: texts.field(field.code).label },
    ...(kind === undefined ? [] : [{ term: term('kind'), text: t(`rectification:kinds.${kind}`) }]),
    ...(stored === undefined ? [] : [{ term: term('stored'), words: stored }]),
    ...(wanted === undefined || (kind !== undefined && !asksForRight(kind))
      ? []
      : wantedRows(tongue, wanted)),
    ...furtherOf(statement).flatMap((entry) => [
      { term: term('also'), text: texts.field(entry.field).label },
      ...(entry.stored === undefined ? [] : [{ term: term('stored'), words: entry.stored }]),
      ...wantedRows(tongue, entry.wanted),
    ]),
    ...(other === undefined || kind === undefined || !asksForOther(kind)
      ? []
      : [
          { term: t(`rectification:input.about.${kind}`), words: other.about },
          ...(other.number === undefined ? [] : [{ term: term('number'), code: other.number }]),
        ]),
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
