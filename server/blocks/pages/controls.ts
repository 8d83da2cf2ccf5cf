import { inputsOf } from '../../platform/kernel/inputs.js'
import type { DeskWord } from '../forms.js'
import {
  ENDING_REASONS,
  FORMS,
  REFUSALS,
  RESULTS,
  TRANSFER_REASONS,
  UNHEARD_REASONS,
} from '../grounds.js'
import { standingOf } from '../model.js'
import { hearingsOf, needsEnd } from '../rules.js'
import type { OpenedView } from './desk.js'
import { officeName, optionsOf, type Pen } from './pen.js'

/** One input of a caseworker's form; nothing where this kind of block has none. */
export function controlOf(
  pen: Pen,
  view: OpenedView & { readonly word: DeskWord },
  name: string,
): readonly object[] {
  const { t } = pen
  const { radios, boxes, area, input, choice, box } = inputsOf(t, view, labelOf(view.word))
  const own = `${view.word}_${name}`
  const { block } = view.facts
  const isTransfer = block.kind === 'transmission'
  const date = (optional: boolean) =>
    input(own, { hint: t('blocks:input.dayHint'), optional, code: true })
  switch (name) {
    case 'form':
      return [radios(own, optionsOf(pen, 'form', FORMS))]
    case 'until':
      return [date(!needsEnd(block.kind))]
    case 'guarded':
      return isTransfer ? [box(own, t('blocks:input.guardedHint'))] : []
    case 'reasons':
      return [
        view.word === 'refuse'
          ? boxes(own, optionsOf(pen, 'refusal', REFUSALS))
          : boxes(own, optionsOf(pen, 'ending', ENDING_REASONS)),
      ]
    case 'about':
      return [radios(own, optionsOf(pen, 'about', hearingsOf(standingOf(block))))]
    case 'recipient':
      return isTransfer ? [choice(own, recipientsOf(pen, view))] : []
    case 'transfer':
      return isTransfer ? [boxes(own, optionsOf(pen, 'transfer', TRANSFER_REASONS))] : []
    case 'ending':
      return block.source === undefined
        ? [boxes(own, optionsOf(pen, 'ending', ENDING_REASONS))]
        : []
    case 'result':
      return [radios(own, optionsOf(pen, 'result', RESULTS))]
    case 'why':
      return [boxes(own, optionsOf(pen, 'unheard', UNHEARD_REASONS))]
    case 'hearing_until':
    case 'shown_on':
      return [date(false)]
    default:
      return [area(own, { hint: t('blocks:input.germanHint'), optional: true, lang: 'de' })]
  }
}

function labelOf(word: DeskWord): (name: string) => string {
  const reasons = word === 'refuse' ? 'refusals' : 'endings'
  return (own) => {
    const name = own.slice(word.length + 1)
    return `blocks:input.${name === 'reasons' ? reasons : name}`
  }
}

function recipientsOf(pen: Pen, { outside }: OpenedView) {
  return [
    { value: '', text: pen.t('blocks:input.pick') },
    ...outside.map((party) => ({ value: party.code, text: officeName(pen, party) })),
  ]
}
