import { isInForce, KINDS } from '../rules.js'
import type { ListedBlock } from '../service.js'
import { dayName, officeName, type Pen } from './pen.js'

/** What the list is shown with. */
export interface ListView {
  readonly all: readonly ListedBlock[]
  readonly problem: string
  readonly refused: string
}

/** Everything of the person, and what can be begun: each kind says what it does and what it does not do. */
export function listPage(pen: Pen, { all, problem, refused }: ListView): object {
  const { t, urls } = pen
  return {
    title: t('blocks:list.title'),
    lead: t('blocks:list.lead'),
    ...{ problem, refused },
    action: urls.to('blocks.begin'),
    blocks: all.map((one) => lineOf(pen, one)),
    kinds: KINDS.map((kind) => ({
      value: kind,
      title: t(`blocks:kind.${kind}.name`),
      text: t(`blocks:kind.${kind}.does`),
      limit: t(`blocks:kind.${kind}.limit`),
      law: pen.german.t(`blocks:kind.${kind}.law`),
      submit: t(`blocks:kind.${kind}.begin`),
    })),
    help: urls.to('information.help'),
  }
}

function lineOf(pen: Pen, { block, office }: ListedBlock): object {
  const { t, urls } = pen
  const { state, kind, reference, until, savedAt } = block
  const isDraft = state === 'draft'
  return {
    href: isDraft
      ? urls.to('blocks.draft', { draft: block.block, step: 'check' })
      : urls.to('blocks.block', { reference }),
    text: t(`blocks:kind.${kind}.name`),
    status: t(`blocks:status.${state}`),
    isInForce: isInForce(state),
    until:
      until === undefined || !isInForce(state)
        ? ''
        : t('blocks:until', { day: dayName(pen, until) }),
    reference: isDraft ? '' : reference,
    office: office === undefined ? '' : officeName(pen, office),
    at: savedAt,
  }
}
