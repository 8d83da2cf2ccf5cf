import type { Control } from '../control.js'

const PROGRAMS = 'server/consent/programs.ts'
const API = 'test/consent/api.test.ts'
const RECEIPTS = 'test/consent/receipts.test.ts'

/** What programs learn of consents, and what a receipt proves. */
export const CONSENTS: readonly Control[] = [
  {
    id: 'consent-asked-once',
    prevents: 'A request that is repeated asks the person again after they have answered.',
    edits: [
      {
        file: PROGRAMS,
        find: 'const known = await readAskById(trx, asking.ask)',
        replace: 'const known = undefined as Awaited<ReturnType<typeof readAskById>>',
      },
    ],
    killedBy: { file: API, test: 'reaches the person, once' },
  },
  {
    id: 'consent-own-office',
    prevents: 'A program reads the consents of another office.',
    edits: [
      {
        file: 'migrations/0040_consent_rights.ts',
        find: 'create policy consents_of_the_office on consent.consent for select to ${staff} using (${OF_THE_OFFICE});',
        replace:
          'create policy consents_of_the_office on consent.consent for select to ${staff} using (true);',
      },
    ],
    killedBy: { file: API, test: 'of another office is not there' },
  },
  {
    id: 'consent-refusal-unverified',
    prevents: 'Whoever verifies consents learns that somebody refused.',
    edits: [
      {
        file: 'server/consent/store/consents.ts',
        find: 'if (row === undefined || row.given_at === null || row.valid_until === null) return undefined',
        replace:
          'if (row === undefined) return undefined\n  if (row.given_at === null || row.valid_until === null)\n    return { givenAt: new Date(0), validUntil: new Date(0) }',
      },
    ],
    killedBy: { file: API, test: 'and not for a refusal' },
  },
  {
    id: 'consent-end-counts',
    prevents: 'An office relies on a consent at the instant in which it ended.',
    edits: [{ file: PROGRAMS, find: 'at >= validUntil', replace: 'at > validUntil' }],
    killedBy: { file: API, test: 'is answered for any instant' },
  },
  {
    id: 'receipt-signed',
    prevents: 'A receipt says something else than what was signed.',
    edits: [
      {
        file: 'server/consent/routes/receipts.ts',
        find: 'await signer.sign(RECORD_TYPE, record)',
        replace: "await signer.sign(RECORD_TYPE, { '@id': record['@id'] })",
      },
    ],
    killedBy: { file: RECEIPTS, test: 'holds under the published key alone' },
  },
  {
    id: 'receipt-anonymous',
    prevents: 'Receipts of one person tell that they are of one person.',
    edits: [
      {
        file: 'server/consent/receipt.ts',
        find: 'return `urn:mirat:consent:${consent.consent}:person`',
        replace: 'return iriOf(consent.subject)',
      },
    ],
    killedBy: { file: RECEIPTS, test: 'names the person by the consent alone' },
  },
]
