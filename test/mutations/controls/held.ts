import type { Control } from '../control.js'

const RELEASE = 'migrations/0069_overview_release.ts'
const SECONDS = 'migrations/0096_overview_review_seconds.ts'
const LOOKS = 'migrations/0070_overview_officer_looks.ts'
const HELD_TEST = 'test/oversight/held.test.ts'
const SECONDS_TEST = 'test/oversight/second-reviews.test.ts'
const LOOKS_TEST = 'test/oversight/looks.test.ts'

/** When what is held back is shown, who says so, and who watches the watchers. */
export const HELD: readonly Control[] = [
  {
    id: 'release-too-early',
    prevents: 'A person learns of a removal or a search before its time.',
    edits: [
      {
        file: SECONDS,
        find: 'event.release_due <= least(today, current_date)\n',
        replace: 'true\n',
      },
      {
        file: RELEASE,
        find: 'where s.release_due <= least(today, current_date)',
        replace: 'where s.release_due is not null',
      },
    ],
    killedBy: { file: HELD_TEST, test: 'ends by itself' },
  },
  {
    id: 'release-unreviewed',
    prevents: 'An access is shown although the last review found that the obstacle remains.',
    edits: [
      {
        file: SECONDS,
        find: "select r.finding = 'ended' and r.day <=",
        replace: 'select r.day <=',
      },
    ],
    killedBy: { file: HELD_TEST, test: 'counts as the last of several' },
  },
  {
    id: 'release-twice',
    prevents: 'The same access is shown again each hour.',
    edits: [
      {
        file: SECONDS,
        find: '      and not exists (select from overview.release r where r.sealed_index = event.leaf_index)\n      and case',
        replace: '      and case',
      },
    ],
    killedBy: { file: HELD_TEST, test: 'ends by itself' },
  },
  {
    id: 'review-by-officer',
    prevents: 'Any member of staff has a held access shown to its person.',
    edits: [
      {
        file: SECONDS,
        find: 'and event.expires_on > current_date and identity.is_officer()',
        replace: 'and event.expires_on > current_date',
      },
    ],
    killedBy: { file: HELD_TEST, test: 'lets nobody but the officer note a review' },
  },
  {
    id: 'review-second-person',
    prevents:
      'One officer alone says that police agreed, and the person learns of an investigation.',
    edits: [
      {
        file: SECONDS,
        find: "and (r.alone or exists (select from overview.review_decision d\n              where d.sealed_index = r.sealed_index and d.number = r.number and d.decision = 'confirmed'))",
        replace: '',
      },
    ],
    killedBy: { file: SECONDS_TEST, test: 'shows nothing before a second person' },
  },
  {
    id: 'review-own',
    prevents: 'Whoever noted a review confirms it as its second person.',
    edits: [
      { file: SECONDS, find: 'if identity.is_me(noted.staff) then', replace: 'if false then' },
    ],
    killedBy: { file: SECONDS_TEST, test: 'shows nothing before a second person' },
  },
  {
    id: 'review-right-side',
    prevents: 'The officer of the other side gives the consent of a body.',
    edits: [
      {
        file: SECONDS,
        find: ' and overview.is_security_body(${OFFICE})\n        and case when',
        replace: '\n        and case when',
      },
    ],
    killedBy: { file: SECONDS_TEST, test: 'counts at once where the body' },
  },
  {
    id: 'review-strangers',
    prevents: 'The officer of an office that had no part confirms a review.',
    edits: [
      {
        file: SECONDS,
        find: 'when ${IS_OFFICER} then ${OFFICE} in (event.source, event.recipient) else false end;',
        replace: 'when ${IS_OFFICER} then true else false end;',
      },
    ],
    killedBy: { file: SECONDS_TEST, test: 'shows nothing before a second person' },
  },
  {
    id: 'review-history-office',
    prevents: 'An officer reads what reviews of other offices found.',
    edits: [
      {
        file: 'migrations/0111_overview_reviews.ts',
        find: 'where (select identity.is_officer()) and ${OFFICE} in (event.source, event.recipient)',
        replace: 'where (select identity.is_officer())',
      },
    ],
    killedBy: { file: 'test/oversight/reviews.test.ts', test: 'are read at their office alone' },
  },
  {
    id: 'held-report-stands',
    prevents: 'A report says something else once an access in it was released.',
    edits: [
      {
        file: 'server/oversight/store/entries.ts',
        find: 'coalesce(released_as >= ${asOf.size}, true)',
        replace: 'released_as is null',
      },
    ],
    killedBy: { file: HELD_TEST, test: 'in a report of before as it stood' },
  },
  {
    id: 'looks-supervisor',
    prevents: 'The management of an office watches what its data protection officer looks at.',
    edits: [
      {
        file: LOOKS,
        find: 'where (select identity.is_supervisor())\n        and',
        replace: 'where',
      },
    ],
    killedBy: { file: LOOKS_TEST, test: 'is kept by the database from everybody' },
  },
]
