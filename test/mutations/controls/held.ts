import type { Control } from '../control.js'

const RELEASE = 'migrations/0069_overview_release.ts'
const LOOKS = 'migrations/0070_overview_officer_looks.ts'
const HELD_TEST = 'test/oversight/held.test.ts'
const LOOKS_TEST = 'test/oversight/looks.test.ts'

/** When what is held back is shown, who says so, and who watches the watchers. */
export const HELD: readonly Control[] = [
  {
    id: 'release-too-early',
    prevents: 'A person learns of a removal or a search before its time.',
    edits: [
      {
        file: RELEASE,
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
        file: RELEASE,
        find: "${LAST('finding')} = 'ended'\n",
        replace: "${LAST('finding')} <> ''\n",
      },
    ],
    killedBy: { file: HELD_TEST, test: 'counts as the last of several' },
  },
  {
    id: 'release-twice',
    prevents: 'The same access is shown again each hour.',
    edits: [
      {
        file: RELEASE,
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
        file: RELEASE,
        find: 'and event.expires_on > current_date and identity.is_officer()',
        replace: 'and event.expires_on > current_date',
      },
    ],
    killedBy: { file: HELD_TEST, test: 'lets nobody but the officer note a review' },
  },
  {
    id: 'review-history-office',
    prevents: 'An officer reads what reviews of other offices found.',
    edits: [
      {
        file: 'migrations/0093_overview_reviews.ts',
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
