import type { Catalogue, Party } from '../../catalogue/index.js'
import type { LetterPart, LetterRow, LetterText, Said } from '../../platform/kernel/letter.js'
import type { AskFacts, ConsentFacts } from '../model.js'
import { SOURCE_LANGUAGE, type Content, type Wording } from '../template.js'
import { contentRows, namesOf, partName } from './content.js'
import { dayName, officeName, periodName, type Tongue } from './tongue.js'

/** In which languages a letter is written, and what both are made of. */
export interface LetterPen {
  readonly german: Tongue
  /** The person's language; German itself where they read German. */
  readonly reader: Tongue
  readonly catalogue: Catalogue
  /** The day of an instant in Germany, `YYYY-MM-DD`. */
  readonly dayOf: (instant: Date) => string
}

/** A box to tick, and a line to write on. */
const BOX = '[____]'
const LINE = '_'.repeat(34)

type Speak = (tongue: Tongue) => string

/** The letter with which somebody is asked on paper: what, who, why, how long, and a yes and a no for each part. */
export function askLetter(pen: LetterPen, { ask, office, content }: AskFacts): LetterText {
  const say = speaker(pen)
  const { reference, askedAt, lapsesAt, parts } = ask
  return {
    ...frame(pen, reference, askedAt),
    parts: [
      { kind: 'address', lines: [officeName(pen.german, office)] },
      heading(1, say(word('askHeading'))),
      {
        kind: 'facts',
        rows: [codeRow(pen, reference), ...dayRows(pen, { asked: askedAt, until: lapsesAt })],
      },
      ...wordingParts(pen, content, office),
      ...freeParts(pen, content),
      heading(2, say(word('answerTitle'))),
      paragraph(say(word('answerHow'))),
      { kind: 'facts', rows: parts.flatMap((part) => answerRows(pen, content, part)) },
      ...(content.minAge === null ? [] : [paragraph(say(ageIn(content.minAge)))]),
      { kind: 'facts', rows: personRows(pen) },
      { kind: 'signature', said: say(word('signature')) },
      paragraph(say(word('helper'))),
      paragraph(say(({ t }) => t('consent-desk:letter.stop', { code: reference }))),
    ],
  }
}

/** The letter that confirms a yes on paper, with the code and a form by which it is withdrawn on paper. */
export function givenLetter(
  pen: LetterPen,
  { consent, office, content }: ConsentFacts,
): LetterText {
  const say = speaker(pen)
  const { reference, part, givenAt = new Date(0), validUntil = givenAt } = consent
  return {
    ...frame(pen, reference, givenAt),
    parts: [
      { kind: 'address', lines: [officeName(pen.german, office)] },
      heading(1, say(word('givenHeading'))),
      {
        kind: 'facts',
        rows: [codeRow(pen, reference), ...dayRows(pen, { given: givenAt, ends: validUntil })],
      },
      paragraph(
        say((tongue) =>
          tongue.t('consent-desk:letter.allowed', { part: partName(tongue, content, part) }),
        ),
      ),
      ...wordingParts(pen, content, office),
      heading(2, say(said('withdrawal'))),
      paragraph(wordingSaid(pen, content, 'withdrawal')),
      paragraph(say(({ t }) => t('consent-desk:letter.stop', { code: reference }))),
      heading(2, say(word('stopTitle'))),
      paragraph(say(({ t }) => t('consent-desk:letter.stopForm', { code: reference }))),
      { kind: 'facts', rows: personRows(pen) },
      { kind: 'signature', said: say(word('signature')) },
    ],
  }
}

/** Words of letters. */
function word(name: string): Speak {
  return ({ t }) => t(`consent-desk:letter.${name}`)
}

/** Words that stand on the page of the person as well. */
function said(name: string): Speak {
  return ({ t }) => t(`consent-desk:said.${name}`)
}

function ageIn(count: number): Speak {
  return ({ t }) => t('consent-desk:said.age', { count })
}

function frame(
  { german, reader }: LetterPen,
  reference: string,
  at: Date,
): Omit<LetterText, 'parts'> {
  const title = german.t('consent-desk:letter.title', { reference })
  return { title, reader: reader.language.tag, at, foot: reference }
}

