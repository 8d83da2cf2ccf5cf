import type { LetterRow, LetterText, Said } from '../../platform/kernel/letter.js'
import type { BlockFacts } from '../model.js'
import { applicationRows, dayName, officeName, type Pen, type Row, type Tongue } from './pen.js'

/** A line to write on. */
const BLANK = '_'.repeat(34)

/** The letter by which a block is applied for in writing: to be signed and sent (AZRG § 4; AZRG-DV § 7 (1)). */
export function applicationLetter(pen: Pen, facts: BlockFacts, filedOn: string): LetterText {
  const { block, office } = facts
  const { german } = pen
  const say = (key: string) => both(pen, (tongue) => tongue.t(`blocks:letter.${key}`))
  const row = (key: string, value: string): LetterRow => ({
    ...{ term: both(pen, ({ t }) => t(`blocks:term.${key}`)), value },
    lang: 'de',
  })
  return {
    title: german.t('blocks:letter.title', { reference: block.reference }),
    reader: pen.language.tag,
    at: block.filedAt ?? block.savedAt,
    foot: block.reference,
    parts: [
      { kind: 'address', lines: [officeName(german, office)] },
      {
        kind: 'heading',
        level: 1,
        said: both(pen, ({ t }) => t(`blocks:kind.${block.kind}.application`)),
      },
      {
        kind: 'facts',
        rows: [row('reference', block.reference), row('filed', dayName(german, filedOn))],
      },
      { kind: 'paragraph', said: both(pen, ({ t }) => t(`blocks:kind.${block.kind}.ask`)) },
      { kind: 'facts', rows: bilingual(pen, (tongue) => applicationRows(tongue, facts).slice(1)) },
      { kind: 'paragraph', said: say('hearing') },
      { kind: 'facts', rows: ['name', 'born', 'address'].map((one) => blank(pen, one)) },
      { kind: 'signature', said: say('signature') },
      { kind: 'heading', level: 2, said: say('howTitle') },
      { kind: 'list', items: ['print', 'sign', 'send'].map(say) },
    ],
  }
}

/** The portal knows none of them: they are written by hand. */
function blank(pen: Pen, name: string): LetterRow {
  return { term: both(pen, ({ t }) => t(`blocks:letter.${name}`)), value: BLANK, lang: 'de' }
}

/** A text in German and in the reader's language; one alone where they are the same. */
function both(pen: Pen, say: (tongue: Tongue) => string): Said {
  const german = say(pen.german)
  return pen.language.tag === pen.german.language.tag ? [german] : [german, say(pen)]
}

/** Rows whose terms stand in both languages, and whose values in German, as they are filed. */
function bilingual(pen: Pen, rowsIn: (tongue: Tongue) => readonly Row[]): readonly LetterRow[] {
  const german = rowsIn(pen.german)
  const other = pen.language.tag === pen.german.language.tag ? [] : rowsIn(pen)
  return german.map((row, place) => {
    const theirs = other[place]?.term
    return {
      term: theirs === undefined ? [row.term] : [row.term, theirs],
      value: valueOf(row),
    }
  })
}

function valueOf(row: Row): string {
  if ('text' in row) return row.text
  if ('items' in row) return row.items.join(', ')
  return 'words' in row ? row.words : ''
}
