import type { Control } from '../control.js'

const TABLES = 'migrations/0039_consent_tables.ts'
const BEHALF = 'test/consent/behalf.test.ts'
const RIGHTS = 'test/consent/rights.test.ts'

/** What a consent is worth: who may write it, what was seen, and when it is over. */
export const CONSENT: readonly Control[] = [
  {
    id: 'consent-second-person',
    prevents: 'One member of staff alone decides what people are asked to agree to.',
    edits: [
      {
        file: TABLES,
        find: 'check (published_by is null or published_by <> drafted_by)',
        replace: 'check (true)',
      },
    ],
    killedBy: { file: BEHALF, test: 'nobody publishes what they wrote' },
  },
  {
    id: 'consent-immutable',
    prevents: 'A wording is changed after people have agreed to it.',
    edits: [
      {
        file: TABLES,
        find: 'if old.published_at is not null and (old.ended_at is not null',
        replace: 'if false and (old.ended_at is not null',
      },
    ],
    killedBy: { file: RIGHTS, test: 'never changes' },
  },
  {
    id: 'consent-ends',
    prevents: 'Data go on under a consent that was withdrawn, and nothing shows it.',
    edits: [
      {
        file: 'server/consent/citing.ts',
        find: 'const ends = [consent.validUntil, ...(consent.endedAt ? [consent.endedAt] : [])]',
        replace: 'const ends = [consent.validUntil]',
      },
    ],
    killedBy: { file: 'test/consent/timelines.test.ts', test: 'break what an oracle says' },
  },
  {
    id: 'consent-ends-on-paper',
    prevents: 'Whoever is slow to record a withdrawal hides what happened after it came.',
    edits: [
      {
        file: 'server/consent/answering.ts',
        find: '  await flagEnded(trx, consent.consent)\n',
        replace: '  void flagEnded\n',
      },
    ],
    killedBy: { file: BEHALF, test: 'a withdrawal on paper counts from its receipt' },
  },
  {
    id: 'consent-cited-late',
    prevents:
      'An access that was judged before a withdrawal and written after it stands there as allowed.',
    edits: [
      {
        file: 'server/overview/recorder.ts',
        find: '  await lookAgain(desk, trx, { drafts, indices })\n',
        replace: '  void lookAgain\n',
      },
    ],
    killedBy: {
      file: 'test/consent/cited-late.test.ts',
      test: 'is flagged where the consent ended after it was judged and before it was written',
    },
  },
  {
    id: 'consent-refusals',
    prevents: 'A refusal is kept as long as a proof, and people are judged by it.',
    edits: [
      {
        file: 'server/consent/journal.ts',
        find: "const kind = event === 'refused' ? REFUSAL_CLASS : CONSENT_CLASS",
        replace: "const kind = event === 'refused' ? CONSENT_CLASS : CONSENT_CLASS",
      },
      {
        file: 'server/consent/answering.ts',
        find: 'const expiresOn = validUntil === undefined ? refusalUntil(at) : proofUntil(validUntil)',
        replace: 'const expiresOn = proofUntil(validUntil ?? later(at, content.duration))',
      },
    ],
    killedBy: { file: BEHALF, test: 'a refusal is kept for three months' },
  },
]
