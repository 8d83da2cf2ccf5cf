import type { Rulebook } from '../flags/rulebook.js'
import { SHARE_DAYS } from '../flags/rules.js'
import { unitText, type FlagPen } from './flags.js'
import { shareText } from './share.js'

const COLUMNS = ['unit', 'byHand', 'declared', 'noted', 'share'] as const
const NUMERIC: readonly string[] = ['byHand', 'declared', 'noted']

/** What units declared to be emergencies, beside what they looked up by hand; nothing where none did. */
export function emergencyShares(pen: FlagPen, { emergencies }: Rulebook): object | '' {
  const { t } = pen
  if (emergencies.length === 0) return ''
  return {
    title: t('oversight:emergencies.title'),
    how: t('oversight:emergencies.how', { days: SHARE_DAYS }),
    table: {
      caption: t('oversight:emergencies.title'),
      columns: COLUMNS.map((name) => ({
        text: t(`oversight:emergencies.${name}`),
        numeric: NUMERIC.includes(name),
      })),
      rows: emergencies.map(({ unit, byHand, declared, noted }) => ({
        cells: [
          { text: unitText(pen, { unit }) },
          ...[byHand, declared, noted].map((amount) => ({ amount })),
          // Accesses by hand are counted since emergencies can be declared: of earlier ones there is no share.
          { text: declared > byHand ? '–' : shareText(declared, byHand) },
        ],
      })),
    },
  }
}
