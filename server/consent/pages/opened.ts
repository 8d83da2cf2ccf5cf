import { inputsOf, type Option, type Typed } from '../../platform/kernel/inputs.js'
import type { AskAtDesk } from '../desk.js'
import type { ConsentCard, ConsentFacts, ToldEntry } from '../model.js'
import { HELPERS } from '../rules.js'
import { contentRows, partName, remarksOf, titleOf, wordingView } from './content.js'
import { statusOf } from './desk.js'
import type { Surroundings } from './templates.js'
import type { DeskPen, Row } from './tongue.js'

/** What an opened asking is shown with. */
export interface OpenedAsk extends Typed {
  readonly facts: AskAtDesk
  readonly now: Date
  readonly refused: string
}

/** One asking: what was asked and answered, never a name, and what can be recorded for the person. */
export function askedOfPage(pen: DeskPen, view: OpenedAsk, around: Surroundings): object {
  const { t } = pen
  const { facts, now, refused } = view
  const { ask, content, answers } = facts
  const status = statusOf(facts, now)
  const isOpen = ask.state === 'open'
  return {
    title: t('consent-desk:opened.title', { reference: ask.reference }),
    ...frame(pen, facts.ask.reference, { refused, view }),
    name: titleOf(pen, content),
    status: t(`consent-desk:status.${status}`),
    wish: isOpen && ask.wish !== undefined ? t('consent-desk:opened.wish') : '',
    rows: [
      ...contentRows(pen, content, around),
      {
        term: t('consent-desk:opened.parts'),
        items: ask.parts.map((part) => partName(pen, content, part)),
      },
      { term: t('consent-desk:opened.askedAt'), at: ask.askedAt },
      ...(isOpen ? [{ term: t('consent-desk:opened.lapsesAt'), at: ask.lapsesAt }] : []),
    ],
    remarks: isOpen ? remarksOf(pen, content) : [],
    answers: answers.map((card) => answerOf(pen, card)),
    timeline: [],
    letters: isOpen ? lettersOf(pen, facts, ask.reference) : [],
    wordings: pen.tongues
      .filter(({ language }) => content.wordings[language.tag] !== undefined)
      .map((tongue) => wordingView(tongue, content, around)),
    actions: isOpen
      ? [
          actionOf(pen, view, { word: 'record', controls: recordInputs(pen, view) }),
          actionOf(pen, view, { word: 'call-off', controls: [] }),
        ]
      : [],
  }
}

function frame(
  { t, urls }: DeskPen,
  reference: string,
  { refused, view }: { readonly refused: string; readonly view: Typed },
): object {
  return {
    ...{ reference, refused },
    back: { href: urls.to('consent.desk'), text: t('consent-desk:list.title') },
    problems: inputsOf(t, view, (name) => `consent-desk:record.${name}`).problems,
  }
}

function answerOf(pen: DeskPen, { consent, content }: ConsentCard): object {
  const { t, urls } = pen
  const { reference, state, part } = consent
  return {
    reference,
    href: urls.to('consent.desk-opened', { consent: reference }),
    part: partName(pen, content, part),
    state: t(`consent-desk:standing.${state}`),
  }
}

/** One letter for each language that has a wording, German beside it. */
function lettersOf(
  pen: DeskPen,
  { content }: Pick<ConsentCard, 'content'>,
  reference: string,
): readonly object[] {
  const { t, urls } = pen
  return pen.tongues
    .filter(({ language }) => content.wordings[language.tag] !== undefined)
    .map(({ language }) => ({
      href: urls.to('consent.desk-letter', { consent: reference, language: language.tag }),
      text: t('consent-desk:opened.letterIn', {
        language: t(`consent-desk:language.${language.tag}`),
      }),
    }))
}

interface Action {
  readonly word: 'record' | 'call-off' | 'withdraw'
  readonly controls: readonly object[]
}

const WORDS = { record: 'record', 'call-off': 'callOff', withdraw: 'withdraw' } as const

function actionOf(
  { t, urls }: DeskPen,
  view: Typed & { facts: AskAtDesk | ConsentFacts },
  { word, controls }: Action,
): object {
  const { facts } = view
  const consent = 'ask' in facts ? facts.ask.reference : facts.consent.reference
  const name = WORDS[word]
  return {
    heading: t(`consent-desk:opened.${name}`),
    hint: t(`consent-desk:opened.${name}Hint`),
    action: urls.to(`consent.desk-${word}`, { consent }),
    controls,
    isOpen: view.errors.length > 0 && controls.length > 0,
    submit: t(`consent-desk:opened.${name}Submit`),
  }
}

