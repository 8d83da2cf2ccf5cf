import type { LetterPart, LetterText, Said, SaidRow } from '../../platform/kernel/letter.js'
import { berlinDay } from '../days.js'
import type { RequestFacts } from '../reading.js'
import { fieldsName, writtenRows } from './fields.js'
import { bilingual, frame, speaker } from './letters.js'
import { dayName, officeName, type Pen, type Tongue } from './pen.js'
import { decidingEvent } from './request.js'

/**
 * What was corrected, when, by which office, and who was told (GDPR Articles 16, 19): to show where an old entry
 * still lives. Values stand in it as in the decision, in German alone.
 */
export function proofLetter(pen: Pen, facts: RequestFacts): LetterText {
  const { request, fields, events } = facts
  const say = speaker(pen)
  const corrected = fields.filter(({ id }) => !request.kept.includes(id))
  const written = bilingual(pen, (tongue) =>
    writtenRows(tongue, decidingEvent(events)?.decision, { fields, shown: corrected }),
  )
  return {
    ...frame(pen, facts),
    at: request.decidedAt ?? request.filedAt,
    parts: [
      { kind: 'heading', level: 1, said: say('letter.proof.heading') },
      { kind: 'paragraph', said: say(`letter.proof.means.${request.outcome ?? 'corrected'}`) },
      { kind: 'facts', rows: factsOf(pen, facts, fieldsName(pen.german, corrected)) },
      ...(written.length === 0 ? [] : [{ kind: 'facts', rows: written } as const]),
      { kind: 'heading', level: 2, said: say('told.title') },
      ...toldParts(pen, facts),
      { kind: 'paragraph', said: say('told.hidden') },
      { kind: 'paragraph', said: say('letter.proof.basis') },
    ],
  }
}

function factsOf(pen: Pen, { request, office }: RequestFacts, named: string): readonly SaidRow[] {
  const say = speaker(pen)
  const both = (saidIn: (tongue: Tongue) => string): Said => inBoth(pen, saidIn)
  const day = (at: Date) => both((tongue) => dayName(tongue, berlinDay(at)))
  return [
    { term: say('request.reference'), value: [request.reference] },
    { term: say('line.field'), value: [named] },
    { term: say('letter.told.decider'), value: both((tongue) => officeName(tongue, office)) },
    { term: say('letter.filed'), value: day(request.filedAt) },
    { term: say('letter.told.decided'), value: day(request.decidedAt ?? request.filedAt) },
  ]
}

/** Offices that the person may see, with how far the telling is. */
function toldParts(pen: Pen, { recipients }: RequestFacts): readonly LetterPart[] {
  const say = speaker(pen)
  const told = recipients.filter(({ isOwn }) => !isOwn)
  if (told.length === 0) return [{ kind: 'paragraph', said: say('told.nobody') }]
  const items = told.map(({ office, state, acknowledgedAt, sentAt }) =>
    inBoth(pen, (tongue) => {
      const at = acknowledgedAt ?? sentAt
      const day = at === undefined ? '' : ` (${dayName(tongue, berlinDay(at))})`
      return `${officeName(tongue, office)}: ${tongue.t(`rectification:told.${state}`)}${day}`
    }),
  )
  return [{ kind: 'list', items }]
}

function inBoth(pen: Pen, saidIn: (tongue: Tongue) => string): Said {
  const german = saidIn(pen.german)
  return pen.language.tag === pen.german.language.tag ? [german] : [german, saidIn(pen)]
}
