import type { LetterPart, LetterRow, LetterText, Said } from '../../platform/kernel/letter.js'
import type { RequestFacts } from '../reading.js'
import { statementRows } from './draft.js'
import { fieldsName, writtenRows } from './fields.js'
import { dayName, officeName, type Pen, type Row, type Tongue } from './pen.js'
import { decidingEvent, remedyUntil } from './request.js'
import { berlinDay } from '../days.js'

/** The letter by which an entry is disputed in writing: to be signed and sent (AZRG-DV § 17 (1)). */
export function filingLetter(pen: Pen, facts: RequestFacts): LetterText {
  const { request, office, field, statement } = facts
  const say = speaker(pen)
  return {
    ...frame(pen, facts),
    parts: [
      { kind: 'address', lines: [officeName(pen.german, office)] },
      ...opening(pen, facts, 'filing'),
      {
        kind: 'facts',
        rows: bilingual(pen, (tongue) => statementRows(tongue, field, statement ?? {}).slice(1)),
      },
      { kind: 'paragraph', said: say('letter.filing.ask') },
      {
        kind: 'facts',
        // The portal knows none of them: they are written by hand.
        rows: ['name', 'born', 'address'].map((one) => ({
          term: say(`letter.filing.${one}`),
          value: BLANK,
          lang: 'de',
        })),
      },
      { kind: 'signature', said: say('letter.filing.signature') },
      { kind: 'heading', level: 2, said: say('letter.filing.howTitle') },
      {
        kind: 'list',
        items: ['print', 'sign', 'send'].map((step) => say(`letter.filing.${step}`)),
      },
      { kind: 'paragraph', said: say(`letter.filing.${sentAs(facts)}`, { day: request.filedAt }) },
    ],
  }
}

/** Passing on never restarts a clock that runs; otherwise it starts with the letter. */
function sentAs({ events, clock }: RequestFacts): 'date' | 'passedOn' {
  const isPassedOn = events.some(({ event }) => event === 'passed_on')
  return isPassedOn && clock.state === 'running' ? 'passedOn' : 'date'
}

/** The decision as a letter: outcome, reasons, what stands there now, and what can be done against it. */
export function decisionLetter(pen: Pen, facts: RequestFacts): LetterText {
  const { request, events } = facts
  const say = speaker(pen)
  const decision = decidingEvent(events)?.decision
  const { outcome, decidedAt } = request
  const isWritten = writtenRows(pen.german, decision, facts).length > 0
  return {
    ...frame(pen, facts),
    at: decidedAt ?? request.filedAt,
    parts: [
      ...opening(pen, facts, 'decision'),
      { kind: 'heading', level: 2, said: say(`outcomes.${outcome ?? 'not_proven'}.title`) },
      { kind: 'paragraph', said: say(`outcomes.${outcome ?? 'not_proven'}.means`) },
      ...(!isWritten
        ? []
        : [
            {
              kind: 'facts',
              rows: bilingual(pen, (tongue) => writtenRows(tongue, decision, facts)),
            } as const,
          ]),
      { kind: 'heading', level: 2, said: say('work.reasons') },
      { kind: 'list', items: (decision?.reasons ?? []).map((code) => say(`reasons.${code}`)) },
      ...(decision?.words === undefined ? [] : [{ kind: 'words', text: decision.words } as const]),
      { kind: 'heading', level: 2, said: say('remedy.title') },
      { kind: 'paragraph', said: say('remedy.text') },
      { kind: 'paragraph', said: remedySaid(pen, facts) },
      { kind: 'paragraph', said: say('letter.decision.free') },
    ],
  }
}

/** The day until which a court can be asked, as both languages say it. */
function remedySaid(pen: Pen, facts: RequestFacts): Said {
  const until = (tongue: Tongue) => remedyUntil(tongue, facts)
  const german = until(pen.german)
  return pen.language.tag === pen.german.language.tag ? [german] : [german, until(pen)]
}

/** A line to write on. */
export const BLANK = '_'.repeat(34)

/** What every letter about a request begins with. */
export function frame(pen: Pen, { request }: RequestFacts): Omit<LetterText, 'parts'> {
  return {
    title: pen.german.t('rectification:letter.title', { reference: request.reference }),
    reader: pen.language.tag,
    at: request.filedAt,
    foot: request.reference,
  }
}

function opening(
  pen: Pen,
  { request, fields, office, clock }: RequestFacts,
  kind: 'filing' | 'decision',
): readonly LetterPart[] {
  const say = speaker(pen)
  const row = (key: string, value: string): LetterRow => ({ term: say(key), value, lang: 'de' })
  return [
    { kind: 'heading', level: 1, said: say(`letter.${kind}.heading`) },
    {
      kind: 'facts',
      rows: [
        row('request.reference', request.reference),
        row('line.field', fieldsName(pen.german, fields)),
        row('request.office', officeName(pen.german, office)),
        row('letter.filed', dayName(pen.german, berlinDay(request.filedAt))),
        ...(clock.state === 'running' && kind === 'decision'
          ? [row('letter.due', dayName(pen.german, clock.due.due))]
          : []),
      ],
    },
  ]
}

/** A text of the room in German and in the reader's language; one alone where they are the same. */
export function speaker(pen: Pen): (key: string, values?: { readonly day?: Date }) => Said {
  return (key, { day } = {}) => {
    const say = (tongue: Tongue) =>
      tongue.t(
        `rectification:${key}`,
        day === undefined ? {} : { day: dayName(tongue, berlinDay(day)) },
      )
    const german = say(pen.german)
    return pen.language.tag === pen.german.language.tag ? [german] : [german, say(pen)]
  }
}

/** Rows whose terms stand in both languages, and whose values in German, as they are filed. */
export function bilingual(
  pen: Pen,
  rowsIn: (tongue: Tongue) => readonly Row[],
): readonly LetterRow[] {
  const german = rowsIn(pen.german)
  const other = pen.language.tag === pen.german.language.tag ? [] : rowsIn(pen)
  return german.map((row, place) => {
    const theirs = other[place]?.term
    return {
      term: theirs === undefined ? [row.term] : [row.term, theirs],
      value: valueOf(pen.german, row),
    }
  })
}

/** The value of a row as a letter writes it. */
export function valueOf(tongue: Tongue, row: Row): string {
  if ('text' in row) return row.text
  if ('items' in row) return row.items.join(', ')
  if ('code' in row) return row.code
  if ('words' in row) return row.words
  return 'day' in row ? dayName(tongue, row.day) : row.at.toISOString()
}
