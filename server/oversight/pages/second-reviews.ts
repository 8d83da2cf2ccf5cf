import type { WaitingReview } from '../second-reviews.js'
import type { Pen } from './pen.js'

/** Reviews that wait for a second person; `refused` says why the last decision was none. */
export function secondReviewsPage(
  pen: Pen,
  { waiting, refused }: { readonly waiting: readonly WaitingReview[]; readonly refused: string },
): object {
  const { t, to, texts } = pen
  return {
    title: t('oversight:seconds.title'),
    lead: t('oversight:seconds.lead'),
    refused,
    reviews: waiting.map((review) => ({
      heading: texts.rule(review.rule).title,
      rows: rowsOf(pen, review),
      action: review.isOwn
        ? ''
        : to('oversight.review-decide', { entry: review.index, number: review.number }),
    })),
  }
}

function rowsOf({ t, texts }: Pen, review: WaitingReview): readonly object[] {
  const { source, recipient, office, reason, day, notedAt, occurredAt, purpose } = review
  const row = (name: string, value: object) => ({ term: t(`oversight:${name}`), ...value })
  return [
    row('seconds.notedBy', { text: texts.party(office.code).name }),
    row('seconds.notedAt', { at: notedAt }),
    row('held.column.reason', { text: t(`oversight:held.reason.${reason}`) }),
    row('held.column.endedOn', { day }),
    row('seconds.source', { text: texts.party(source.code).name }),
    row('seconds.recipient', { text: texts.party(recipient.code).name }),
    row('held.column.purpose', { text: texts.purpose(purpose.code).name }),
    row('held.column.occurred', { at: occurredAt }),
  ]
}