/** Says something in German, and beside it in the person's language; once where they are the same. */
function speaker({ german, reader }: LetterPen): (speak: Speak) => Said {
  return (speak) =>
    reader.language.tag === german.language.tag ? [speak(german)] : [speak(german), speak(reader)]
}

function heading(level: 1 | 2, text: Said): LetterPart {
  return { kind: 'heading', level, said: text }
}

function paragraph(text: Said): LetterPart {
  return { kind: 'paragraph', said: text }
}

function codeRow(pen: LetterPen, reference: string): LetterRow {
  return { term: speaker(pen)(word('code')), value: reference, lang: 'de' }
}

function dayRows(pen: LetterPen, days: Readonly<Record<string, Date>>): readonly LetterRow[] {
  return Object.entries(days).map(([name, at]) => ({
    term: speaker(pen)(word(name)),
    value: dayName(pen.german, pen.dayOf(at)),
    lang: 'de',
  }))
}

/** A text of the template in both languages; where a translation is missing, German alone. */
function wordingSaid(
  { reader }: LetterPen,
  { wordings }: Content,
  text: Exclude<keyof Wording, 'parts' | 'reviewed'>,
): Said {
  const german = wordings[SOURCE_LANGUAGE]?.[text] ?? ''
  const theirs = wordings[reader.language.tag]?.[text]
  return reader.language.tag === SOURCE_LANGUAGE || theirs === undefined
    ? [german]
    : [german, theirs]
}

function wordingParts(pen: LetterPen, content: Content, office: Party): readonly LetterPart[] {
  const say = speaker(pen)
  const names = (tongue: Tongue) => namesOf(tongue, content, pen.catalogue)
  const list = (kind: 'fields' | 'recipients'): LetterPart => ({
    kind: 'list',
    items: names(pen.german)[kind].map((_, place) =>
      say((tongue) => names(tongue)[kind][place] ?? ''),
    ),
  })
  const german = contentRows(pen.german, content, { office, catalogue: pen.catalogue })
  const basis = german.flatMap((row) => ('german' in row ? [row.german] : []))
  return [
    heading(2, wordingSaid(pen, content, 'title')),
    paragraph(wordingSaid(pen, content, 'text')),
    paragraph(
      say((tongue) =>
        tongue.t('consent-desk:letter.why', {
          office: officeName(tongue, office),
          purpose: tongue.texts.purpose(content.purpose).name,
        }),
      ),
    ),
    paragraph(say(word('fields'))),
    list('fields'),
    paragraph(say(word('recipients'))),
    list('recipients'),
    paragraph(
      say((tongue) =>
        tongue.t('consent-desk:letter.long', { period: periodName(tongue, content.duration) }),
      ),
    ),
    {
      kind: 'facts',
      rows: basis.map((value) => ({ term: say(word('basis')), value, lang: 'de' })),
    },
  ]
}

/** That nobody must: what happens without a yes, and what a withdrawal changes (GDPR Article 7 (3), (4)). */
function freeParts(pen: LetterPen, content: Content): readonly LetterPart[] {
  const say = speaker(pen)
  return [
    heading(2, say(word('free'))),
    paragraph(say(said('voluntary'))),
    ...(content.decidesOnBenefit ? [paragraph(say(said('benefit')))] : []),
    heading(2, say(said('refusal'))),
    paragraph(wordingSaid(pen, content, 'refusal')),
    heading(2, say(said('withdrawal'))),
    paragraph(wordingSaid(pen, content, 'withdrawal')),
  ]
}

/** A yes and a no of the same size, and no box ticked. */
function answerRows(pen: LetterPen, content: Content, part: string): readonly LetterRow[] {
  const say = speaker(pen)
  return (['yes', 'no'] as const).map((answer) => ({
    term: say((tongue) =>
      tongue.t(`consent-desk:letter.${answer}`, { part: partName(tongue, content, part) }),
    ),
    value: BOX,
    lang: 'de',
  }))
}

/** The portal knows none of it: it is written by hand. */
function personRows(pen: LetterPen): readonly LetterRow[] {
  return ['name', 'born', 'day'].map((one) => ({
    term: speaker(pen)(word(one)),
    value: LINE,
    lang: 'de',
  }))
}
