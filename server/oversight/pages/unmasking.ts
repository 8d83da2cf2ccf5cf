import { inputsOf } from '../../platform/kernel/inputs.js'
import { PORTAL_REF, UNMASK_DAYS, UNMASK_REASONS, type Unmasking } from '../wishes.js'
import type { Pen } from './pen.js'

/** A wish with the name of the office whose officer asks. */
export interface NamedUnmasking extends Unmasking {
  readonly officeName: string
}

/** One's own wishes, and what waits for one's decision. */
export function unmaskingsPage(
  pen: Pen,
  { wishes, refused }: { readonly wishes: readonly NamedUnmasking[]; readonly refused: string },
): object {
  const { t, to } = pen
  const at = (reference: string) => to('oversight.unmask', { unmasking: reference })
  return {
    title: t('oversight:unmasking.title'),
    lead: t('oversight:unmasking.lead', { days: UNMASK_DAYS }),
    refused,
    waiting: wishes
      .filter(({ isOwn, decision }) => !isOwn && decision === null)
      .map((wish) => ({
        heading: t('oversight:unmasking.one', { reference: wish.reference }),
        rows: rowsOf(pen, wish),
        action: to('oversight.unmask-decide', { unmasking: wish.reference }),
      })),
    // Whoever controls reads what the operator did, not only whoever wanted the answer.
    resolved: wishes
      .filter(({ isOwn, decision }) => !isOwn && decision !== null)
      .map((wish) => ({
        heading: t('oversight:unmasking.one', { reference: wish.reference }),
        rows: rowsOf(pen, wish),
      })),
    own: wishes
      .filter(({ isOwn }) => isOwn)
      .map((wish) => ({
        heading: t('oversight:unmasking.one', { reference: wish.reference }),
        rows: rowsOf(pen, wish),
        open: wish.state === 'released' ? at(wish.reference) : '',
      })),
  }
}

function rowsOf({ t }: Pen, wish: NamedUnmasking): readonly object[] {
  const { reason, state, askedAt, decision, decidedAt, by, resolvedAt, officeName } = wish
  const row = (name: string, value: object) => ({
    term: t(`oversight:unmasking.${name}`),
    ...value,
  })
  return [
    row('office', { text: officeName }),
    row('reason', { text: t(`oversight:unmasking.reasons.${reason}`) }),
    row('askedAt', { at: askedAt }),
    row('state', { text: t(`oversight:unmasking.states.${state}`) }),
    ...(decision === null || by === null || decidedAt === null
      ? []
      : [
          row('second', { text: t(`oversight:unmasking.by.${by}`) }),
          row('decidedAt', { at: decidedAt }),
        ]),
    ...(resolvedAt === null ? [] : [row('resolvedAt', { at: resolvedAt })]),
  ]
}

/** What a released wish opens. */
interface OpenedWish {
  readonly pseudonym: string
  /** Of the access, `2026-4`: the portal's own pseudonyms are other ones in each. */
  readonly quarter: string
  readonly isSeen: boolean
}

/** The pseudonym, on this page alone; who resolves it depends on who made it. */
export function unmaskedPage({ t, to }: Pen, { pseudonym, quarter, isSeen }: OpenedWish): object {
  const isOurs = pseudonym.startsWith(PORTAL_REF)
  return {
    title: t('oversight:unmasking.openedTitle'),
    back: { href: to('oversight.unmaskings'), text: t('oversight:unmasking.title') },
    looked: t(isSeen ? 'oversight:access.looked' : 'oversight:access.lookedSealed'),
    rows: [
      { term: t('oversight:unmasking.pseudonym'), code: pseudonym },
      ...(isOurs ? [{ term: t('oversight:unmasking.quarter'), code: quarter }] : []),
    ],
    care: t(`oversight:unmasking.${isOurs ? 'careOperator' : 'care'}`),
  }
}

/** The form by which it is asked who acted. */
export function unmaskForm({ t, to }: Pen, entry: number): object {
  const typed = { form: new URLSearchParams(), errors: [] }
  const { choice } = inputsOf(t, typed, (name) => `oversight:unmasking.${name}`)
  return {
    entry: String(entry),
    action: to('oversight.unmask-ask'),
    control: choice(
      'reason',
      UNMASK_REASONS.map((value) => ({ value, text: t(`oversight:unmasking.reasons.${value}`) })),
    ),
  }
}
