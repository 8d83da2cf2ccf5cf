import { BYTE_ORDER_MARK, lineOf } from '../../platform/kernel/csv.js'
import type { Section } from '../../platform/kernel/section.js'
import type { CopyHead } from '../copy.js'
import { leavesOf, senseOf } from './leaves.js'
import { labelOf, wordsOf, type CopyTongue } from './words.js'

/** German, and the language of the page where that is another. */
export type Tongues = readonly [CopyTongue, ...CopyTongue[]]

const COLUMNS = ['section', 'item', 'field', 'value'] as const
const WORDS = ['section', 'field', 'value'] as const

/**
 * Everything that is kept of one person as a table (GDPR Articles 15 (3) and 20 (1)): a line for each value, with
 * its section, the number of its item and its path; codes that programs compare, beside them words for people.
 * The last line counts the items, so that a part that was cut off is never taken for the whole.
 */
export async function* writeTable<Actor>(
  { head, tongues }: { readonly head: CopyHead; readonly tongues: Tongues },
  sections: readonly Section<Actor>[],
  actor: Actor,
): AsyncGenerator<string> {
  const columns = [...COLUMNS, ...tongues.flatMap(({ tag }) => WORDS.map((one) => `${one}_${tag}`))]
  yield BYTE_ORDER_MARK + lineOf(columns)
  yield itemLines(tongues, { name: 'copy', senses: HEAD }, { item: head, number: 1 })
  let items = 0
  for (const section of sections) {
    let number = 0
    for await (const item of section.items(actor)) {
      number += 1
      yield itemLines(tongues, section, { item, number })
    }
    items += number
  }
  yield itemLines(
    tongues,
    { name: 'end', senses: { items: 'plain' } },
    { item: { items }, number: 1 },
  )
}

const HEAD = { format: 'inner', made: 'plain', origin: 'plain', limits: 'plain' } as const

function itemLines(
  tongues: Tongues,
  { name, senses }: Pick<Section<never>, 'name' | 'senses'>,
  { item, number }: { readonly item: object; readonly number: number },
): string {
  const lines = [...leavesOf(item)].map(({ place, path, value }) => {
    const sense = senseOf(senses, path) ?? 'inner'
    const words = tongues.flatMap((tongue) => [
      tongue.t(`copy:section.${name}`),
      sense === 'inner' ? '' : labelOf(tongue, path),
      wordsOf(tongue, sense, value) ?? '',
    ])
    const text = value instanceof Date ? value.toISOString() : String(value)
    return lineOf([name, String(number), place, text, ...words])
  })
  return lines.join('')
}
