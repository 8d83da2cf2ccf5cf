import { berlinDay } from '../days.js'
import type { LetterPart, LetterRow, LetterText } from '../../platform/kernel/letter.js'
import type { CaseFacts } from '../casework.js'
import type { RequestFacts } from '../reading.js'
import type { ToldOffice } from '../recipients.js'
import { mayBeSent } from '../telling.js'
import { BLANK, valueOf } from './letters.js'
import { fieldsName, writtenRows } from './fields.js'
import { dayName, officeName, type Pen, type Tongue } from './pen.js'
import { decidingEvent } from './request.js'

/**
 * The letter by which a recipient is told of a decision (GDPR Article 19; AZRG § 38), in German. The portal
 * knows neither the person's name nor the file number of the recipient: whoever sends it writes them by
 * hand. The keyed subject is for machines that know it, and stands on no paper.
 */
export function toldLetter(
  pen: Pen,
  facts: RequestFacts & Pick<CaseFacts, 'block'>,
  to: ToldOffice,
): LetterText {
  const { request, office } = facts
  const { german } = pen
  const { t } = german
  const say = (key: string) => [t(`rectification:letter.told.${key}`)] as const
  return {
    title: t('rectification:letter.title', { reference: request.reference }),
    reader: german.language.tag,
    at: request.decidedAt ?? request.filedAt,
    foot: request.reference,
    parts: [
      { kind: 'address', lines: addressOf(german, to) },
      { kind: 'heading', level: 1, said: say('heading') },
      { kind: 'facts', rows: factRows(german, facts, to) },
      { kind: 'paragraph', said: say(`means.${request.outcome ?? 'corrected'}`) },
      ...valueRows(german, facts, to),
      { kind: 'paragraph', said: say(facts.field.register === 'azr' ? 'basisAzr' : 'basis') },
      { kind: 'paragraph', said: say('ask') },
      { kind: 'heading', level: 2, said: say('personTitle') },
      { kind: 'paragraph', said: say('person') },
      {
        kind: 'facts',
        rows: ['name', 'born', 'fileNumber'].map((one) => blank(german, one)),
      },
      ...(mayBeSent(to.office) ? [] : blockNote(german, facts.block.at)),
      { kind: 'signature', said: [`${officeName(german, office)}: ${t(SIGNATURE)}`] },
    ],
  }
}

const SIGNATURE = 'rectification:letter.told.signature'

/** As much of an address as the catalogue knows. */
function addressOf(german: Tongue, { office }: ToldOffice): readonly string[] {
  const name = officeName(german, office)
  const { municipality } = office
  const isNamed = municipality === undefined || name.includes(municipality)
  return isNamed ? [name] : [name, municipality]
}

function factRows(
  german: Tongue,
  { request, office }: RequestFacts,
  { lastAt, fields }: ToldOffice,
): readonly LetterRow[] {
  const { t } = german
  const row = (key: string, value: string): LetterRow => ({
    term: [t(`rectification:${key}`)],
    value,
    lang: 'de',
  })
  const day = (at: Date) => dayName(german, berlinDay(at))
  return [
    row('request.reference', request.reference),
    row('line.field', fieldsName(german, fields)),
    row('letter.told.outcome', t(`rectification:outcomes.${request.outcome ?? ''}.title`)),
    row('letter.told.decider', officeName(german, office)),
    row('letter.told.decided', day(request.decidedAt ?? request.filedAt)),
    ...(lastAt === undefined ? [] : [row('letter.told.received', day(lastAt))]),
  ]
}

/** What stands in the register from now on, where the decision writes it, of the fields that the office received. */
function valueRows(
  german: Tongue,
  { fields, events }: RequestFacts,
  to: ToldOffice,
): readonly LetterPart[] {
  const decision = decidingEvent(events)?.decision
  const shown = fields.filter(({ code }) => to.fields.some((one) => one.code === code))
  const written = writtenRows(german, decision, { fields, shown })
  if (written.length === 0) return []
  const rows = written.map((row): LetterRow => ({ term: [row.term], value: valueOf(german, row) }))
  return [{ kind: 'facts', rows }]
}

/** This portal knows no block on that day; one that stands in the register alone is for whoever signs (AZRG § 4). */
function blockNote(german: Tongue, at: Date): readonly LetterPart[] {
  const say = (key: string) => [german.t(`rectification:letter.told.${key}`)] as const
  return [
    { kind: 'heading', level: 2, said: say('blockTitle') },
    {
      kind: 'paragraph',
      said: [german.t('rectification:letter.told.block', { day: dayName(german, berlinDay(at)) })],
    },
    { kind: 'facts', rows: [blank(german, 'checked')] },
  ]
}

function blank(german: Tongue, name: string): LetterRow {
  return { term: [german.t(`rectification:letter.told.${name}`)], value: BLANK, lang: 'de' }
}