function recordInputs(pen: DeskPen, view: OpenedAsk): readonly object[] {
  const { t } = pen
  const { ask, content } = view.facts
  const { radios, choice, boxes } = inputsOf(t, view, labelOf)
  const answers = optionsOf(pen, 'answer', ['yes', 'no'])
  const languages = pen.tongues
    .map(({ language }) => language.tag)
    .filter((tag) => content.wordings[tag] !== undefined)
  return [
    ...ask.parts.map((part) => ({
      ...radios(`answer-${part}`, answers),
      label: partName(pen, content, part),
    })),
    ...mannerInputs(pen, view),
    choice('language', [
      ...(languages.length > 1 ? [{ value: '', text: t('consent-desk:record.choose') }] : []),
      ...languages.map((tag) => ({ value: tag, text: t(`consent-desk:language.${tag}`) })),
    ]),
    ...(content.minAge === null
      ? []
      : [
          boxes(
            'age',
            [{ value: 'yes', text: t('consent-desk:record.isOfAge', { years: content.minAge }) }],
            t('consent-desk:record.ageHint'),
          ),
        ]),
  ]
}

/** How it came: by paper or told at a counter, and who was present. */
function mannerInputs(pen: DeskPen, view: Typed): readonly object[] {
  const { t } = pen
  const { radios, input } = inputsOf(t, view, labelOf)
  return [
    radios(
      'channel',
      optionsOf(pen, 'channel', ['paper', 'counter']),
      t('consent-desk:record.channelHint'),
    ),
    input('on', { code: true, optional: true, hint: t('consent-desk:record.onHint') }),
    radios('helper', optionsOf(pen, 'helper', HELPERS), t('consent-desk:record.helperHint')),
  ]
}

/** The label of an answer is the name of its part, which is set beside it. */
function labelOf(name: string): string {
  return name.startsWith('answer-') ? 'consent-desk:record.answer' : `consent-desk:record.${name}`
}

function optionsOf({ t }: DeskPen, group: string, values: readonly string[]): readonly Option[] {
  return values.map((value) => ({ value, text: t(`consent-desk:${group}.${value}`) }))
}

/** What an opened consent is shown with. */
export interface OpenedConsent extends Typed {
  readonly facts: ConsentFacts
  /** Until when it was given, as a page tells it; what time has ended is over before a job says so. */
  readonly now: Date
  readonly refused: string
}

/** One consent with everything that proves it, and its end on behalf of the person. */
export function consentPage(pen: DeskPen, view: OpenedConsent, around: Surroundings): object {
  const { t } = pen
  const { facts, now, refused } = view
  const { consent, content, entries } = facts
  const isOver = consent.validUntil !== undefined && consent.validUntil <= now
  const isGiven = consent.state === 'given' && !isOver
  return {
    title: t('consent-desk:opened.consentTitle', { reference: consent.reference }),
    ...frame(pen, consent.reference, { refused, view }),
    name: titleOf(pen, content),
    status: t(
      `consent-desk:standing.${consent.state === 'given' && isOver ? 'expired' : consent.state}`,
    ),
    wish: '',
    rows: [
      { term: t('consent-desk:opened.part'), text: partName(pen, content, consent.part) },
      ...contentRows(pen, content, around),
      ...timeRows(pen, facts),
    ],
    remarks: [],
    answers: [],
    timeline: [...entries].reverse().map((entry) => stepOf(pen, entry, around)),
    letters: isGiven ? lettersOf(pen, facts, consent.reference) : [],
    wordings: [],
    actions: isGiven
      ? [actionOf(pen, view, { word: 'withdraw', controls: mannerInputs(pen, view) })]
      : [],
  }
}

function timeRows({ t }: DeskPen, { consent }: ConsentFacts): readonly Row[] {
  const { givenAt, validUntil, endedAt } = consent
  return [
    ...(givenAt === undefined ? [] : [{ term: t('consent-desk:opened.givenAt'), at: givenAt }]),
    ...(validUntil === undefined
      ? []
      : [{ term: t('consent-desk:opened.validUntil'), at: validUntil }]),
    ...(endedAt === undefined ? [] : [{ term: t('consent-desk:opened.endedAt'), at: endedAt }]),
  ]
}

function stepOf(pen: DeskPen, entry: ToldEntry, { office }: Surroundings): object {
  const { t } = pen
  const who =
    entry.by === 'office' ? pen.texts.party(office.code).name : t(`consent-desk:by.${entry.by}`)
  const helper = entry.helper === 'none' ? '' : ` · ${t(`consent-desk:helper.${entry.helper}`)}`
  return {
    at: entry.effectiveAt,
    title: t(`consent-desk:standing.${entry.event}`),
    who,
    note: `${t(`consent-desk:channel.${entry.channel}`)}${helper}`,
    words: '',
  }
}
